//! The errors of parsing a selector.

use std::fmt;

/// Why a text is not a selector, or a requirement cannot be met, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    fault: Fault,
    place: Option<Place>,
}

/// What is wrong, with the text at fault cut short.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error(
        "{0:?} is not a label's key: expected a name of letters, digits, '-', '_' and '.' that begins and ends with a letter or digit, at most 63 characters, perhaps behind a DNS prefix as in example.com/name"
    )]
    Key(String),
    #[error(
        "{0:?} is not a label's value: expected letters, digits, '-', '_' and '.' that begin and end with a letter or digit, at most 63 characters, or nothing"
    )]
    Value(String),
    #[error("a set needs at least one value")]
    EmptySet,
    #[error("{0} is negative, and a label's value cannot begin with a sign")]
    Negative(i64),
    #[error("the operator {operator} for the label {key:?} takes no values")]
    TakesNoValues { operator: String, key: String },
    #[error(
        "{operator:?} is not an operator for the label {key:?}: expected In, NotIn, Exists or DoesNotExist"
    )]
    Operator { operator: String, key: String },
    #[error("{0:?} is not a field: expected a path as in metadata.name")]
    Field(String),
    #[error(
        "{0:?} does not compare anything: expected a field and a value, as in metadata.name=web or status.phase!=Running"
    )]
    NoComparison(String),
    #[error(
        "{0:?} is not a value: write a comma as `\\,`, an equals sign as `\\=` and a backslash as `\\\\`"
    )]
    Escape(String),
    #[error("expected {expected}, found {found}")]
    Unexpected {
        expected: &'static str,
        found: String,
    },
}

impl From<Fault> for SelectorError {
    fn from(fault: Fault) -> Self {
        Self { fault, place: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    selector: String,
    column: usize,
}

/// How much of a text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 120;

impl SelectorError {
    /// The same with the text and the byte offset at which it went wrong.
    pub(super) fn at(self, selector: &str, offset: usize) -> Self {
        let before = selector.get(..offset).unwrap_or(selector);
        let place = Place {
            selector: shorten(selector),
            column: before.chars().count() + 1,
        };
        Self {
            place: Some(place),
            ..self
        }
    }
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)?;
        match &self.place {
            Some(Place { selector, column }) => {
                write!(f, " (column {column} of the selector {selector:?})")
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for SelectorError {}

#[cfg(test)]
mod samples {
    use super::{Fault, SelectorError};
    use crate::model::meta::LabelSelectorRequirement;
    use crate::model::selector::{FieldSelector, Requirement, Selector};

    fn labels(text: &str) -> SelectorError {
        text.parse::<Selector>().unwrap_err()
    }

    fn fields(text: &str) -> SelectorError {
        text.parse::<FieldSelector>().unwrap_err()
    }

    fn operator(operator: &str, values: &[&str]) -> SelectorError {
        let requirement = LabelSelectorRequirement {
            key: "app".to_owned(),
            operator: operator.to_owned(),
            values: values.iter().map(|&value| value.to_owned()).collect(),
        };
        Requirement::try_from(&requirement).unwrap_err()
    }

    crate::model::error::samples!(SelectorError {
        SelectorError { fault: Fault::Key(_), .. } => [labels("-app=web")],
        SelectorError { fault: Fault::Value(_), .. } => [labels("app=-web")],
        SelectorError { fault: Fault::EmptySet, .. } => [operator("In", &[])],
        SelectorError { fault: Fault::Negative(_), .. } => [
            Requirement::greater_than("size", -1).unwrap_err(),
        ],
        SelectorError { fault: Fault::TakesNoValues { .. }, .. } => [operator("Exists", &["web"])],
        SelectorError { fault: Fault::Operator { .. }, .. } => [operator("Like", &["web"])],
        SelectorError { fault: Fault::Field(_), .. } => [fields("=web")],
        SelectorError { fault: Fault::NoComparison(_), .. } => [fields("metadata.name")],
        SelectorError { fault: Fault::Escape(_), .. } => [fields("metadata.name=a=b")],
        SelectorError { fault: Fault::Unexpected { .. }, .. } => [labels("app in web")],
    });
}
