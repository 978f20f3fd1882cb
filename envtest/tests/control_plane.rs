//! The real control plane: it starts, it serves, and nothing of it stays behind.
//!
//! On a machine without the programs these tests say so on the terminal and pass; with
//! `KUBEWRIGHT_REQUIRE_CONTROL_PLANE` set they fail instead.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use kubewright::{Config, Kubeconfig};
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::{Binaries, Builder};
use serde_json::Value;

const REQUIRE: &str = "KUBEWRIGHT_REQUIRE_CONTROL_PLANE";
/// Set for the process that one test starts in order to kill it.
const VICTIM: &str = "KUBEWRIGHT_TEST_VICTIM";

/// A builder on the programs of this machine, if it has them.
fn builder() -> Option<Builder> {
    match Binaries::locate() {
        Ok(binaries) => Some(ControlPlane::builder().binaries(binaries)),
        Err(error) if error.is_missing() && env::var_os(REQUIRE).is_none() => {
            static SAID: Once = Once::new();
            // Written past the harness, which swallows what a passing test prints.
            SAID.call_once(|| drop(writeln!(io::stderr(), "SKIPPED every test here: {error}")));
            None
        }
        Err(error) => panic!("{error}"),
    }
}

async fn get(control_plane: &ControlPlane, path: &str) -> Value {
    let body = control_plane
        .get_raw(path, "application/json")
        .await
        .unwrap();
    serde_json::from_slice(&body).unwrap()
}

async fn read_by_token(control_plane: &ControlPlane, token: &str, path: &str) -> Value {
    // The first one to install it did the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(control_plane.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder()
        .tls_certs_only([ca])
        .build()
        .unwrap();
    let url = format!("{}{path}", control_plane.url());
    let response = client.get(url).bearer_auth(token).send().await.unwrap();
    response.json().await.unwrap()
}

#[tokio::test]
async fn it_starts_serves_and_leaves_nothing() {
    let Some(builder) = builder() else { return };
    let control_plane = builder.start().await.unwrap();
    let namespaces = get(&control_plane, "/api/v1/namespaces").await;
    assert_eq!(namespaces["kind"], "NamespaceList");
    assert!(control_plane.version().starts_with("v1."));
    let folder = control_plane.kubeconfig_file().parent().unwrap().to_owned();
    let address = address(control_plane.url());
    drop(control_plane);
    assert!(TcpStream::connect(&address).is_err(), "the server lives on");
    assert!(!folder.exists(), "its state stays behind");
    assert_eq!(processes_of(&folder), Vec::<String>::new());
}

#[tokio::test]
async fn two_run_beside_each_other_and_know_nothing_of_one_another() {
    let Some(one) = builder() else { return };
    let Some(other) = builder() else { return };
    let (one, other) = tokio::join!(one.start(), other.start());
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_ne!(one.url(), other.url());
    let uid =
        async |server| get(server, "/api/v1/namespaces/default").await["metadata"]["uid"].clone();
    assert_ne!(uid(&one).await, uid(&other).await);
    assert_ne!(one.ca_pem(), other.ca_pem());
}

#[tokio::test]
async fn a_bad_flag_is_shown_by_the_end_of_the_log() {
    let Some(builder) = builder() else { return };
    let error = builder.flag("--no-such-flag").start().await.unwrap_err();
    assert!(!error.is_missing());
    assert!(
        error.to_string().contains("unknown flag: --no-such-flag"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_is_late_says_what_it_was_at() {
    let Some(builder) = builder() else { return };
    let error = builder
        .deadline(Duration::from_millis(200))
        .start()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("not ready within 200ms"),
        "{error}"
    );
}

#[tokio::test]
async fn a_flag_reaches_the_server() {
    let Some(builder) = builder() else { return };
    let control_plane = builder
        .flag("--runtime-config=admissionregistration.k8s.io/v1alpha1=true")
        .start()
        .await
        .unwrap();
    let error = control_plane
        .get_raw("/apis/apps/v9", "*/*")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("404"), "{error}");
    let versions = get(&control_plane, "/apis/admissionregistration.k8s.io").await;
    assert!(versions.to_string().contains("v1alpha1"), "{versions}");
}

#[tokio::test]
async fn users_are_known_by_their_tokens() {
    let Some(builder) = builder() else { return };
    let control_plane = builder.user("alice", &["devs"]).start().await.unwrap();
    let token = control_plane.user_token("alice").unwrap();
    assert!(control_plane.user_token("bob").is_none());
    let kubeconfig = control_plane.user_kubeconfig("alice").unwrap();
    assert!(kubeconfig.contains(token) && !kubeconfig.contains("client-key-data"));
    assert!(!format!("{control_plane:?}").contains(token));
    let reply = read_by_token(&control_plane, token, "/api/v1/namespaces").await;
    assert_eq!(reply["reason"], "Forbidden");
    assert!(
        reply["message"].as_str().unwrap().contains("alice"),
        "{reply}"
    );
}

#[tokio::test]
async fn the_client_connects_by_every_way_that_is_handed_out() {
    let Some(builder) = builder() else { return };
    let control_plane = builder.user("alice", &[]).start().await.unwrap();
    let file = Config::from_kubeconfig_file(control_plane.kubeconfig_file()).unwrap();
    let inline = Kubeconfig::parse(&control_plane.user_kubeconfig("alice").unwrap()).unwrap();
    let configs = [
        control_plane.client_config(),
        file,
        control_plane.user_client_config("alice").unwrap(),
        Config::from_kubeconfig(&inline, None).unwrap(),
    ];
    for config in configs {
        let client = config.connect().await.unwrap();
        let version = client.version().await.unwrap();
        assert_eq!(version.git_version, control_plane.version());
    }
    assert!(control_plane.user_client_config("bob").is_none());
}

#[tokio::test]
async fn the_kubeconfig_file_is_for_our_eyes() {
    use std::os::unix::fs::PermissionsExt;
    let Some(builder) = builder() else { return };
    let control_plane = builder.start().await.unwrap();
    let file = control_plane.kubeconfig_file();
    assert_eq!(
        fs::read_to_string(file).unwrap(),
        control_plane.kubeconfig()
    );
    assert_eq!(
        fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let debug = format!("{control_plane:?}");
    assert!(!debug.contains("PRIVATE KEY"), "{debug}");
}

#[tokio::test]
async fn a_panic_ends_it() {
    let Some(builder) = builder() else { return };
    let control_plane = builder.start().await.unwrap();
    let address = address(control_plane.url());
    let task = tokio::spawn(async move { panic!("while holding {control_plane:?}") });
    assert!(task.await.unwrap_err().is_panic());
    assert!(TcpStream::connect(&address).is_err(), "the server lives on");
}

#[test]
fn killing_the_process_that_started_it_ends_it() {
    if builder().is_none() {
        return;
    }
    let mut victim = victim();
    let (url, folder) = said_by(&mut victim);
    assert!(TcpStream::connect(address(&url)).is_ok());
    assert!(!processes_of(&folder).is_empty() || !cfg!(target_os = "linux"));
    victim.kill().unwrap();
    victim.wait().unwrap();
    eventually("the server to end", || {
        TcpStream::connect(address(&url)).is_err()
    });
    eventually("its state to go", || !folder.exists());
    eventually("every process to end", || processes_of(&folder).is_empty());
}

/// The process to kill: this very program, running the function below.
fn victim() -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "victim_holds_a_control_plane", "--nocapture"])
        .env(VICTIM, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn victim_holds_a_control_plane() {
    if env::var_os(VICTIM).is_none() {
        return;
    }
    let control_plane = builder().unwrap().start().await.unwrap();
    let folder = control_plane.kubeconfig_file().parent().unwrap();
    println!("\nup {} {}", control_plane.url(), folder.display());
    std::future::pending::<()>().await;
}

/// Programs that are a few lines of shell, to fail in ways that the real ones seldom do.
fn imitations(folder: &Path, etcd: &str, kube_apiserver: &str) -> Builder {
    use std::os::unix::fs::PermissionsExt;
    for (name, script) in [("etcd", etcd), ("kube-apiserver", kube_apiserver)] {
        let path = folder.join(name);
        fs::write(
            &path,
            format!("#!/bin/sh\ncd '{}'\n{script}\n", folder.display()),
        )
        .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    }
    ControlPlane::builder().binaries(Binaries::in_folder(folder).unwrap())
}

#[tokio::test]
async fn a_port_that_was_taken_meanwhile_is_given_up_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let taken_once = "
        [ -e tried ] && { echo second time lucky; exit 1; }
        touch tried; echo listen: bind: address already in use; exit 1";
    let builder = imitations(folder.path(), "exec sleep 1000", taken_once);
    let error = builder.start().await.unwrap_err().to_string();
    assert!(error.contains("second time lucky"), "{error}");
}

#[tokio::test]
async fn no_port_at_all_ends_the_search() {
    let folder = tempfile::tempdir().unwrap();
    let always_taken = "echo x >> tries; echo address already in use; exit 1";
    let builder = imitations(folder.path(), "exec sleep 1000", always_taken);
    let error = builder.start().await.unwrap_err().to_string();
    assert!(error.contains("address already in use"), "{error}");
    let tries = fs::read_to_string(folder.path().join("tries")).unwrap();
    assert_eq!(tries.lines().count(), 5);
}

#[tokio::test]
async fn an_etcd_that_ends_is_the_one_to_blame() {
    let folder = tempfile::tempdir().unwrap();
    let builder = imitations(folder.path(), "echo no room; exit 7", "exec sleep 1000");
    let error = builder.start().await.unwrap_err().to_string();
    assert!(
        error.contains("etcd ended") && error.contains("exit status 7"),
        "{error}"
    );
    assert!(error.contains("no room"), "{error}");
}

fn said_by(victim: &mut Child) -> (String, PathBuf) {
    let lines = BufReader::new(victim.stdout.take().unwrap()).lines();
    let line = lines
        .map(Result::unwrap)
        .find(|line| line.starts_with("up "))
        .unwrap();
    let mut words = line.split(' ').skip(1);
    (
        words.next().unwrap().to_owned(),
        words.next().unwrap().into(),
    )
}

fn address(url: &str) -> String {
    url.strip_prefix("https://").unwrap().to_owned()
}

/// The processes whose command line names the folder, where the system shows them.
fn processes_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let commands = entries.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    let commands = commands.map(|bytes| String::from_utf8_lossy(&bytes).replace('\0', " "));
    commands
        .filter(|command| command.contains(folder.to_str().unwrap()))
        .collect()
}

fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "timed out for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
