//! JSON pointers (RFC 6901), and reading through one without building a tree.

use std::fmt;

use kubewright_table::scan::{JsonError, Scanner};

/// A parsed JSON pointer, such as `/spec/containers/0/image`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// Parses a pointer: empty for the whole, else `/`-separated tokens in which `~1`
    /// stands for `/` and `~0` for `~`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Pointer { tokens: Vec::new() });
        }
        let tokens = text.strip_prefix('/')?.split('/').map(unescape).collect();
        Some(Pointer { tokens })
    }

    pub(crate) fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The pointer to the first `count` tokens, for messages.
    pub(crate) fn prefix(&self, count: usize) -> String {
        let mut text = String::new();
        for token in self.tokens.iter().take(count) {
            text.push('/');
            text.push_str(&token.replace('~', "~0").replace('/', "~1"));
        }
        text
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix(self.tokens.len()))
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The array index that a token spells: digits without a sign or leading zeros (RFC 6901).
pub(crate) fn index(token: &str) -> Option<usize> {
    let leads_wrong = token.starts_with('+') || token.len() > 1 && token.starts_with('0');
    token.parse().ok().filter(|_| !leads_wrong)
}

/// The value at a pointer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// This value.
    Text(&'a str),
    /// Nothing: a key or index on the way is missing, or null stands part-way.
    Nothing,
    /// The first `tokens` tokens lead to something that has no members.
    Blocked {
        /// How many tokens were followed.
        tokens: usize,
    },
}

/// Finds the value at `pointer` in `text`, which must be good JSON.
pub(crate) fn find<'a>(text: &'a str, pointer: &Pointer) -> Result<Found<'a>, JsonError> {
    let mut here = text;
    for (followed, token) in pointer.tokens.iter().enumerate() {
        let mut scanner = Scanner::new(here);
        let member = match scanner.peek() {
            Some(b'{') => in_object(&mut scanner, token)?,
            Some(b'[') => in_array(&mut scanner, token)?,
            Some(b'n') => None,
            _ => return Ok(Found::Blocked { tokens: followed }),
        };
        match member {
            Some(range) => here = &here[range],
            None => return Ok(Found::Nothing),
        }
    }
    Ok(Found::Text(here.trim()))
}

type Member = Option<std::ops::Range<usize>>;

fn in_object(scanner: &mut Scanner<'_>, token: &str) -> Result<Member, JsonError> {
    let mut member = None;
    scanner.object(|scanner, key| {
        let range = scanner.value()?;
        if key.is(token) {
            member = Some(range);
        }
        Ok::<_, JsonError>(())
    })?;
    Ok(member)
}

fn in_array(scanner: &mut Scanner<'_>, token: &str) -> Result<Member, JsonError> {
    let Some(wanted) = index(token) else {
        return Ok(None);
    };
    let (mut index, mut member) = (0, None);
    scanner.array(|scanner| {
        let range = scanner.value()?;
        if index == wanted {
            member = Some(range);
        }
        index += 1;
        Ok::<_, JsonError>(())
    })?;
    Ok(member)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"{"spec":{"containers":[{"image":"a"},{"image":"b"}],"a/b":{"~":1},"none":null},"n":3}"#;

    fn at(pointer: &str) -> Found<'static> {
        find(TEXT, &Pointer::parse(pointer).unwrap()).unwrap()
    }

    #[test]
    fn follows_keys_indexes_and_escapes() {
        assert_eq!(at(""), Found::Text(TEXT));
        assert_eq!(at("/spec/containers/1/image"), Found::Text("\"b\""));
        assert_eq!(at("/spec/a~1b/~0"), Found::Text("1"));
    }

    #[test]
    fn missing_null_and_blocked_are_three_things() {
        // Rule D1
        assert_eq!(at("/spec/containers/2/image"), Found::Nothing);
        assert_eq!(at("/spec/none"), Found::Text("null"));
        assert_eq!(at("/spec/none/deeper"), Found::Nothing);
        assert_eq!(at("/n/deeper/still"), Found::Blocked { tokens: 1 });
    }

    #[test]
    fn an_index_has_one_spelling() {
        // RFC 6901
        let indexes = ["0", "7", "10", "01", "00", "+1", "-", "-1", ""].map(index);
        let [none, found] = [None, Some(0)];
        let expected = [found, Some(7), Some(10), none, none, none, none, none, none];
        assert_eq!(indexes, expected);
    }

    #[test]
    fn a_pointer_prints_as_it_was_parsed() {
        for text in ["", "/", "/a/b", "/a~1b/~0", "/0/x"] {
            assert_eq!(Pointer::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Pointer::parse("spec"), None);
    }
}
