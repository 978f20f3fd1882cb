pub mod fieldnames_v1 {
    //! Types and client of `fieldnames/v1`.

    mod types {

        use serde::{Deserialize, Serialize};

        /// `Names` of `fieldnames/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Names {
            /// JSON field `""`.
            #[serde(rename = "", skip_serializing_if = "Option::is_none")]
            pub empty: Option<String>,
            /// JSON field `"; std::process::exit(1);//`.
            #[serde(
                rename = "\"; std::process::exit(1);//",
                skip_serializing_if = "Option::is_none"
            )]
            pub std_process_exit_1: Option<String>,
            /// JSON field `$ref`.
            #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
            pub ref_: Option<String>,
            /// JSON field `$schema`.
            #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
            pub schema: Option<String>,
            /// JSON field `../../x`.
            #[serde(rename = "../../x", skip_serializing_if = "Option::is_none")]
            pub x: Option<String>,
            /// JSON field `3d`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub _3d: Option<String>,
            /// JSON field `CACerts`.
            #[serde(rename = "CACerts", skip_serializing_if = "Option::is_none")]
            pub ca_certs: Option<String>,
            /// JSON field `HTTPGetAction`.
            #[serde(rename = "HTTPGetAction", skip_serializing_if = "Option::is_none")]
            pub http_get_action: Option<String>,
            /// JSON field `Port`.
            #[serde(rename = "Port", skip_serializing_if = "Option::is_none")]
            pub port: Option<String>,
            /// JSON field `Self`.
            #[serde(rename = "Self", skip_serializing_if = "Option::is_none")]
            pub self_2: Option<String>,
            /// JSON field `a-b`.
            #[serde(rename = "a-b", skip_serializing_if = "Option::is_none")]
            pub a_b: Option<String>,
            /// JSON field `client_ca`.
            #[serde(rename = "client_ca", skip_serializing_if = "Option::is_none")]
            pub client_ca: Option<String>,
            /// JSON field `clusterIPs`.
            #[serde(rename = "clusterIPs", skip_serializing_if = "Option::is_none")]
            pub cluster_ips: Option<String>,
            /// JSON field `continue`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub continue_: Option<String>,
            /// JSON field `crate`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub crate_: Option<String>,
            /// JSON field `enum`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub enum_: Option<String>,
            /// JSON field `fn`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fn_: Option<String>,
            /// JSON field `for`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub for_: Option<String>,
            /// JSON field `hostIPC`.
            #[serde(rename = "hostIPC", skip_serializing_if = "Option::is_none")]
            pub host_ipc: Option<String>,
            /// JSON field `match`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_: Option<String>,
            /// JSON field `naïve`.
            #[serde(rename = "naïve", skip_serializing_if = "Option::is_none")]
            pub na_uef_ve: Option<String>,
            /// JSON field `podCIDRs`.
            #[serde(rename = "podCIDRs", skip_serializing_if = "Option::is_none")]
            pub pod_cidrs: Option<String>,
            /// JSON field `self`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub self_: Option<String>,
            /// JSON field `setHostnameAsFQDN`.
            #[serde(rename = "setHostnameAsFQDN", skip_serializing_if = "Option::is_none")]
            pub set_hostname_as_fqdn: Option<String>,
            /// JSON field `static`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub static_: Option<String>,
            /// JSON field `stubPKCS10Request`.
            #[serde(rename = "stubPKCS10Request", skip_serializing_if = "Option::is_none")]
            pub stub_pkcs10_request: Option<String>,
            /// JSON field `type`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            /// JSON field `x-kubernetes-int-or-string`.
            #[serde(
                rename = "x-kubernetes-int-or-string",
                skip_serializing_if = "Option::is_none"
            )]
            pub x_kubernetes_int_or_string: Option<String>,
            /// JSON field `名前`.
            #[serde(rename = "名前", skip_serializing_if = "Option::is_none")]
            pub u540d_u524d: Option<String>,
        }
    }

    pub use types::Names;
}
