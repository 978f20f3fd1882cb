//! The plural of a kind, where the attribute does not state it.

/// The kind in lower case with `s`, `es` or `ies`, as English goes.
pub(crate) fn plural(kind: &str) -> String {
    let singular = kind.to_ascii_lowercase();
    let before_y = singular
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(is_vowel));
    if let Some(stem) = before_y {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"];
    let ending = match hisses.iter().any(|end| singular.ends_with(end)) {
        true => "es",
        false => "s",
    };
    singular + ending
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_english_goes() {
        for (kind, expected) in [
            ("Deployment", "deployments"),
            ("IngressClass", "ingressclasses"),
            ("NetworkPolicy", "networkpolicies"),
            ("Gateway", "gateways"),
            ("Prefix", "prefixes"),
            ("Mesh", "meshes"),
            ("Y", "ies"),
        ] {
            assert_eq!(plural(kind), expected);
        }
    }
}
