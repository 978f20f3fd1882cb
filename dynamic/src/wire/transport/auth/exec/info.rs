//! The input of a plugin: an `ExecCredential` in an environment variable.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use crate::wire::config::{ExecCluster, ExecPlugin};

/// The value of `KUBERNETES_EXEC_INFO` ([rule C18](crate::semantics#c18)). Its cluster may have
/// a password in the URL of its proxy.
pub(super) fn info(plugin: &ExecPlugin, is_interactive: bool) -> SecretString {
    let mut spec = json!({"interactive": is_interactive});
    if let Some(cluster) = &plugin.cluster {
        spec["cluster"] = described(cluster);
    }
    let info = json!({
        "apiVersion": plugin.version.as_str(),
        "kind": "ExecCredential",
        "spec": spec,
    });
    SecretString::from(info.to_string())
}

/// What is not set is left out, but for the extension, which is then null.
fn described(cluster: &ExecCluster) -> Value {
    let ExecCluster {
        server,
        tls_server_name,
        insecure_skip_tls_verify,
        certificate_authority_data,
        proxy_url,
        disable_compression,
        config,
    } = cluster;
    let authority = certificate_authority_data.as_ref();
    let proxy = proxy_url.as_ref();
    let fields = [
        ("server", Some(json!(server))),
        (
            "tls-server-name",
            tls_server_name.as_ref().map(|name| json!(name)),
        ),
        (
            "insecure-skip-tls-verify",
            insecure_skip_tls_verify.then_some(json!(true)),
        ),
        (
            "certificate-authority-data",
            authority.map(|pem| json!(STANDARD.encode(pem))),
        ),
        ("proxy-url", proxy.map(|url| json!(url.expose_secret()))),
        (
            "disable-compression",
            disable_compression.then_some(json!(true)),
        ),
        ("config", Some(json!(config))),
    ];
    let set = fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(set.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::config::{ExecVersion, InteractiveMode};

    fn plugin(cluster: Option<ExecCluster>) -> ExecPlugin {
        ExecPlugin {
            command: "login".to_owned(),
            args: Vec::new(),
            env: Vec::new(),
            version: ExecVersion::V1Beta1,
            install_hint: None,
            interactive: InteractiveMode::Never,
            cluster,
        }
    }

    fn read(plugin: &ExecPlugin, is_interactive: bool) -> Value {
        serde_json::from_str(info(plugin, is_interactive).expose_secret()).unwrap()
    }

    #[test]
    fn it_says_which_version_and_whether_somebody_can_be_asked() {
        // Rule C18
        let expected = json!({
            "apiVersion": "client.authentication.k8s.io/v1beta1",
            "kind": "ExecCredential",
            "spec": {"interactive": true},
        });
        assert_eq!(read(&plugin(None), true), expected);
    }

    #[test]
    fn the_cluster_is_described_where_the_plugin_wants_it() {
        // Rule C18
        let full = ExecCluster {
            server: "https://k:6443".to_owned(),
            tls_server_name: Some("kubernetes".to_owned()),
            insecure_skip_tls_verify: true,
            certificate_authority_data: Some(b"pem".to_vec()),
            proxy_url: Some("http://me:pw@proxy".into()),
            disable_compression: true,
            config: Some(json!({"audience": "a"})),
        };
        let expected = json!({
            "server": "https://k:6443",
            "tls-server-name": "kubernetes",
            "insecure-skip-tls-verify": true,
            "certificate-authority-data": "cGVt",
            "proxy-url": "http://me:pw@proxy",
            "disable-compression": true,
            "config": {"audience": "a"},
        });
        assert_eq!(
            read(&plugin(Some(full)), false)["spec"]["cluster"],
            expected
        );
        let plain = ExecCluster {
            server: "https://k".to_owned(),
            tls_server_name: None,
            insecure_skip_tls_verify: false,
            certificate_authority_data: None,
            proxy_url: None,
            disable_compression: false,
            config: None,
        };
        let expected = json!({"server": "https://k", "config": null});
        assert_eq!(
            read(&plugin(Some(plain)), false)["spec"]["cluster"],
            expected
        );
    }
}
