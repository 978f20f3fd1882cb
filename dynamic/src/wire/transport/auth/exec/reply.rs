//! The output of a plugin: an `ExecCredential` with credentials in its status.

use std::time::SystemTime;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::problem::PluginFault;
use super::said;
use crate::wire::config::ExecVersion;
use crate::wire::credential::Credential;

/// `Debug` is missing on purpose: all of it is secret.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    kind: Option<String>,
    api_version: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    expiration_timestamp: Option<String>,
    token: Option<SecretString>,
    client_certificate_data: Option<String>,
    client_key_data: Option<SecretString>,
}

/// The credential in what a plugin of this version printed ([rule C19](crate::semantics#c19)).
pub(super) fn read(printed: &[u8], version: ExecVersion) -> Result<Credential, PluginFault> {
    // The parser's message could quote a token: only the place is kept.
    let reply: Reply = serde_json::from_slice(printed).map_err(|error| PluginFault::NotAReply {
        line: error.line(),
        column: error.column(),
    })?;
    if reply.kind.as_deref() != Some("ExecCredential") {
        return Err(PluginFault::OtherKind);
    }
    let found = reply.api_version.unwrap_or_default();
    if found != version.as_str() {
        return Err(PluginFault::OtherVersion {
            found: said::shown(&found),
            expected: version.as_str(),
        });
    }
    credential(reply.status.ok_or(PluginFault::NoCredential)?)
}

fn credential(status: Status) -> Result<Credential, PluginFault> {
    let token = status
        .token
        .filter(|token| !token.expose_secret().is_empty());
    let certificate = status.client_certificate_data.filter(|pem| !pem.is_empty());
    let key = status
        .client_key_data
        .filter(|pem| !pem.expose_secret().is_empty());
    if token.is_none() && certificate.is_none() && key.is_none() {
        return Err(PluginFault::NoCredential);
    }
    let mut credential = match token {
        Some(token) => Credential::token(token.expose_secret()),
        None => Credential::anonymous(),
    };
    credential = match (certificate, key) {
        (Some(certificate), Some(key)) => {
            credential.with_certificate(certificate, key.expose_secret())
        }
        (None, None) => credential,
        (Some(_), None) => return Err(PluginFault::CertificateWithoutKey),
        (None, Some(_)) => return Err(PluginFault::KeyWithoutCertificate),
    };
    Ok(match status.expiration_timestamp {
        Some(end) => credential.expires_at(time(&end)?),
        None => credential,
    })
}

fn time(written: &str) -> Result<SystemTime, PluginFault> {
    let not_a_time = |_| PluginFault::NotATime;
    let time: Timestamp = written.parse().map_err(not_a_time)?;
    SystemTime::try_from(time).map_err(not_a_time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: &str) -> Result<Credential, PluginFault> {
        let text = format!(
            r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",
                "spec":{{}},"status":{status},"new":1}}"#
        );
        read(text.as_bytes(), ExecVersion::V1)
    }

    #[test]
    fn a_reply_has_a_token_a_certificate_or_both() {
        // Rule C19
        let pair = r#""clientCertificateData":"c","clientKeyData":"k""#;
        for (status, expected) in [
            (r#"{"token":"t"}"#.to_owned(), Credential::token("t")),
            (
                r#"{"token":"t","clientKeyData":"","expirationTimestamp":null}"#.to_owned(),
                Credential::token("t"),
            ),
            (format!("{{{pair}}}"), Credential::certificate("c", "k")),
            (
                format!(r#"{{"token":"t",{pair}}}"#),
                Credential::token("t").with_certificate("c", "k"),
            ),
        ] {
            assert!(of(&status).unwrap().is_same_as(&expected), "{status}");
        }
        let until = of(r#"{"token":"t","expirationTimestamp":"2030-01-02T03:04:05+01:00"}"#);
        let shown = format!("{:?}", until.unwrap());
        assert!(shown.contains("expires_at: Some"), "{shown}");
    }

    #[test]
    fn each_mistake_has_its_name_and_quotes_nothing() {
        // Rule C19
        let text = |text: &str| {
            read(text.as_bytes(), ExecVersion::V1)
                .map(drop)
                .unwrap_err()
        };
        let other = r#"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"hunter2"}}"#;
        for (fault, expected) in [
            (text(""), "not an ExecCredential"),
            (text("token: hunter2"), "line 1, column 2"),
            (
                text(r#"{"status":{"token":["hunter2"]}}"#),
                "not an ExecCredential",
            ),
            (
                text(r#"{"kind":"Secret","status":{"token":"hunter2"}}"#),
                "another kind",
            ),
            (text(other), "client.authentication.k8s.io/v1beta1"),
            (of("null").map(drop).unwrap_err(), "no token"),
            (of("{}").map(drop).unwrap_err(), "no token"),
            (
                of(r#"{"clientKeyData":"hunter2"}"#).map(drop).unwrap_err(),
                "without",
            ),
            (
                of(r#"{"clientCertificateData":"c"}"#)
                    .map(drop)
                    .unwrap_err(),
                "without",
            ),
            (
                of(r#"{"token":"hunter2","expirationTimestamp":"soon"}"#)
                    .map(drop)
                    .unwrap_err(),
                "expirationTimestamp",
            ),
        ] {
            let shown = format!("{fault} {fault:?}");
            assert!(shown.contains(expected), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}
