//! No secret is shown: a canary stands in every place of a configuration that can hold one.

use std::fmt::Debug;

use secrecy::ExposeSecret;

use super::{Config, Kubeconfig, KubeconfigFiles, Overrides, Source};

const CANARY: &str = "c4n4ry";

/// `%` stands for the canary.
const SECRETIVE: &str = r"
clusters:
- name: c
  cluster:
    server: https://k
    proxy-url: http://me:%@proxy:3128
    extensions: [{name: client.authentication.k8s.io/exec, extension: {a: '%'}}]
    future: '%'
users:
- name: u
  user:
    token: '%'
    future: {a: ['%']}
- name: plugin
  user:
    exec:
      command: p
      apiVersion: client.authentication.k8s.io/v1beta1
      args: ['--token=%']
      env: [{name: A, value: '%'}]
      provideClusterInfo: true
      future: '%'
- name: basic
  user: {username: me, password: '%'}
- name: certificate
  user: {client-certificate-data: YQ==, client-key-data: JQ==}
- name: legacy
  user: {auth-provider: {name: gcp, config: {access-token: '%'}, future: '%'}}
contexts:
- name: x
  context: {cluster: c, user: u, future: '%', extensions: [{name: e, extension: '%'}]}
current-context: x
extensions: [{name: e, extension: '%'}]
future: '%'
";

fn text(pattern: &str) -> String {
    pattern.replace('%', CANARY)
}

fn shows_nothing(what: &str, value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.contains(CANARY), "{what}: {shown}");
    // The key that stands alone in base64.
    assert!(!shown.contains("JQ=="), "{what}: {shown}");
}

#[test]
fn no_public_type_shows_a_secret() {
    // Rule C24
    let kubeconfig = Kubeconfig::parse(&text(SECRETIVE)).unwrap();
    shows_nothing("kubeconfig", &kubeconfig);
    for user in ["u", "plugin", "basic", "certificate"] {
        let overrides = Overrides::new().user(user);
        let config = Config::from_kubeconfig_with(&kubeconfig, &overrides).unwrap();
        shows_nothing(user, &config);
    }
    let overrides = Overrides::new()
        .server(text("https://me:%@k"))
        .proxy_url(text("http://me:%@p"))
        .token(CANARY)
        .username("me")
        .password(CANARY);
    shows_nothing("overrides", &overrides);
    shows_nothing("source", &Source::new().overrides(overrides));
    shows_nothing("files", &KubeconfigFiles::only("config"));
}

#[test]
fn secrets_are_written_by_the_one_method_that_says_so() {
    let kubeconfig = Kubeconfig::parse(&text(SECRETIVE)).unwrap();
    let written = kubeconfig.to_yaml();
    shows_nothing("written", &written);
    let places = SECRETIVE.matches('%').count();
    assert_eq!(written.expose_secret().matches(CANARY).count(), places);
}

#[test]
fn no_error_shows_a_secret() {
    // Rule C24
    let wrong_shapes = [
        "users: [{name: u, user: {token: [%]}}]",
        "users: [{name: u, user: {token: {%: %}}}]",
        "users: [{name: u, user: %}]",
        "users: [{name: u, user: {exec: %}}]",
        "users: [{name: u, user: {as-groups: %}}]",
        "clusters: [{name: c, cluster: {insecure-skip-tls-verify: %}}]",
        "%",
        "users: \"%",
        "users: [%",
        "token: %\n\t- %",
        "a: *%",
        "a: !!binary '%!'",
        "a: {<<: %}",
        "a: &% [*%]",
        "? [%]\n: %",
        "token: %: %",
        "token: '%' %",
        "token: \"%\\x\"",
    ];
    for pattern in wrong_shapes {
        let error = Kubeconfig::parse(&text(pattern)).unwrap_err();
        let shown = format!("{error} {error:#} {error:?} {error:#?}");
        assert!(!shown.contains(CANARY), "{pattern}: {shown}");
    }
    let wrong_values = [
        ("server: 'https://me:%@k'", ""),
        ("server: 'ftp://me:%@k'", ""),
        ("server: 'ftp://k?token=%'", ""),
        ("server: 'https://me:%@[::1'", ""),
        ("server: https://k, proxy-url: 'ftp://me:%@p'", ""),
        ("server: https://k, proxy-url: 'http://me:%@[::1'", ""),
        ("server: https://k, certificate-authority-data: '%!'", ""),
        (
            "server: https://k",
            "client-certificate-data: YQ==, client-key-data: '%!'",
        ),
        (
            "server: https://k",
            "token: '%', username: me, password: '%'",
        ),
        (
            "server: https://k",
            "exec: {args: ['%'], env: [{value: '%'}]}",
        ),
        (
            "server: https://k",
            "auth-provider: {name: oidc, config: {client-secret: '%'}}",
        ),
    ];
    for (cluster, user) in wrong_values {
        let pattern = format!(
            "clusters: [{{name: c, cluster: {{{cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n\
             contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\ncurrent-context: x\n"
        );
        let kubeconfig = Kubeconfig::parse(&text(&pattern)).unwrap();
        shows_nothing(cluster, &kubeconfig);
        let error = Config::from_kubeconfig(&kubeconfig, None).unwrap_err();
        let shown = format!("{error} {error:#} {error:?} {error:#?}");
        assert!(!shown.contains(CANARY), "{cluster} {user}: {shown}");
    }
}
