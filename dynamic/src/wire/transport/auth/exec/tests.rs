//! Plugins as real programs: shell scripts in a temporary folder.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use http::HeaderMap;
use tempfile::TempDir;

use super::*;
use crate::model::error::Error;
use crate::wire::config::{
    Config, Credentials, ExecCluster, ExecEnvVar, ExecVersion, PluginPolicy,
};
use crate::wire::credential::CredentialCache;
use crate::wire::transport::auth::Authenticator;
use std::time::Duration;

const TOKEN: &str = r#"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t0ken"}}'"#;

/// A script with a folder of its own, in which it runs.
struct Script {
    folder: TempDir,
    plugin: ExecPlugin,
    options: PluginOptions,
}

impl Script {
    fn new(lines: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("login");
        let text = format!("#!/bin/sh\ncd {}\n{lines}\n", folder.path().display());
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Script {
            plugin: ExecPlugin {
                command: path.to_str().unwrap().to_owned(),
                args: Vec::new(),
                env: Vec::new(),
                version: ExecVersion::V1,
                install_hint: Some("Get it at\nhttps://login.example".to_owned()),
                interactive: InteractiveMode::Never,
                cluster: None,
            },
            options: PluginOptions {
                deadline: Duration::from_secs(20),
                ..PluginOptions::default()
            },
            folder,
        }
    }

    fn exec(&self) -> Exec {
        Exec::new(&self.plugin, &self.options)
    }

    async fn credential(&self) -> Result<Credential> {
        Provide::credential(&self.exec()).await
    }

    async fn error(&self) -> Error {
        self.credential().await.map(drop).unwrap_err()
    }

    /// What the script wrote to a file in its folder.
    fn wrote(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    /// Whether the process with the number in this file ends soon.
    async fn is_gone(&self, name: &str) -> bool {
        let process = format!("/proc/{}", self.wrote(name).trim());
        for _ in 0..200 {
            let state = fs::read_to_string(format!("{process}/stat")).unwrap_or_default();
            // What is not waited for yet is a zombie.
            if state.is_empty() || state.contains(" Z ") {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }
}

#[tokio::test]
async fn a_plugin_reads_its_input_and_prints_a_credential() {
    // Rule C18
    let mut script = Script::new(&format!(
        "echo \"$1 $COLOUR\" > args; printf %s \"$KUBERNETES_EXEC_INFO\" > info; cat > stdin; {TOKEN}"
    ));
    script.plugin.args = vec!["get-token".to_owned()];
    script.plugin.env = vec![ExecEnvVar {
        name: "COLOUR".to_owned(),
        value: "blue".into(),
    }];
    script.plugin.cluster = Some(ExecCluster {
        server: "https://k:6443".to_owned(),
        tls_server_name: None,
        insecure_skip_tls_verify: false,
        certificate_authority_data: None,
        proxy_url: None,
        disable_compression: false,
        config: None,
    });
    let made = script.credential().await.unwrap();
    assert!(made.is_same_as(&Credential::token("t0ken")));
    assert_eq!(script.wrote("args"), "get-token blue\n");
    assert_eq!(script.wrote("stdin"), "", "nothing to read");
    let info: serde_json::Value = serde_json::from_str(&script.wrote("info")).unwrap();
    assert_eq!(info["spec"]["cluster"]["server"], "https://k:6443");
    assert_eq!(info["spec"]["interactive"], false);
}

#[tokio::test]
async fn each_way_to_fail_has_one_clear_error() {
    // Rule C19
    let long = "head -c 3000000 /dev/zero | tr '\\0' 'x'";
    for (lines, expected) in [
        (
            "echo 'no profile' >&2; exit 3",
            "failed with exit status: 3; it wrote: no profile",
        ),
        ("echo hunter2", "not an ExecCredential"),
        ("echo '{}'", "another kind"),
        ("exit 0", "not an ExecCredential"),
        (
            &TOKEN.replace("/v1", "/v1alpha1"),
            "`client.authentication.k8s.io/v1alpha1`",
        ),
        (
            &TOKEN.replace("token", "tok"),
            "no token and no client certificate",
        ),
        ("kill -9 $$", "signal: 9"),
        (long, "printed more than"),
        (&format!("{long} >&2; {TOKEN}"), "printed more than"),
        ("while :; do echo y; done", "printed more than"),
    ] {
        let script = Script::new(lines);
        let begun = Instant::now();
        let error = script.error().await;
        assert!(error.is_config(), "{lines}: {error}");
        assert!(error.to_string().contains(expected), "{lines}: {error}");
        assert!(
            error.to_string().contains(&script.plugin.command),
            "{error}"
        );
        assert!(
            !format!("{error:?} {error:#}").contains("hunter2"),
            "{error:?}"
        );
        assert!(begun.elapsed() < Duration::from_secs(10), "{lines}");
    }
}

#[tokio::test]
async fn a_plugin_that_hangs_is_killed() {
    let mut script = Script::new("echo $$ > pid; echo waiting >&2; exec sleep 60");
    script.options.deadline = Duration::from_millis(500);
    let error = script.error().await;
    assert!(error.is_timeout(), "{error}");
    assert!(
        error
            .to_string()
            .contains("0.5 s and was killed; it wrote: waiting"),
        "{error}"
    );
    assert!(script.is_gone("pid").await);
}

#[tokio::test]
async fn a_plugin_that_nobody_waits_for_is_killed() {
    let script = Script::new("echo $$ > pid; exec sleep 60");
    let cache = CredentialCache::new(script.exec());
    let waiting = tokio::spawn(async move { cache.current().await.map(drop) });
    while script.wrote("pid").is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    waiting.abort();
    assert!(script.is_gone("pid").await);
}

#[tokio::test]
async fn a_child_that_keeps_the_output_open_is_not_waited_for() {
    let script = Script::new(&format!("sleep 30 & {TOKEN}"));
    let begun = Instant::now();
    assert!(script.credential().await.is_ok());
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_plugin_that_is_missing_says_how_to_install_it() {
    // Rule C19
    let mut script = Script::new("");
    for command in ["no-such-plugin-here", "/nowhere/login"] {
        script.plugin.command = command.to_owned();
        let error = script.error().await.to_string();
        assert!(
            error.contains(&format!("`{command}` was not found")),
            "{error}"
        );
        assert!(error.contains("Get it at https://login.example"), "{error}");
    }
    // A folder, and a file that is not a program.
    let folder = script.folder.path().to_path_buf();
    fs::write(folder.join("text"), "text").unwrap();
    for command in [folder.clone(), folder.join("text")] {
        script.plugin.command = command.to_str().unwrap().to_owned();
        assert!(script.error().await.is_config());
    }
}

#[tokio::test]
async fn the_policy_decides_before_the_plugin_runs() {
    // Rule C23
    let mut script = Script::new(&format!("touch ran; {TOKEN}"));
    script.options.policy = PluginPolicy::deny_all();
    let error = script.error().await;
    assert!(error.to_string().contains("not allowed"), "{error}");
    script.options.policy = PluginPolicy::allowlist(["sh"]).unwrap();
    assert!(script.credential().await.is_err());
    assert!(!script.folder.path().join("ran").exists());
    script.options.policy = PluginPolicy::allowlist([script.plugin.command.clone()]).unwrap();
    assert!(script.credential().await.is_ok());
}

#[tokio::test]
async fn a_plugin_that_must_ask_needs_a_terminal() {
    // Rule C20
    let mut script = Script::new(&format!(
        "printf %s \"$KUBERNETES_EXEC_INFO\" > info; {TOKEN}"
    ));
    script.options.stdin = false;
    script.plugin.interactive = InteractiveMode::Always;
    let error = script.error().await;
    assert!(error.to_string().contains("needs a terminal"), "{error}");
    script.plugin.interactive = InteractiveMode::IfAvailable;
    assert!(script.credential().await.is_ok());
    assert!(script.wrote("info").contains(r#""interactive":false"#));
}

#[tokio::test]
async fn a_plugin_runs_once_however_many_requests_wait_and_again_after_a_rejection() {
    // Rule C21
    let script = Script::new(&format!(
        "echo x >> runs; sleep 0.2; {}",
        TOKEN.replace("t0ken", "'$(wc -l < runs)'")
    ));
    let cache = CredentialCache::new(script.exec());
    let held = futures::future::join_all((0..50).map(|_| cache.current())).await;
    assert_eq!(script.wrote("runs"), "x\n");
    let used = held.into_iter().next().unwrap().unwrap();
    assert!(cache.instead_of(&used).await.is_some());
    assert_eq!(script.wrote("runs"), "x\nx\n");
}

#[tokio::test]
async fn secrets_of_the_environment_are_not_in_the_error() {
    // Rule C24
    let mut script = Script::new("echo \"login with $SECRET failed\" >&2; exit 1");
    script.plugin.env = vec![ExecEnvVar {
        name: "SECRET".to_owned(),
        value: "hunter2".into(),
    }];
    let error = script.error().await;
    let shown = format!("{error:#} {error:?}");
    assert!(shown.contains("login with [hidden] failed"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn clients_of_one_configuration_share_a_run() {
    // Rule C22
    let script = Script::new(&format!("echo x >> runs; {TOKEN}"));
    let mut config = Config::new("https://k").unwrap();
    config.credentials = Credentials::Exec(Box::new(script.plugin.clone()));
    let other = config.clone().with_namespace("prod");
    for config in [&config, &other] {
        let auth = Authenticator::new(config);
        assert!(auth.credential(&HeaderMap::new()).await.unwrap().is_some());
    }
    assert_eq!(script.wrote("runs"), "x\n");
    // Another policy is asked again.
    let denied = config.with_plugin_policy(PluginPolicy::deny_all());
    let auth = Authenticator::new(&denied);
    assert!(auth.credential(&HeaderMap::new()).await.is_err());
}
