//! The errors of parsing a selector.

use std::fmt;

/// Why a text is not a selector, or a requirement cannot be met, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    problem: SelectorProblem,
    position: Option<Position>,
}

/// The reason, with the beginning of the invalid text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SelectorProblem {
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

impl From<SelectorProblem> for SelectorError {
    fn from(problem: SelectorProblem) -> Self {
        Self {
            problem,
            position: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Position {
    selector: String,
    column: usize,
}

/// How much of a text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 120;

impl SelectorError {
    /// The same with the text and the byte offset at which it went wrong.
    pub(super) fn at(self, selector: &str, offset: usize) -> Self {
        let before = selector.get(..offset).unwrap_or(selector);
        let position = Position {
            selector: shorten(selector),
            column: before.chars().count() + 1,
        };
        Self {
            position: Some(position),
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
        self.problem.fmt(f)?;
        match &self.position {
            Some(Position { selector, column }) => {
                write!(f, " (column {column} of the selector {selector:?})")
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for SelectorError {}

#[cfg(test)]
mod samples {
    use super::{SelectorError, SelectorProblem};
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
        SelectorError { problem: SelectorProblem::Key(_), .. } => [labels("-app=web")],
        SelectorError { problem: SelectorProblem::Value(_), .. } => [labels("app=-web")],
        SelectorError { problem: SelectorProblem::EmptySet, .. } => [operator("In", &[])],
        SelectorError { problem: SelectorProblem::Negative(_), .. } => [
            Requirement::greater_than("size", -1).unwrap_err(),
        ],
        SelectorError { problem: SelectorProblem::TakesNoValues { .. }, .. } => [operator("Exists", &["web"])],
        SelectorError { problem: SelectorProblem::Operator { .. }, .. } => [operator("Like", &["web"])],
        SelectorError { problem: SelectorProblem::Field(_), .. } => [fields("=web")],
        SelectorError { problem: SelectorProblem::NoComparison(_), .. } => [fields("metadata.name")],
        SelectorError { problem: SelectorProblem::Escape(_), .. } => [fields("metadata.name=a=b")],
        SelectorError { problem: SelectorProblem::Unexpected { .. }, .. } => [labels("app in web")],
    });
}
