//! Contexts, overrides and mistakes.

use std::time::Duration;

use secrecy::ExposeSecret;

use super::super::{Credentials, Overrides};
use super::*;

fn kubeconfig(cluster: &str, user: &str) -> Kubeconfig {
    let text = format!(
        "clusters: [{{name: c, cluster: {{{cluster}}}}}, {{name: d, cluster: {{server: https://d}}}}]\n\
         users: [{{name: u, user: {{{user}}}}}, {{name: v, user: {{token: v}}}}]\n\
         contexts: [{{name: x, context: {{cluster: c, user: u, namespace: prod}}}}]\ncurrent-context: x\n"
    );
    Kubeconfig::parse(&text).unwrap()
}

fn config(cluster: &str, user: &str) -> Result<Config> {
    Config::from_kubeconfig(&kubeconfig(cluster, user), None)
}

#[test]
fn a_plain_context_resolves() {
    let config = config(
        "server: https://k:6443, tls-server-name: kubernetes",
        "token: t",
    )
    .unwrap();
    assert_eq!(
        (config.server(), config.namespace()),
        ("https://k:6443/", "prod")
    );
    assert_eq!(config.tls.server_name.as_deref(), Some("kubernetes"));
    assert!(matches!(config.credentials, Credentials::Bearer(_)));
}

#[test]
fn over_http_no_credentials_are_kept() {
    // Rule C6
    let config = config("server: http://k", "token: t").unwrap();
    assert!(matches!(config.credentials, Credentials::None));
}

#[test]
fn a_host_without_a_scheme_is_https_where_tls_is_set_up() {
    // Rule U4
    for (cluster, user, expected) in [
        ("server: k", "token: t", "http://k/"),
        (
            "server: k, insecure-skip-tls-verify: true",
            "",
            "https://k/",
        ),
        (
            "server: 'k:6443', certificate-authority-data: YQ==",
            "",
            "https://k:6443/",
        ),
        (
            "server: k",
            "client-certificate-data: YQ==, client-key-data: YQ==",
            "https://k/",
        ),
        ("server: k, tls-server-name: name", "", "http://k/"),
    ] {
        let config = config(cluster, user).unwrap();
        assert_eq!(config.server(), expected, "{cluster} {user}");
    }
}

#[test]
fn each_mistake_is_named() {
    // Rules C8, C12, C13
    for (cluster, user, expected) in [
        ("server: ''", "", "the cluster has no server"),
        (
            "server: https://k, insecure-skip-tls-verify: true, certificate-authority-data: YQ==",
            "",
            "contradict",
        ),
        (
            "server: https://k, certificate-authority-data: '!'",
            "",
            "cluster `c`: certificate-authority-data is not base64",
        ),
        (
            "server: https://k, certificate-authority: /nowhere/ca, certificate-authority-data: YQ==",
            "",
            "both set",
        ),
        (
            "server: https://k, certificate-authority: /nowhere/ca",
            "",
            "cannot read certificate-authority /nowhere/ca",
        ),
        (
            "server: https://k",
            "client-certificate-data: YQ==",
            "user `u`: there is a client certificate without its key",
        ),
        ("server: https://k", "token: t, username: u", "contradict"),
        (
            "server: https://k",
            "tokenFile: /nowhere/token",
            "cannot read tokenFile /nowhere/token",
        ),
        ("server: https://k", "exec: {args: [x]}", "no command"),
        (
            "server: https://k",
            "auth-provider: {name: gcp}",
            "gke-gcloud-auth-plugin",
        ),
        (
            "server: https://k",
            "auth-provider: {name: azure}",
            "kubelogin",
        ),
        ("server: https://k, proxy-url: ftp://p", "", "socks5://"),
        ("server: https://k", "as-groups: [g]", "set `as`"),
    ] {
        let error = config(cluster, user).unwrap_err();
        assert!(
            error.to_string().contains(expected),
            "{cluster} {user}: {error}"
        );
    }
}

#[test]
fn all_problems_come_together() {
    // Rule C8
    let error = config("server: 'ftp://k'", "token: t, username: u").unwrap_err();
    assert!(matches!(
        error.problem(),
        Some(ConfigProblem::Several(problems)) if problems.len() == 2
    ));
    let error = config(
        "insecure-skip-tls-verify: true, certificate-authority-data: '!', proxy-url: 'x:'",
        "token: t, password: p, exec: {env: [{value: x}]}, as-uid: '7', client-certificate: /nowhere/c",
    )
    .unwrap_err();
    for expected in [
        "no server",
        "contradict",
        "not base64",
        "proxy-url",
        "no command",
        "no apiVersion",
        "exec.env[0]",
        "set `as`",
        "without its key",
        "/nowhere/c",
    ] {
        assert!(error.to_string().contains(expected), "{expected}: {error}");
    }
}

#[test]
fn names_that_lead_nowhere_say_what_there_is() {
    let kubeconfig = Kubeconfig::parse(
        "contexts: [{name: x, context: {cluster: gone, user: away}}]\ncurrent-context: x",
    )
    .unwrap();
    let error = Config::from_kubeconfig(&kubeconfig, None).unwrap_err();
    assert!(error.to_string().contains("the cluster `gone`"), "{error}");
    assert!(error.to_string().contains("the user `away`"), "{error}");
    let error = Config::from_kubeconfig(&kubeconfig, Some("y")).unwrap_err();
    assert!(matches!(
        error.problem(),
        Some(ConfigProblem::NoContext { name, known }) if name == "y" && *known == ["x"]
    ));
}

#[test]
fn relative_files_are_looked_for_beside_the_kubeconfig() {
    // Rule C4
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), "pem").unwrap();
    let path = folder.path().join("config");
    let text = "clusters: [{name: c, cluster: {server: https://k, certificate-authority: ca.pem}}]\n\
        users: [{name: u, user: {exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1beta1}}}]\n\
        contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x";
    std::fs::write(&path, text).unwrap();
    let config = Config::from_kubeconfig_file(&path).unwrap();
    assert_eq!(config.tls.ca.as_deref(), Some(&b"pem"[..]));
    let Credentials::Exec(plugin) = config.credentials else {
        panic!("no plugin: {config:?}");
    };
    assert_eq!(
        plugin.command,
        folder.path().join("login").to_str().unwrap()
    );
}

const FULL: &str = "server: https://k, tls-server-name: name, certificate-authority-data: YQ==, proxy-url: http://p";

fn overridden(overrides: &Overrides) -> Config {
    Config::from_kubeconfig_with(&kubeconfig(FULL, "token: t"), overrides).unwrap()
}

#[test]
fn a_server_in_the_overrides_clears_the_name_of_the_other() {
    // Rule C5
    let config = overridden(&Overrides::new().server("https://other"));
    assert_eq!(config.server(), "https://other/");
    assert_eq!(config.tls.server_name, None);
    let both = Overrides::new()
        .server("https://other")
        .tls_server_name("m");
    assert_eq!(overridden(&both).tls.server_name.as_deref(), Some("m"));
}

#[test]
fn trust_in_the_overrides_replaces_all_of_it() {
    // Rule C5
    let config = overridden(&Overrides::new().insecure_skip_tls_verify(true));
    assert!(config.tls.insecure && config.tls.ca.is_none());
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca");
    std::fs::write(&ca, "pem").unwrap();
    let insecure = kubeconfig("server: https://k, insecure-skip-tls-verify: true", "");
    let overrides = Overrides::new().certificate_authority(&ca);
    let config = Config::from_kubeconfig_with(&insecure, &overrides).unwrap();
    assert!(!config.tls.insecure);
    assert_eq!(config.tls.ca_file, Some(ca));
}

#[test]
fn a_certificate_in_the_overrides_replaces_file_and_data() {
    // Rule C5
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("crt"), folder.path().join("key"));
    std::fs::write(&certificate, "new").unwrap();
    std::fs::write(&key, "key").unwrap();
    let inline = kubeconfig(
        "server: https://k",
        "client-certificate-data: YQ==, client-key-data: YQ==",
    );
    let overrides = Overrides::new()
        .client_certificate(&certificate)
        .client_key(&key);
    let config = Config::from_kubeconfig_with(&inline, &overrides).unwrap();
    assert_eq!(config.tls.identity.unwrap().certificate, b"new");
}

#[test]
fn every_other_override_takes_effect() {
    // Rule C5
    let overrides = Overrides::new()
        .cluster("d")
        .user("v")
        .namespace("web")
        .proxy_url("socks5://q:1080")
        .impersonate("jane")
        .impersonate_uid("7")
        .impersonate_groups(["g"])
        .request_timeout(Duration::from_secs(9));
    let config = overridden(&overrides);
    assert_eq!(config.server(), "https://d/");
    assert_eq!(config.namespace(), "web");
    assert_eq!(config.proxy.unwrap().url().as_str(), "socks5://q:1080");
    assert_eq!(config.timeout, Some(Duration::from_secs(9)));
    let impersonation = config.impersonation.unwrap();
    assert_eq!(impersonation.user, "jane");
    assert_eq!(impersonation.uid.as_deref(), Some("7"));
    assert_eq!(impersonation.groups, ["g"]);
    let Credentials::Bearer(token) = config.credentials else {
        panic!("no token");
    };
    assert_eq!(token.expose_secret(), "v");
    let config = overridden(&Overrides::new().token("new"));
    assert!(
        matches!(&config.credentials, Credentials::Bearer(token) if token.expose_secret() == "new")
    );
    let anonymous = kubeconfig("server: https://k", "");
    let basic = Overrides::new().username("me").password("p");
    let config = Config::from_kubeconfig_with(&anonymous, &basic).unwrap();
    assert!(matches!(config.credentials, Credentials::Basic { username, .. } if username == "me"));
    let never = Overrides::new().request_timeout(Duration::ZERO);
    assert_eq!(overridden(&never).timeout, None);
}

#[test]
fn a_name_in_the_overrides_must_exist() {
    // Rule C5
    for overrides in [
        Overrides::new().context("gone"),
        Overrides::new().cluster("gone"),
        Overrides::new().user("gone"),
        Overrides::new().cluster("gone").server("https://k"),
    ] {
        let read = Config::from_kubeconfig_with(&kubeconfig(FULL, ""), &overrides);
        assert!(
            read.unwrap_err().to_string().contains("`gone`"),
            "{overrides:?}"
        );
    }
}

#[test]
fn a_server_in_the_overrides_needs_no_kubeconfig() {
    let overrides = Overrides::new().server("https://k").token("t");
    let config = Config::from_kubeconfig_with(&Kubeconfig::default(), &overrides).unwrap();
    assert_eq!(config.server(), "https://k/");
    assert!(matches!(config.credentials, Credentials::Bearer(_)));
}
