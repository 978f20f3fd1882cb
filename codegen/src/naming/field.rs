//! Names of struct fields.

use super::Scope;
use super::keywords::escaped;
use super::words::words;

/// A unique identifier for each JSON name, in the order given, which must be sorted.
///
/// Where names meet (`proxyURL`, `proxyUrl`), the one that camel case gives back keeps the
/// plain identifier and the others are numbered.
pub(crate) fn field_names(wires: &[&str], reserved: &[&str]) -> Vec<String> {
    let mut scope = Scope::reserving(reserved);
    let mut names = vec![String::new(); wires.len()];
    for natural in [true, false] {
        for (wire, name) in wires.iter().zip(&mut names) {
            let wish = field_name(wire);
            if (serde_camel_case(&wish) == *wire) == natural {
                *name = scope.claim(&wish, "_");
            }
        }
    }
    names
}

fn field_name(wire: &str) -> String {
    let mut name = words(wire).join("_");
    if name.is_empty() {
        name.push_str("empty");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    escaped(name)
}

/// What serde's `rename_all = "camelCase"` makes of a field.
pub(crate) fn serde_camel_case(field: &str) -> String {
    let mut camel = String::new();
    let mut capital = false;
    for c in field.chars() {
        if c == '_' {
            capital = true;
        } else if capital && !camel.is_empty() {
            camel.push(c.to_ascii_uppercase());
            capital = false;
        } else {
            camel.push(c);
            capital = false;
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::{field_names, serde_camel_case};

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
            assert_eq!(field_names(&[wire], &[]), [name], "{wire:?}");
        }
    }

    #[test]
    fn colliding_names_are_numbered_and_the_natural_one_stays_plain() {
        assert_eq!(
            field_names(&["proxyURL", "proxyUrl"], &[]),
            ["proxy_url_2", "proxy_url"]
        );
        assert_eq!(
            field_names(&["a-b", "a.b", "a_b"], &[]),
            ["a_b", "a_b_2", "a_b_3"]
        );
        assert_eq!(field_names(&["unknown"], &["unknown"]), ["unknown_2"]);
        assert_eq!(field_names(&["Self", "self"], &[]), ["self_2", "self_"]);
    }

    #[test]
    fn camel_case_is_what_serde_does() {
        for (field, camel) in [
            ("pod_ip", "podIp"),
            ("type_", "type"),
            ("x509_cn", "x509Cn"),
            ("a_2", "a2"),
        ] {
            assert_eq!(serde_camel_case(field), camel);
        }
    }
}
