//! Kubeconfigs as people have them: client-go's reading of each, and ours.
//!
//! `tests/kubeconfig/cases` holds them, `verdicts.json` beside them what client-go reads
//! (`oracle/kubeconfig` records it), and `tests/golden/kubeconfigs.md` is the table of both.
//! Where the two differ, `different.rs` says why.

mod different;
mod table;
mod verdict;

use std::path::PathBuf;

use serde_json::Value;

use self::different::DIFFERENT;
use self::verdict::{ours, recorded};

/// The folder of the kubeconfigs and the verdicts.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kubeconfig")
}

/// Whether both refuse, or both read the same.
fn agree(ours: &Value, theirs: &Value) -> bool {
    match (ours.get("error"), theirs.get("error")) {
        (Some(_), Some(_)) => true,
        (None, None) => ours == theirs,
        _ => false,
    }
}

fn check(name: &str) {
    let theirs = recorded(name);
    let ours = ours(name);
    let reason = DIFFERENT.iter().find(|(different, _)| *different == name);
    match reason {
        None => assert!(
            agree(&ours, &theirs),
            "{name} is read differently\nclient-go: {theirs:#}\nkubewright: {ours:#}"
        ),
        Some((_, reason)) => assert!(
            !agree(&ours, &theirs),
            "{name} is read alike, though {reason}\nboth: {ours:#}"
        ),
    }
}

/// A test for each kubeconfig.
macro_rules! kubeconfigs {
    ($($name:ident,)*) => {
        const NAMES: &[&str] = &[$(stringify!($name),)*];

        $(
            #[test]
            fn $name() {
                check(&stringify!($name).replace('_', "-"));
            }
        )*
    };
}

kubeconfigs! {
    read_alias_bomb,
    read_alias_of_itself,
    read_anchors,
    read_args_number,
    read_as_empty,
    read_bad_base64,
    read_bad_base64_unused,
    read_bad_indent,
    read_base64_without_padding,
    read_binary_tag,
    read_binary_tag_invalid,
    read_binary_tag_of_pem,
    read_blank,
    read_block_base64,
    read_block_token_at_the_end,
    read_bool_number,
    read_bool_on,
    read_bool_quoted,
    read_bool_upper,
    read_bool_yes,
    read_camel_case_keys,
    read_clusters_mapping,
    read_clusters_string,
    read_comment_only,
    read_comments,
    read_control_character,
    read_crlf,
    read_deep,
    read_deep_unused,
    read_document_marker,
    read_duplicate_cluster_name,
    read_duplicate_context_name,
    read_duplicate_current_context,
    read_duplicate_key,
    read_duplicate_list,
    read_duplicate_token,
    read_duplicate_user_name,
    read_empty,
    read_empty_mapping,
    read_escapes,
    read_everything_empty,
    read_exec_empty_string,
    read_extra_list,
    read_first_document_empty,
    read_folded_base64,
    read_groups_string,
    read_html,
    read_json_with_tabs,
    read_key_complex,
    read_key_null,
    read_key_number,
    read_kind_number,
    read_list,
    read_long_token,
    read_merge_key,
    read_merge_key_last,
    read_merge_key_list,
    read_merge_key_of_scalar,
    read_multiline_token,
    read_name_number,
    read_namespace_custom_tag,
    read_namespace_date,
    read_namespace_number,
    read_namespace_number_custom_tag,
    read_namespace_number_quoted,
    read_namespace_number_tagged,
    read_no_final_newline,
    read_no_version,
    read_null,
    read_null_bits,
    read_null_exec_parts,
    read_null_items,
    read_null_lists,
    read_null_name,
    read_null_other_cluster,
    read_null_other_context,
    read_null_other_user,
    read_other_kind,
    read_other_version,
    read_pem_instead_of_base64,
    read_plain_wrapped_base64,
    read_proxy_empty,
    read_quoted_crlf_base64,
    read_quoted_keys,
    read_quoted_newline_base64,
    read_scalar,
    read_server_list,
    read_tab_indent,
    read_token_dotted,
    read_token_exponent,
    read_token_file_empty,
    read_token_hex_like,
    read_token_list,
    read_token_mapping,
    read_token_number,
    read_token_octal_like,
    read_token_yes,
    read_trailing_newline_token,
    read_two_documents,
    read_two_documents_after_end_marker,
    read_two_documents_second_broken,
    read_unclosed_bracket,
    read_unclosed_quote,
    read_unicode_names,
    read_unknown_alias,
    read_unknown_keys,
    read_upper_case_keys,
    read_utf16_be,
    read_utf16_le,
    read_utf8_bom,
    read_utf8_invalid,
    read_yaml_directive,
    tool_aks,
    tool_aks_kubelogin,
    tool_aks_legacy,
    tool_argocd_json,
    tool_cluster_api,
    tool_colima,
    tool_connect_gateway,
    tool_digitalocean,
    tool_docker_desktop,
    tool_eks,
    tool_eks_iam_authenticator_alpha,
    tool_gardener,
    tool_gitlab_agent,
    tool_gke,
    tool_gke_legacy,
    tool_ibm_oidc,
    tool_k0s,
    tool_k3d,
    tool_k3s,
    tool_kcp,
    tool_kind,
    tool_kops,
    tool_kubeadm,
    tool_kubectl_proxy,
    tool_kubelet,
    tool_linode,
    tool_microk8s_certificate,
    tool_microk8s_token,
    tool_minikube,
    tool_oidc_login,
    tool_oke,
    tool_openshift,
    tool_openstack,
    tool_pinniped,
    tool_rancher,
    tool_rancher_many,
    tool_scaleway,
    tool_service_account,
    tool_socks_bastion,
    tool_talos,
    tool_tanzu,
    tool_teleport,
    tool_teleport_local_proxy,
    tool_vcluster,
    use_authority_empty_file,
    use_authority_file,
    use_authority_file_and_data,
    use_authority_file_up,
    use_authority_missing,
    use_basic,
    use_basic_and_certificate,
    use_basic_and_token,
    use_broken_other_context,
    use_broken_other_user,
    use_certificate,
    use_certificate_and_token,
    use_certificate_data_key_file,
    use_certificate_file_and_data,
    use_certificate_files,
    use_certificate_missing,
    use_certificate_without_key,
    use_disable_compression,
    use_empty_cluster,
    use_empty_current_context,
    use_exec,
    use_exec_absolute_command,
    use_exec_alpha_version,
    use_exec_and_auth_provider,
    use_exec_and_certificate,
    use_exec_and_token,
    use_exec_beta_without_mode,
    use_exec_cluster_information,
    use_exec_install_hint_escapes,
    use_exec_nameless_variable,
    use_exec_parent_command,
    use_exec_relative_command,
    use_exec_unknown_mode,
    use_exec_unknown_version,
    use_exec_with_everything_wrong,
    use_exec_without_command,
    use_exec_without_mode,
    use_exec_without_version,
    use_http_auth_provider,
    use_http_authority,
    use_http_exec,
    use_http_impersonation,
    use_http_missing_authority,
    use_http_proxy,
    use_http_token,
    use_impersonation,
    use_impersonation_extra_only,
    use_impersonation_groups_only,
    use_impersonation_uid_only,
    use_insecure,
    use_insecure_with_authority,
    use_key_file_and_data,
    use_key_missing,
    use_key_without_certificate,
    use_missing_cluster,
    use_missing_context,
    use_missing_user,
    use_namespace,
    use_namespace_invalid,
    use_no_cluster,
    use_no_current_context,
    use_no_server,
    use_no_user,
    use_password_only,
    use_proxy_ftp_p,
    use_proxy_http,
    use_proxy_http_me_secret_p_3128,
    use_proxy_http_p_3128,
    use_proxy_https_p_3129,
    use_proxy_no_scheme_slashes,
    use_proxy_p,
    use_proxy_p_3128,
    use_proxy_socks4_p_1080,
    use_proxy_socks5_p_1080,
    use_proxy_socks5h_p_1080,
    use_server_empty,
    use_server_ftp,
    use_server_host_only,
    use_server_ipv6,
    use_server_path,
    use_server_port_443,
    use_server_query,
    use_server_slash,
    use_server_space,
    use_server_upper_host,
    use_server_upper_scheme,
    use_server_user,
    use_server_without_scheme,
    use_server_without_scheme_insecure,
    use_server_without_scheme_with_authority,
    use_server_without_scheme_with_path,
    use_tls_server_name,
    use_tls_server_name_address,
    use_token_and_file,
    use_token_and_missing_file,
    use_token_file,
    use_token_file_empty,
    use_token_file_missing,
    use_token_file_missing_over_http,
    use_unknown_auth_provider,
    use_username_only,
}

#[test]
fn every_kubeconfig_has_a_test_and_a_verdict() {
    let entries = std::fs::read_dir(folder().join("cases")).unwrap();
    let mut found: Vec<String> = entries
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| {
            name.strip_suffix(".yaml")
                .map(|name| name.replace('-', "_"))
        })
        .collect();
    found.sort();
    assert_eq!(found, NAMES);
    for name in NAMES {
        assert!(recorded(&name.replace('_', "-")).is_object(), "{name}");
    }
}
