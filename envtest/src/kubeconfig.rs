//! The kubeconfig of one user, as text.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::certificates::Identity;

/// How a user shows who they are.
pub(crate) enum Credential<'a> {
    Nothing,
    Certificate(&'a Identity),
    Token(&'a str),
}

/// One cluster, one user, one context. Every name that is not ours is written as a JSON
/// string, which YAML reads as it stands.
pub(crate) fn text(
    url: &str,
    ca_cert: Option<&str>,
    user: &str,
    credential: &Credential<'_>,
) -> String {
    let ca = ca_cert.map_or_else(String::new, |ca| {
        format!("    certificate-authority-data: {}\n", STANDARD.encode(ca))
    });
    format!(
        "apiVersion: v1
kind: Config
current-context: kubewright
contexts:
- name: kubewright
  context:
    cluster: kubewright
    user: {user}
clusters:
- name: kubewright
  cluster:
    server: {url}
{ca}users:
- name: {user}
  user:
{credential}",
        user = serde_json::Value::from(user),
        credential = lines(credential),
    )
}

/// Writes a file that only this user can read.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn lines(credential: &Credential<'_>) -> String {
    match credential {
        Credential::Nothing => "    {}\n".to_owned(),
        Credential::Token(token) => format!("    token: {token}\n"),
        Credential::Certificate(identity) => format!(
            "    client-certificate-data: {}\n    client-key-data: {}\n",
            STANDARD.encode(identity.certificate_pem()),
            STANDARD.encode(identity.key_pem())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Credential, text};

    #[test]
    fn a_server_that_asks_nobody() {
        let text = text("http://127.0.0.1:1", None, "admin", &Credential::Nothing);
        assert!(
            text.contains("    server: http://127.0.0.1:1\nusers:\n"),
            "{text}"
        );
        assert!(text.ends_with("  user:\n    {}\n"), "{text}");
    }

    #[test]
    fn a_user_by_token() {
        let text = text(
            "https://127.0.0.1:1",
            Some("CA"),
            "al: \"ice\"",
            &Credential::Token("abc"),
        );
        assert_eq!(
            text,
            r#"apiVersion: v1
kind: Config
current-context: kubewright
contexts:
- name: kubewright
  context:
    cluster: kubewright
    user: "al: \"ice\""
clusters:
- name: kubewright
  cluster:
    server: https://127.0.0.1:1
    certificate-authority-data: Q0E=
users:
- name: "al: \"ice\""
  user:
    token: abc
"#
        );
    }
}
