//! Names of struct fields.

use heck::ToLowerCamelCase as _;

use super::keywords::escaped;
use super::scope::{Scope, Wish};
use super::words::snake_case;

/// A unique identifier for each JSON name, in the order given, which must be sorted.
///
/// If several names give one identifier (`proxyURL`, `proxyUrl`), the locked one keeps it, or
/// else the one that camel case gives back; the others are numbered.
pub(crate) fn field_names(
    wires: &[&str],
    reserved: &[&str],
    locked: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let rule = |wire: &str| {
        let name = field_name(wire);
        let natural = is_natural_field(&name, wire);
        Wish { name, natural }
    };
    Scope::reserving(reserved).claim_each(wires, "_", rule, locked)
}

/// Whether camel case gives the JSON name back, so that no other name could claim the
/// identifier as rightly.
pub(crate) fn is_natural_field(name: &str, wire: &str) -> bool {
    name.to_lower_camel_case() == wire
}

fn field_name(wire: &str) -> String {
    let mut name = snake_case(wire);
    if name.is_empty() {
        name.push_str("empty");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    escaped(name)
}

#[cfg(test)]
mod tests {
    use super::{field_names, is_natural_field};

    fn names(wires: &[&str], reserved: &[&str]) -> Vec<String> {
        field_names(wires, reserved, |_| None)
    }

    #[test]
    fn a_json_name_becomes_one_legal_identifier() {
        for (wire, name) in [
            ("clusterIPs", "cluster_ips"),
            ("type", "type_"),
            ("continue", "continue_"),
            ("self", "self_"),
            ("Self", "self_"),
            ("fn", "fn_"),
            ("$ref", "ref_"),
            ("$schema", "schema"),
            ("Port", "port"),
            ("a-b", "a_b"),
            ("x-kubernetes-validations", "x_kubernetes_validations"),
            ("3d", "_3d"),
            ("", "empty"),
            ("../../x", "x"),
        ] {
            assert_eq!(names(&[wire], &[]), [name], "{wire:?}");
        }
    }

    #[test]
    fn colliding_names_are_numbered_and_the_natural_one_stays_plain() {
        assert_eq!(
            names(&["proxyURL", "proxyUrl"], &[]),
            ["proxy_url_2", "proxy_url"]
        );
        assert_eq!(
            names(&["a-b", "a.b", "a_b"], &[]),
            ["a_b", "a_b_2", "a_b_3"]
        );
        assert_eq!(names(&["unknown"], &["unknown"]), ["unknown_2"]);
        assert_eq!(names(&["Self", "self"], &[]), ["self_2", "self_"]);
    }

    #[test]
    fn a_locked_name_is_kept_and_the_newcomer_is_numbered() {
        let locked = |wire: &str| (wire == "proxyURL").then(|| "proxy_url".to_owned());
        assert_eq!(
            field_names(&["proxyURL", "proxyUrl"], &[], locked),
            ["proxy_url", "proxy_url_2"]
        );
    }

    #[test]
    fn a_field_is_natural_where_camel_case_gives_its_json_name_back() {
        for (field, wire) in [
            ("pod_ip", "podIp"),
            ("type_", "type"),
            ("x509_cn", "x509Cn"),
            ("a_2", "a2"),
        ] {
            assert!(is_natural_field(field, wire), "{field}");
        }
        assert!(!is_natural_field("pod_ip", "podIP"));
        assert!(!is_natural_field("proxy_url_2", "proxyUrl"));
    }
}
