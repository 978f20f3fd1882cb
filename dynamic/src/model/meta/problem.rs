//! The errors of values that are written as text or as plain JSON.

/// The form of a time, for errors.
pub(super) const A_TIME: &str = "a time in RFC 3339, as in 2026-11-23T13:04:05Z";

/// Why a field of the right type has a wrong value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ValueProblem {
    #[error("not {}", A_TIME)]
    NotATime { source: jiff::Error },
    #[error("the text is not base64")]
    NotBase64,
    #[error("expected {expected}")]
    OtherJson { expected: &'static str },
}

#[cfg(test)]
mod samples {
    use super::ValueProblem;

    crate::model::error::samples!(ValueProblem {
        ValueProblem::NotATime { .. } => [ValueProblem::NotATime {
            source: "yesterday".parse::<jiff::Timestamp>().unwrap_err(),
        }],
        ValueProblem::NotBase64 => [ValueProblem::NotBase64],
        ValueProblem::OtherJson { .. } => [ValueProblem::OtherJson {
            expected: "a JSON array",
        }],
    });
}
