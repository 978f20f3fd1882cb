//! The errors of a list that arrives.

use std::fmt;

use crate::model::error::{Activity, ErrorKind, Problem, samples};
use crate::model::json::JsonError;

/// Why a text is not a list.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListProblem {
    #[error("not a list")]
    NotJson { source: JsonError },
    #[error("not a list: item {position} is not JSON")]
    ItemNotJson { position: usize, source: JsonError },
    #[error("not a list: expected `,` or `]` after item {position}")]
    NoSeparator { position: usize },
    #[error("not a list: there is text after it")]
    TextAfter,
    #[error("not a list: the text ends after {items} items")]
    Cut { items: usize },
    #[error("not a list: item {position} does not end")]
    EndlessItem { position: usize },
    #[error("not a list: there is no `items` array")]
    NoItems,
    #[error("the answer is not UTF-8")]
    NotUtf8,
}

impl Problem for ListProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Decode
    }
}

/// Why an item of a list is not an object.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum ItemProblem {
    #[error("it is not a JSON object")]
    NotAnObject,
    #[error("it is larger than {limit} bytes")]
    TooLarge { limit: usize },
}

impl Problem for ItemProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Decode
    }
}

/// Reading a part of a list.
#[derive(Debug)]
pub(crate) enum OfList {
    /// An item by its position, and by its name where it has one.
    Item {
        position: usize,
        object: Option<String>,
    },
    Metadata,
}

impl Activity for OfList {}

impl fmt::Display for OfList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfList::Item {
                position,
                object: Some(object),
            } => write!(f, "item {position} ({object})"),
            OfList::Item {
                position,
                object: None,
            } => write!(f, "item {position}"),
            OfList::Metadata => f.write_str("metadata"),
        }
    }
}

samples!(OfList {
    OfList::Item { .. } => [
        OfList::Item {
            position: 3,
            object: Some("Pod prod/web".to_owned()),
        },
        OfList::Item {
            position: 3,
            object: None,
        },
    ],
    OfList::Metadata => [OfList::Metadata],
});

#[cfg(test)]
fn broken() -> JsonError {
    let mut scanner = crate::model::json::Scanner::new("{]");
    scanner.value().unwrap_err()
}

samples!(ItemProblem {
    ItemProblem::NotAnObject => [ItemProblem::NotAnObject],
    ItemProblem::TooLarge { .. } => [ItemProblem::TooLarge { limit: 64 << 20 }],
});

samples!(ListProblem {
    ListProblem::NotJson { .. } => [ListProblem::NotJson { source: broken() }],
    ListProblem::ItemNotJson { .. } => [ListProblem::ItemNotJson {
        position: 3,
        source: broken(),
    }],
    ListProblem::NoSeparator { .. } => [ListProblem::NoSeparator { position: 3 }],
    ListProblem::TextAfter => [ListProblem::TextAfter],
    ListProblem::Cut { .. } => [ListProblem::Cut { items: 3 }],
    ListProblem::EndlessItem { .. } => [ListProblem::EndlessItem { position: 3 }],
    ListProblem::NoItems => [ListProblem::NoItems],
    ListProblem::NotUtf8 => [ListProblem::NotUtf8],
});
