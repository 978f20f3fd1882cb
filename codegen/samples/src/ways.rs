//! Two ways between JSON and a type, which must agree: one of its own, and serde's.
//!
//! Types that come with a parser of their own are serde types as well. Serde_json's parser,
//! its trees and its writer know nothing of that parser, so they can bear witness: what one
//! way takes the other takes, what comes of it is equal, and both write the same. What a
//! text should be read *as* is not decided here.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::differences;

/// The way of a type's own.
#[derive(Debug)]
pub struct Way<T> {
    /// Reads JSON text, or says why not.
    pub read: fn(&str) -> Result<T, String>,
    /// Writes JSON text.
    pub write: fn(&T) -> String,
}

/// As many containers inside each other as every reader takes.
const DEEPEST: usize = 126;

impl<T> Way<T>
where
    T: Serialize + DeserializeOwned + Clone + PartialEq + Debug,
{
    /// Reads a text both ways, and once more as a tree; writes, clones and reads again what
    /// came of it. Whether the text was taken.
    ///
    /// One way may accept a text that the other refuses if it is not JSON as a whole, because serde
    /// skips unknown members without looking into their strings, or if it nests so deep that
    /// the limits decide.
    ///
    /// # Errors
    ///
    /// The two ways differ; the error says where, and may quote the text.
    pub fn agree(&self, text: &str) -> Result<bool, String> {
        let own = (self.read)(text);
        let serde = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
        let tree = serde_json::from_str::<Value>(text).ok();
        match (&own, &serde) {
            (Ok(own), Ok(serde)) => same("what was read", own, serde)?,
            (Err(_), Err(_)) => {}
            (Err(_), Ok(_)) if tree.is_none() => return Ok(false),
            _ if depth(text) > DEEPEST => return Ok(false),
            _ => return Err(format!("one way refuses: {own:?} and {serde:?}")),
        }
        if let Some(tree) = tree {
            self.by_tree(tree, own.as_ref().ok())?;
        }
        own.as_ref().map_or(Ok(()), |value| self.at_work(value))?;
        Ok(own.is_ok())
    }

    /// A tree has each key once: what it says is what its own text says, and what the text
    /// that it was read from says if that could be read at all.
    fn by_tree(&self, tree: Value, own: Option<&T>) -> Result<(), String> {
        let text = tree.to_string();
        match (serde_json::from_value::<T>(tree), (self.read)(&text)) {
            (Ok(by_tree), Ok(by_text)) => {
                same("a tree", &by_tree, &by_text)?;
                own.map_or(Ok(()), |own| same("text and tree", own, &by_tree))
            }
            (Err(_), Err(_)) if own.is_none() => Ok(()),
            (by_tree, by_text) => Err(format!(
                "a tree: {by_tree:?}, its text: {by_text:?}, at first: {own:?}"
            )),
        }
    }

    /// What can be done with a value besides reading it.
    fn at_work(&self, value: &T) -> Result<(), String> {
        let written = (self.write)(value);
        let copy = value.clone();
        same("a copy", &copy, value)?;
        self.written_alike(&copy, &written)?;
        if format!("{copy:?}").is_empty() {
            return Err("it does not show".to_owned());
        }
        // What is written as null may have been something else; once read, it is settled.
        let settled = (self.read)(&written)?;
        let again = serde_json::from_str(&written).map_err(|error| error.to_string())?;
        same("what was written", &settled, &again)?;
        let settled_again = (self.read)(&(self.write)(&settled))?;
        same("what was written twice", &settled, &settled_again)
    }

    /// Serde writes the same, as text and as a tree.
    fn written_alike(&self, value: &T, written: &str) -> Result<(), String> {
        let refused = |error: serde_json::Error| format!("it cannot be written: {error}");
        let own: Value = serde_json::from_str(written)
            .map_err(|error| format!("no JSON is written: {error} in {written}"))?;
        let text = serde_json::to_string(value).map_err(refused)?;
        let by_text: Value = serde_json::from_str(&text).map_err(refused)?;
        let by_tree = serde_json::to_value(value).map_err(refused)?;
        let mut found = differences(&own, &by_text);
        found.extend(differences(&own, &by_tree));
        match found.first() {
            Some(first) => Err(format!("written differently: {first}")),
            None => Ok(()),
        }
    }
}

fn same<T: PartialEq + Debug>(what: &str, left: &T, right: &T) -> Result<(), String> {
    match left == right {
        true => Ok(()),
        false => Err(format!("{what} differs: {left:?} and {right:?}")),
    }
}

/// How deep brackets nest, strings left out; for any text, JSON or not.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => now += 1,
            b'}' | b']' if !quoted => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Size {
        width: i32,
    }

    fn way() -> Way<Size> {
        Way {
            read: |text| serde_json::from_str(text).map_err(|error| error.to_string()),
            write: |size| serde_json::to_string(size).unwrap_or_default(),
        }
    }

    #[test]
    fn ways_that_agree_do() {
        assert_eq!(way().agree(r#"{"width":3,"other":[{}]}"#), Ok(true));
        assert_eq!(way().agree(r#"{"width":"3"}"#), Ok(false));
        assert_eq!(way().agree(r#"{"width":"#), Ok(false));
    }

    #[test]
    fn every_disagreement_is_found() {
        let wrong = |way: &Way<Size>, text: &str| way.agree(text).unwrap_err();
        let strict = Way {
            read: |_| Err("no".to_owned()),
            ..way()
        };
        assert!(wrong(&strict, r#"{"width":3}"#).starts_with("one way refuses"));
        let lenient = Way {
            read: |_| Ok(Size::default()),
            ..way()
        };
        assert!(wrong(&lenient, r#"{"width":"3"}"#).starts_with("one way refuses"));
        assert!(wrong(&lenient, r#"{"width":3}"#).starts_with("what was read differs"));
        let mute = Way {
            write: |_| "{}".to_owned(),
            ..way()
        };
        assert!(wrong(&mute, r#"{"width":3}"#).starts_with("written differently: /width"));
        let broken = Way {
            write: |_| "{".to_owned(),
            ..way()
        };
        assert!(wrong(&broken, r#"{"width":3}"#).starts_with("no JSON is written"));
    }

    #[test]
    fn brackets_in_strings_do_not_nest() {
        assert_eq!(depth(r#"{"a[[\"[[":[{}],"b":["#), 3);
    }
}
