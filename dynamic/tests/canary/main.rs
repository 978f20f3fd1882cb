//! No secret is shown: a canary stands in every place that can hold a credential, and everything
//! that the client prints at its most talkative level is searched for it (rule C24).
//!
//! The server runs on a thread of its own, and only what the client's thread prints is kept: by
//! `tracing`, which this library, hyper and h2 use, and by `log`, which reqwest and rustls use.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]
#![cfg(unix)]

mod printed;
#[path = "../wire/tls_server.rs"]
mod tls_server;

use std::fmt::Debug;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::StreamExt;
use http::header::AUTHORIZATION;
use kubewright::{
    Client, Config, Credential, CredentialProvider, Impersonation, Kubeconfig, ListOptions,
    ProviderError, Unstructured,
};
use serde_json::json;

use self::printed::Printed;
use self::tls_server::{Authority, Pair, TlsServer};

const CANARY: &str = "c4n4ry-0f-the-m1ne";

/// A server on another thread, whose prints are nobody's.
struct Elsewhere {
    server: TlsServer,
    _runtime: tokio::runtime::Runtime,
}

impl Elsewhere {
    fn start(authority: &Authority, protocols: &'static [&'static [u8]]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(TlsServer::start(authority, "127.0.0.1", protocols));
        Elsewhere {
            server,
            _runtime: runtime,
        }
    }
}

/// What a mistake would show: the canary as it is, or as it stands in a header or in a key.
struct Secrets(Vec<String>);

impl Secrets {
    fn of(identity: &Pair) -> Self {
        let body: Vec<_> = identity
            .key
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        Secrets(vec![
            CANARY.to_owned(),
            STANDARD.encode(format!("me:{CANARY}")),
            STANDARD.encode(CANARY).trim_end_matches('=').to_owned(),
            body[0].to_owned(),
            // In base64 of base64, where it begins.
            STANDARD.encode(&identity.key)[64..96].to_owned(),
        ])
    }

    #[track_caller]
    fn are_not_in(&self, what: &str, shown: &str) {
        for secret in &self.0 {
            let place = shown.find(secret.as_str());
            let around = place.map(|at| &shown[at.saturating_sub(200)..at]);
            assert_eq!(around, None, "{what} shows a secret after this");
        }
    }

    #[track_caller]
    fn are_not_shown(&self, what: &str, value: &impl Debug) {
        self.are_not_in(what, &format!("{value:?} {value:#?}"));
    }
}

/// Gives a token, and a certificate.
struct Provider(Pair);

impl CredentialProvider for Provider {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        let credential = Credential::token(CANARY).with_id("the id");
        Ok(credential.with_certificate(self.0.certificate.as_str(), self.0.key.as_str()))
    }
}

fn program(folder: &Path, name: &str, lines: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

fn kubeconfig(server: &str, authority: &Authority, user: &serde_json::Value) -> Config {
    let ca = STANDARD.encode(&authority.pem);
    let text = json!({
        "clusters": [{"name": "c", "cluster": {"server": server, "certificate-authority-data": ca}}],
        "users": [{"name": "u", "user": user}],
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        "current-context": "x",
    });
    let kubeconfig = Kubeconfig::parse(&text.to_string()).unwrap();
    Config::from_kubeconfig(&kubeconfig, None).unwrap()
}

fn exec(command: &str) -> serde_json::Value {
    json!({"exec": {
        "apiVersion": "client.authentication.k8s.io/v1",
        "interactiveMode": "Never",
        "provideClusterInfo": true,
        "command": command,
        "args": [CANARY],
        "env": [{"name": "SECRET", "value": CANARY}],
    }})
}

/// Each way to hold a credential, by its name.
fn configurations(
    server: &str,
    authority: &Authority,
    identity: &Pair,
    folder: &Path,
) -> Vec<(&'static str, Config)> {
    let of = |user: serde_json::Value| kubeconfig(server, authority, &user);
    let token_file = folder.join("token");
    fs::write(&token_file, CANARY).unwrap();
    let (certificate, key) = (folder.join("certificate"), folder.join("key"));
    fs::write(&certificate, &identity.certificate).unwrap();
    fs::write(&key, &identity.key).unwrap();
    let reply = json!({
        "kind": "ExecCredential",
        "apiVersion": "client.authentication.k8s.io/v1",
        "status": {
            "token": CANARY,
            "clientCertificateData": identity.certificate,
            "clientKeyData": identity.key,
        },
    });
    fs::write(folder.join("reply"), reply.to_string()).unwrap();
    let print = format!("echo $SECRET >&2; cat {}/reply", folder.display());
    let data = |pem: &str| STANDARD.encode(pem);
    let provided = of(json!({})).with_credentials(Provider(Pair {
        certificate: identity.certificate.clone(),
        key: identity.key.clone(),
    }));
    vec![
        ("token", of(json!({"token": CANARY}))),
        ("basic", of(json!({"username": "me", "password": CANARY}))),
        ("token file", of(json!({"tokenFile": token_file}))),
        (
            "files",
            of(json!({"client-certificate": certificate, "client-key": key})),
        ),
        (
            "data",
            of(json!({
                "client-certificate-data": data(&identity.certificate),
                "client-key-data": data(&identity.key),
            })),
        ),
        ("plugin", of(exec(&program(folder, "good", &print)))),
        (
            "plugin that prints garbage",
            of(exec(&program(folder, "garbage", "echo $SECRET"))),
        ),
        (
            "plugin that fails",
            of(exec(&program(
                folder,
                "failing",
                "set -x; echo $1; echo $SECRET >&2; exit 1",
            ))),
        ),
        ("provider", provided),
        (
            "token that no header holds",
            of(json!({"token": format!("{CANARY}\n")})),
        ),
        (
            "a reader of passwords",
            of(json!({"token": CANARY})).with_namespace("prod"),
        ),
    ]
}

/// Requests of each kind; what comes of them is searched too.
async fn used(config: &Config, secrets: &Secrets) {
    let client = match config.connect().await {
        Ok(client) => client,
        Err(error) => return secrets.are_not_shown("connecting", &error),
    };
    secrets.are_not_shown("client", &client);
    let pods = client
        .resource(&"v1/pods".parse().unwrap())
        .namespace("prod");
    secrets.are_not_shown("get", &pods.get("web").await.map(drop));
    let secret = json!({"kind": "Secret", "metadata": {"name": "s"}, "stringData": {"a": CANARY}});
    let secret: Unstructured = serde_json::from_value(secret).unwrap();
    secrets.are_not_shown("create", &pods.create(&secret).await.map(drop));
    match pods.watch(&ListOptions::new()).await {
        Ok(mut watch) => secrets.are_not_shown("watch", &watch.next().await.is_some()),
        Err(error) => secrets.are_not_shown("watch", &error),
    }
    let jane = client.acting_as(&Impersonation::user("jane")).unwrap();
    secrets.are_not_shown("version", &jane.version().await.map(drop));
    secrets.are_not_shown("raw", &raw(&client).await.map(drop));
}

/// A header of the caller is a secret too.
async fn raw(client: &Client) -> kubewright::Result<http::Response<Bytes>> {
    let mut request = http::Request::new(Bytes::from(CANARY));
    let header = format!("Bearer {CANARY}").parse().unwrap();
    request.headers_mut().insert(AUTHORIZATION, header);
    *request.uri_mut() = "/healthz".parse().unwrap();
    client.raw(request).await
}

#[test]
fn no_secret_is_shown_at_the_most_talkative_level() {
    // Rule C24
    let printed = Printed::from_here_on();
    let authority = Authority::new();
    let identity = authority.issue("admin");
    let secrets = Secrets::of(&identity);
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let both: [&[&[u8]]; 2] = [&[b"h2"], &[b"http/1.1"]];
    for protocols in both {
        let elsewhere = Elsewhere::start(&authority, protocols);
        let url = elsewhere.server.url();
        for (name, config) in configurations(&url, &authority, &identity, folder.path()) {
            secrets.are_not_shown(name, &config);
            runtime.block_on(used(&config, &secrets));
            secrets.are_not_in(name, &printed.text());
        }
        let seen = elsewhere.server.seen();
        let tokens = seen.iter().filter_map(|seen| seen.authorization.as_deref());
        assert!(tokens.filter(|token| token.contains(CANARY)).count() > 10);
        assert!(seen.iter().any(|seen| seen.shows_certificate));
    }
    // All of them were heard, so that their silence means something.
    for target in ["kubewright", "h2", "rustls", "reqwest"] {
        assert!(
            printed.has_heard(target),
            "nothing of {target} in {}",
            printed.text()
        );
    }
}
