//! The kubeconfig of one user, as text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::pki::Pair;

/// How a user shows who they are.
pub(super) enum Credential<'a> {
    Certificate(&'a Pair),
    Token(&'a str),
}

/// One cluster, one user, one context. Every name that is not ours is written as a JSON
/// string, which YAML reads as it stands.
pub(super) fn text(url: &str, ca_cert: &str, user: &str, credential: &Credential<'_>) -> String {
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
    certificate-authority-data: {ca}
users:
- name: {user}
  user:
{credential}",
        user = serde_json::Value::from(user),
        ca = STANDARD.encode(ca_cert),
        credential = lines(credential),
    )
}

fn lines(credential: &Credential<'_>) -> String {
    match credential {
        Credential::Token(token) => format!("    token: {token}\n"),
        Credential::Certificate(pair) => format!(
            "    client-certificate-data: {}\n    client-key-data: {}\n",
            STANDARD.encode(&pair.cert),
            STANDARD.encode(&pair.key)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Credential, text};

    #[test]
    fn a_user_by_token() {
        let text = text(
            "https://127.0.0.1:1",
            "CA",
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
