//! serde's `rename_all`: for fields, which are written in `snake_case`, and for variants,
//! which are written in `PascalCase`.

use syn::Ident;

/// A name without the mark of a raw identifier.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.trim_start_matches("r#").to_owned()
}

/// A field's name under a rule.
pub(crate) fn of_field(rule: Option<&str>, name: &str) -> String {
    match rule {
        Some("camelCase") => camel(name, false),
        Some("PascalCase") => camel(name, true),
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

fn camel(name: &str, mut is_upper: bool) -> String {
    let mut result = String::new();
    for c in name.chars() {
        match c {
            '_' => is_upper = true,
            _ if is_upper => {
                result.push(c.to_ascii_uppercase());
                is_upper = false;
            }
            _ => result.push(c),
        }
    }
    result
}

fn uncapitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

fn snake(name: &str) -> String {
    let mut result = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            result.push('_');
        }
        result.push(c.to_ascii_lowercase());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{of_field, of_variant};

    #[test]
    fn as_serde_renames() {
        for (rule, field, variant) in [
            ("lowercase", "max_unavailable", "rollingupdate"),
            ("UPPERCASE", "MAX_UNAVAILABLE", "ROLLINGUPDATE"),
            ("PascalCase", "MaxUnavailable", "RollingUpdate"),
            ("camelCase", "maxUnavailable", "rollingUpdate"),
            ("snake_case", "max_unavailable", "rolling_update"),
            ("SCREAMING_SNAKE_CASE", "MAX_UNAVAILABLE", "ROLLING_UPDATE"),
            ("kebab-case", "max-unavailable", "rolling-update"),
            ("SCREAMING-KEBAB-CASE", "MAX-UNAVAILABLE", "ROLLING-UPDATE"),
        ] {
            assert_eq!(of_field(Some(rule), "max_unavailable"), field);
            assert_eq!(of_variant(Some(rule), "RollingUpdate"), variant);
        }
        assert_eq!(of_field(None, "a_b"), "a_b");
        assert_eq!(of_variant(None, "AB"), "AB");
    }
}
