//! serde's `rename_all`, for fields, which are written in `snake_case`, and for variants,
//! which are written in `PascalCase`.
//!
//! A schema must name what serde writes, so these are serde's rules to the letter, whatever a
//! name looks like. `heck` converts case; it takes a run of capitals for one word where serde
//! takes each capital for a word, so [`each_capital_a_word`] comes before it.

use heck::{ToLowerCamelCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use syn::Ident;

/// A name without the mark of a raw identifier.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.trim_start_matches("r#").to_owned()
}

/// A field's name under a rule.
pub(crate) fn of_field(rule: Option<&str>, name: &str) -> String {
    match rule {
        Some("camelCase") => each_capital_a_word(name).to_lower_camel_case(),
        Some("PascalCase") => each_capital_a_word(name).to_upper_camel_case(),
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_ascii_uppercase(),
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => name.to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

/// A variant's name under a rule.
pub(crate) fn of_variant(rule: Option<&str>, name: &str) -> String {
    match rule {
        Some("lowercase") => name.to_ascii_lowercase(),
        Some("UPPERCASE") => name.to_ascii_uppercase(),
        Some("camelCase") => uncapitalised(name),
        Some("snake_case") => snake(name),
        Some("SCREAMING_SNAKE_CASE") => snake(name).to_ascii_uppercase(),
        Some("kebab-case") => snake(name).replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => snake(name).to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

fn uncapitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

/// `HTTPProxy` → `H_T_T_P_Proxy`.
fn each_capital_a_word(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_uppercase() {
            words.push('_');
        }
        words.push(c);
    }
    words
}

/// Keeps the underscores that a variant has itself, which `heck` would join.
fn snake(name: &str) -> String {
    let parts = name.split('_').enumerate().map(|(at, part)| {
        let snake = each_capital_a_word(part).to_snake_case();
        match at > 0 && part.starts_with(char::is_uppercase) {
            true => format!("_{snake}"),
            false => snake,
        }
    });
    parts.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
#[allow(
    non_camel_case_types,
    non_snake_case,
    clippy::upper_case_acronyms,
    clippy::unwrap_used,
    reason = "serde is asked about names of every style"
)]
mod tests {
    use super::{of_field, of_variant};

    /// Compares every rule with what serde derives for these names.
    macro_rules! as_serde {
        ($($rule:tt)*) => {
            $({
                #[derive(Default, serde::Serialize)]
                #[serde(rename_all = $rule)]
                struct Fields {
                    max_unavailable: (),
                    x509_cn: (),
                    a: (),
                    _a: (),
                    a__b_: (),
                    a_2b: (),
                    podIPs: (),
                    HTTPPort: (),
                }
                let fields = [
                    "max_unavailable", "x509_cn", "a", "_a", "a__b_", "a_2b", "podIPs", "HTTPPort",
                ];
                let found = serde_json::to_string(&Fields::default()).unwrap();
                let names = fields.map(|name| format!("{:?}:null", of_field(Some($rule), name)));
                assert_eq!(format!("{{{}}}", names.join(",")), found, "{}", $rule);

                #[derive(serde::Serialize)]
                #[serde(rename_all = $rule)]
                enum Variants {
                    RollingUpdate,
                    HTTPProxy,
                    AB,
                    A,
                    X509Cn,
                    A_B,
                    A_b,
                    A__B,
                    _A,
                    lower,
                }
                let variants = [
                    (Variants::RollingUpdate, "RollingUpdate"),
                    (Variants::HTTPProxy, "HTTPProxy"),
                    (Variants::AB, "AB"),
                    (Variants::A, "A"),
                    (Variants::X509Cn, "X509Cn"),
                    (Variants::A_B, "A_B"),
                    (Variants::A_b, "A_b"),
                    (Variants::A__B, "A__B"),
                    (Variants::_A, "_A"),
                    (Variants::lower, "lower"),
                ];
                for (variant, name) in variants {
                    let found = serde_json::to_value(&variant).unwrap();
                    assert_eq!(of_variant(Some($rule), name), found, "{} {name}", $rule);
                }
            })*
        };
    }

    #[test]
    fn names_are_those_that_serde_writes() {
        as_serde! {
            "lowercase" "UPPERCASE" "PascalCase" "camelCase" "snake_case" "SCREAMING_SNAKE_CASE"
            "kebab-case" "SCREAMING-KEBAB-CASE"
        }
        assert_eq!(of_field(None, "a_b"), "a_b");
        assert_eq!(of_variant(None, "AB"), "AB");
    }
}
