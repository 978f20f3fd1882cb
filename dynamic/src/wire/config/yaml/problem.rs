//! The errors and warnings of YAML. None of them repeats a value, which may be a secret.

use std::fmt;

use super::{DEEPEST, LARGEST_TEXT, MOST_NODES};

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum YamlProblem {
    #[error("it has more than {} MiB", LARGEST_TEXT >> 20)]
    TooLarge,
    #[error("line {line} is nested deeper than {DEEPEST} levels")]
    TooDeep { line: usize },
    #[error("it has more than {MOST_NODES} values, counting each use of an alias")]
    TooMany,
    #[error("it is not valid YAML at line {line}, column {column}: {what}")]
    Syntax {
        line: usize,
        column: usize,
        what: String,
    },
    #[error("the key at line {line} is not a string")]
    Key { line: usize },
    #[error("the alias at line {line} stands inside of the value that it refers to")]
    Cycle { line: usize },
    #[error("the value of `<<` at line {line} is not a mapping")]
    Merge { line: usize },
    #[error("the !!binary value at line {line} is not base64")]
    Binary { line: usize },
    #[error("{} (line {line}) must be {expected}, found {found}{}", Key(.key), quotes(.expected, .found))]
    Type {
        key: String,
        line: usize,
        expected: &'static str,
        found: &'static str,
    },
}

/// Something that is read, but hardly as its author meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum YamlWarning {
    /// A key that a mapping has twice: the last one counts.
    DuplicateKey { key: String, line: usize },
    /// A second document: it is not read.
    SecondDocument { line: usize },
}

/// The path of a value, which is empty for the document itself.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => f.write_str("the document"),
            key => write!(f, "`{key}`"),
        }
    }
}

/// What mends the most frequent mistake.
fn quotes(expected: &str, found: &str) -> &'static str {
    match (expected, found) {
        ("a string", "a number" | "a boolean") => ": put it in quotes",
        ("true or false", "a string") => ": remove the quotes",
        _ => "",
    }
}
