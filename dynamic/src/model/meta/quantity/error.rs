//! The errors of parsing a quantity.

use std::fmt;

/// Why a text is not a quantity, or a result does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    text: String,
    problem: QuantityProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuantityProblem {
    Syntax,
    Suffix,
    OutOfRange,
    NotWhole,
}

/// How much of the text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 40;

impl QuantityError {
    pub(super) fn syntax(text: &str) -> Self {
        Self::new(text, QuantityProblem::Syntax)
    }

    pub(super) fn suffix(text: &str) -> Self {
        Self::new(text, QuantityProblem::Suffix)
    }

    pub(super) fn out_of_range(text: &str) -> Self {
        Self::new(text, QuantityProblem::OutOfRange)
    }

    pub(super) fn not_whole(text: &str) -> Self {
        Self::new(text, QuantityProblem::NotWhole)
    }

    fn new(text: &str, problem: QuantityProblem) -> Self {
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Self {
            text: shown,
            problem,
        }
    }

    /// Whether the text is well-formed and only its value, or that of a sum, does not fit.
    #[must_use]
    pub fn is_out_of_range(&self) -> bool {
        self.problem == QuantityProblem::OutOfRange
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.problem {
            QuantityProblem::Syntax => write!(
                f,
                "{text:?} is not a quantity: expected a number with an optional suffix, as in 500m, 2, 1.5Gi or 1e3"
            ),
            QuantityProblem::Suffix => write!(
                f,
                "{text:?} has an unknown suffix: expected one of n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent as in 1e3"
            ),
            QuantityProblem::OutOfRange => write!(f, "{text:?} gives a value that is out of range"),
            QuantityProblem::NotWhole => write!(f, "{text:?} is not a whole number"),
        }
    }
}

impl std::error::Error for QuantityError {}

#[cfg(test)]
mod samples {
    use super::{QuantityError, QuantityProblem};

    crate::model::error::samples!(QuantityError {
        QuantityError { problem: QuantityProblem::Syntax, .. } => [QuantityError::syntax("one")],
        QuantityError { problem: QuantityProblem::Suffix, .. } => [QuantityError::suffix("1Q")],
        QuantityError { problem: QuantityProblem::OutOfRange, .. } => [QuantityError::out_of_range("1e40")],
        QuantityError { problem: QuantityProblem::NotWhole, .. } => [QuantityError::not_whole("1.5")],
    });
}
