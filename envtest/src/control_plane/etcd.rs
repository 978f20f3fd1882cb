//! Requests to etcd itself, over its socket and its JSON gateway.

use std::path::Path;

use serde_json::{Value, json};

use super::Error;
use super::http::client;
use super::pki::Pki;

/// Forgets every revision before the present one; says which that is.
pub(super) async fn compact(socket: &Path, pki: &Pki) -> Result<u64, Error> {
    try_compact(socket, pki)
        .await
        .map_err(|error| Error::failed("cannot compact etcd").because(error))
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

async fn try_compact(socket: &Path, pki: &Pki) -> Result<u64, BoxError> {
    let client = client(pki, |client| client.unix_socket(socket))?;
    // Any read says the revision; the key is one that is not there.
    let range = ask(
        &client,
        "range",
        &json!({"key": "AA==", "count_only": true}),
    )
    .await?;
    let revision = range["header"]["revision"]
        .as_str()
        .ok_or("etcd returned no revision")?;
    ask(&client, "compaction", &json!({"revision": revision})).await?;
    Ok(revision.parse()?)
}

/// The gateway has 64-bit numbers as strings, both ways.
async fn ask(client: &reqwest::Client, what: &str, body: &Value) -> Result<Value, BoxError> {
    let request = client
        .post(format!("http://localhost/v3/kv/{what}"))
        .body(body.to_string());
    let reply = request.send().await?;
    let (status, text) = (reply.status(), reply.text().await?);
    if !status.is_success() {
        return Err(format!("{what}: {status}: {}", text.trim()).into());
    }
    Ok(serde_json::from_str(&text)?)
}
