//! A bare HTTP client for tests of the server: no Kubernetes knowledge in it.

#![allow(dead_code, reason = "each test file uses a part of it")]

use kubewright_envtest::Embedded;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) struct Http {
    base: String,
    accept: String,
    client: reqwest::Client,
}

/// A reply that a test says its expectation of.
pub(crate) struct Reply {
    request: String,
    code: u16,
    body: Value,
}

impl Http {
    pub(crate) fn to(server: &Embedded) -> Self {
        // The workspace's reqwest names no provider; no test here speaks TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            base: server.url(),
            accept: "application/json".into(),
            client: reqwest::Client::new(),
        }
    }

    /// The same with another Accept header.
    pub(crate) fn accept(&self, accept: &str) -> Self {
        Self {
            base: self.base.clone(),
            accept: accept.into(),
            client: self.client.clone(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, "", None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, "application/json", Some(body))
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, "application/json", Some(body))
            .await
    }

    pub(crate) async fn merge(&self, path: &str, body: &Value) -> Reply {
        self.patch(path, "application/merge-patch+json", body).await
    }

    pub(crate) async fn patch(&self, path: &str, media: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, media, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, "", None).await
    }

    pub(crate) async fn delete_with(&self, path: &str, options: &Value) -> Reply {
        self.send(Method::DELETE, path, "application/json", Some(options))
            .await
    }

    /// A watch that ends by its own timeout, as lines.
    pub(crate) async fn lines(&self, path: &str) -> Vec<Value> {
        let response = self.request(Method::GET, path).send().await.unwrap();
        let text = response.text().await.unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .header("accept", &self.accept)
    }

    async fn send(&self, method: Method, path: &str, media: &str, body: Option<&Value>) -> Reply {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = body {
            request = request.header("content-type", media).body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let code = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Reply {
            request: format!("{method} {path}"),
            code,
            body,
        }
    }
}

impl Reply {
    pub(crate) fn code(&self) -> u16 {
        self.code
    }

    #[track_caller]
    pub(crate) fn expect(self, code: u16) -> Value {
        assert_eq!(self.code, code, "{}: {:#}", self.request, self.body);
        self.body
    }

    /// A Status with this code and reason.
    #[track_caller]
    pub(crate) fn refused(self, code: u16, reason: &str) -> Value {
        let request = self.request.clone();
        let body = self.expect(code);
        assert_eq!(
            (&body["kind"], &body["reason"]),
            (&json!("Status"), &json!(reason)),
            "{request}: {body:#}"
        );
        body
    }
}

pub(crate) fn config_map(name: &str, value: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name}, "data": {"value": value},
    })
}
