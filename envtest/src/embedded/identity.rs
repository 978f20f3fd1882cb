//! Uids, and the suffixes of generated names: new each time.

use uuid::Uuid;

/// The characters of generated names: no vowels and nothing that looks like another character, so
/// that chance spells no words.
const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
/// A generated name is cut so that it stays a DNS label with its suffix.
const LONGEST_BASE: usize = 63 - SUFFIX;
const SUFFIX: usize = 5;

pub(crate) fn uid() -> String {
    Uuid::new_v4().to_string()
}

/// A name made from `generateName`.
pub(crate) fn generated_name(base: &str) -> String {
    let end = (0..=base.len().min(LONGEST_BASE))
        .rev()
        .find(|end| base.is_char_boundary(*end))
        .unwrap_or(0);
    let random = Uuid::new_v4();
    let suffix = random
        .as_bytes()
        .iter()
        .rev()
        .take(SUFFIX)
        .map(|b| char::from(ALPHABET[*b as usize % ALPHABET.len()]));
    base[..end].chars().chain(suffix).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_names_differ_and_fit() {
        let (one, two) = (generated_name("web-"), generated_name("web-"));
        assert!(one.starts_with("web-") && one.len() == 9 && one != two);
        assert_eq!(generated_name(&"a".repeat(300)).len(), 63);
    }
}
