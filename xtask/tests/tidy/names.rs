//! Names of types: one name has one meaning in the repository.

use regex::Regex;

use super::people_write;

/// General words that many modules would like to use, and that once stood for several things.
/// More than one type of such a name is a sign that both need a more exact one.
const GENERAL: [&str; 4] = ["Location", "Position", "Step", "WatchEvent"];

#[test]
fn general_words_are_the_name_of_one_type() {
    for word in GENERAL {
        let pattern =
            format!(r"(?m)^\s*(?:pub(?:\([a-z]+\))? )?(?:struct|enum|trait|type) {word}\b");
        let definition = Regex::new(&pattern).expect("a pattern");
        let sources = people_write().into_iter();
        let found: Vec<_> = sources
            .filter(|(_, text)| definition.is_match(text))
            .map(|(path, _)| path)
            .collect();
        assert!(
            found.len() <= 1,
            "{word} is the name of several types: {found:?}"
        );
    }
}
