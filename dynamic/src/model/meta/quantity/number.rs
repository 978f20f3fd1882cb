//! The value of a quantity, taken out of its text.

use super::QuantityFormat;

/// An exact amount and the way to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) nanos: i128,
    pub(super) format: QuantityFormat,
}
