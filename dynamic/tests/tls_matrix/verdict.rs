//! The verdicts of both clients on a server: nothing, or why they do not talk to it.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kubewright::{Config, Kubeconfig};
use serde_json::{Value, json};

use crate::case::{Case, Trust};
use crate::oracle::Oracle;

pub(crate) type Verdict = Result<(), String>;

pub(crate) fn go(case: &Case, address: SocketAddr, oracle: &Oracle) -> Verdict {
    let mut question = json!({"do": "dial", "address": address.to_string(), "name": case.name});
    match &case.trust {
        Trust::Authorities(pem) => question["authorities"] = Value::from(pem.as_str()),
        Trust::Anybody => question["insecure"] = Value::from(true),
    }
    if let Some(client) = &case.client {
        question["certificate"] = Value::from(client.certificate.as_str());
        question["key"] = Value::from(client.key.as_str());
    }
    oracle
        .ask(&question)
        .map(|_| ())
        .map_err(|error| steady(&error))
}

pub(crate) fn ours(case: &Case, address: SocketAddr) -> Verdict {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let asked = runtime.unwrap().block_on(async {
        let config = config(case, address)?.with_timeout(Duration::from_secs(20));
        let client = config.connect().await?;
        let request = http::Request::get("/version")
            .body(bytes::Bytes::new())
            .unwrap();
        client.raw(request).await
    });
    asked.map(|_| ()).map_err(|error| steady(&why(&error)))
}

/// The part of the message that is not about where the server is.
fn why(error: &kubewright::Error) -> String {
    let mut said = vec![error.to_string()];
    let mut link = std::error::Error::source(error);
    while let Some(cause) = link {
        said.push(cause.to_string());
        link = cause.source();
    }
    said.retain(|text| !text.contains("the exchange with the API server"));
    said.join(": ")
}

/// What kubectl says, which takes another version of Go.
pub(crate) fn kubectl(program: &OsStr, case: &Case, address: SocketAddr) -> Verdict {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    std::fs::write(&file, kubeconfig(case, address)).unwrap();
    let output = Command::new(program)
        .env("KUBECONFIG", &file)
        .env("HOME", folder.path())
        .args(["get", "--raw", "/version", "--request-timeout", "20s"])
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(steady(&String::from_utf8_lossy(&output.stderr))),
    }
}

pub(crate) fn kubectl_version(program: &OsStr) -> String {
    let output = Command::new(program)
        .args(["version", "--client"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = said.lines().next().unwrap_or_default();
    version.trim_start_matches("Client Version: ").to_owned()
}

fn config(case: &Case, address: SocketAddr) -> kubewright::Result<Config> {
    Config::from_kubeconfig(&Kubeconfig::parse(&kubeconfig(case, address))?, None)
}

fn kubeconfig(case: &Case, address: SocketAddr) -> String {
    let encoded = |text: &str| Value::from(STANDARD.encode(text));
    let mut cluster = json!({"server": format!("https://{address}")});
    if case.name != "127.0.0.1" {
        cluster["tls-server-name"] = Value::from(case.name.as_str());
    }
    match &case.trust {
        Trust::Authorities(pem) => cluster["certificate-authority-data"] = encoded(pem),
        Trust::Anybody => cluster["insecure-skip-tls-verify"] = Value::from(true),
    }
    // Without any credentials kubectl asks for a password.
    let mut user = json!({"token": "none"});
    if let Some(client) = &case.client {
        user["client-certificate-data"] = encoded(&client.certificate);
        user["client-key-data"] = encoded(&client.key);
    }
    let text = json!({
        "clusters": [{"name": "c", "cluster": cluster}],
        "users": [{"name": "u", "user": user}],
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        "current-context": "x",
    });
    text.to_string()
}

/// A message without the moment at which it was said.
fn steady(message: &str) -> String {
    let time = regex_of_times();
    let message = message.replace(['\n', '\t'], " ");
    time.replace_all(&message, "TIME").into_owned()
}

fn regex_of_times() -> regex::Regex {
    let address = r"127\.0\.0\.1:\d+(->127\.0\.0\.1:\d+)?";
    regex::Regex::new(&format!(r"\d{{4}}-\d\d-\d\dT[0-9:.]+Z|{address}")).unwrap()
}
