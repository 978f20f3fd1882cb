//! Resource versions: which of two is the later one.

use std::cmp::Ordering;

use crate::model::error::{ErrorKind, Problem, Result, samples};

/// Compares two `metadata.resourceVersion`s of one resource, as KEP-5504 allows: they are whole
/// numbers, and the larger one is the later one. They may be longer than any integer type.
///
/// ```
/// use std::cmp::Ordering;
/// use kubewright::cache::compare_resource_versions;
///
/// # fn main() -> kubewright::Result<()> {
/// assert_eq!(compare_resource_versions("999", "1000")?, Ordering::Less);
/// assert!(compare_resource_versions("1000", "").is_err());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// `is_request()` for a text that is not a version: empty, with another character than a digit, or with
/// a zero in front, `0` itself included. The API server gives no such versions; aggregated ones
/// may ([rule S12](crate::semantics#s12)).
pub fn compare_resource_versions(one: &str, other: &str) -> Result<Ordering> {
    let (one, other) = (checked(one)?, checked(other)?);
    Ok(one.len().cmp(&other.len()).then_with(|| one.cmp(other)))
}

fn checked(version: &str) -> Result<&str> {
    let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
    match version.as_bytes().first() {
        Some(b'1'..=b'9') if is_number => Ok(version),
        _ => Err(NotComparable {
            version: version.to_owned(),
        }
        .into()),
    }
}

/// A resource version that says nothing of its place among others.
#[derive(Debug, thiserror::Error)]
#[error("the resource version `{version}` cannot be compared: expected a whole number above zero")]
pub(crate) struct NotComparable {
    version: String,
}

impl Problem for NotComparable {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Request
    }
}

samples!(NotComparable {
    NotComparable { .. } => [NotComparable {
        version: "0x1f".to_owned(),
    }],
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_number_is_the_later_one_and_other_texts_are_refused() {
        // Rule S12
        let order = [
            "1",
            "2",
            "10",
            "11",
            "99999999999999999999999",
            "100000000000000000000000",
        ];
        for (place, one) in order.iter().enumerate() {
            for (other_place, other) in order.iter().enumerate() {
                let said = compare_resource_versions(one, other).unwrap();
                assert_eq!(said, place.cmp(&other_place), "{one} {other}");
            }
        }
        for odd in ["", "0", "01", "1a", "-1", "+1", " 1", "1.0", "\u{661}"] {
            for (one, other) in [(odd, "1"), ("1", odd)] {
                let error = compare_resource_versions(one, other).unwrap_err();
                assert!(error.is_request() && error.to_string().contains(odd));
            }
        }
    }
}
