pub mod fieldnames_v1 {
    //! Types and client of `fieldnames/v1`.

    mod types {

        use kubewright::codegen;

        /// `Names` of `fieldnames/v1`.
        pub struct Names {
            /// JSON field `""`.
            pub empty: Option<String>,
            /// JSON field `"; std::process::exit(1);//`.
            pub std_process_exit_1: Option<String>,
            /// JSON field `$ref`.
            pub ref_: Option<String>,
            /// JSON field `$schema`.
            pub schema: Option<String>,
            /// JSON field `../../x`.
            pub x: Option<String>,
            /// JSON field `3d`.
            pub _3d: Option<String>,
            /// JSON field `CACerts`.
            pub ca_certs: Option<String>,
            /// JSON field `HTTPGetAction`.
            pub http_get_action: Option<String>,
            /// JSON field `Port`.
            pub port: Option<String>,
            /// JSON field `Self`.
            pub self_2: Option<String>,
            /// JSON field `a-b`.
            pub a_b: Option<String>,
            /// JSON field `client_ca`.
            pub client_ca: Option<String>,
            /// JSON field `clusterIPs`.
            pub cluster_ips: Option<String>,
            /// JSON field `continue`.
            pub continue_: Option<String>,
            /// JSON field `crate`.
            pub crate_: Option<String>,
            /// JSON field `enum`.
            pub enum_: Option<String>,
            /// JSON field `fn`.
            pub fn_: Option<String>,
            /// JSON field `for`.
            pub for_: Option<String>,
            /// JSON field `hostIPC`.
            pub host_ipc: Option<String>,
            /// JSON field `match`.
            pub match_: Option<String>,
            /// JSON field `naïve`.
            pub na_uef_ve: Option<String>,
            /// JSON field `podCIDRs`.
            pub pod_cidrs: Option<String>,
            /// JSON field `self`.
            pub self_: Option<String>,
            /// JSON field `setHostnameAsFQDN`.
            pub set_hostname_as_fqdn: Option<String>,
            /// JSON field `static`.
            pub static_: Option<String>,
            /// JSON field `stubPKCS10Request`.
            pub stub_pkcs10_request: Option<String>,
            /// JSON field `type`.
            pub type_: Option<String>,
            /// JSON field `x-kubernetes-int-or-string`.
            pub x_kubernetes_int_or_string: Option<String>,
            /// JSON field `名前`.
            pub u540d_u524d: Option<String>,
        }

        codegen::record! {
            Names {
                "" empty,
                "\"; std::process::exit(1);//" std_process_exit_1,
                "$ref" ref_,
                "$schema" schema,
                "../../x" x,
                "3d" _3d,
                "CACerts" ca_certs,
                "HTTPGetAction" http_get_action,
                "Port" port,
                "Self" self_2,
                "a-b" a_b,
                "client_ca" client_ca,
                "clusterIPs" cluster_ips,
                "continue" continue_,
                "crate" crate_,
                "enum" enum_,
                "fn" fn_,
                "for" for_,
                "hostIPC" host_ipc,
                "match" match_,
                "naïve" na_uef_ve,
                "podCIDRs" pod_cidrs,
                "self" self_,
                "setHostnameAsFQDN" set_hostname_as_fqdn,
                "static" static_,
                "stubPKCS10Request" stub_pkcs10_request,
                "type" type_,
                "x-kubernetes-int-or-string" x_kubernetes_int_or_string,
                "名前" u540d_u524d,
            }
        }
    }

    pub use types::Names;
}
