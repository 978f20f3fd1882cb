//! The form of a leaf in JSON.
//!
//! A fact about a type of leaf, for code that has no value of it: a schema says it, and made-up
//! values are of it. Reading and writing do not look at it.

/// The form of a [`Leaf`](crate::Leaf).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// `true` or `false`.
    Bool,
    /// A whole number that fits in 32 bits.
    Int32,
    /// A whole number that fits in 64 bits.
    Int64,
    /// A whole number from 0 that fits in 32 bits.
    Uint32,
    /// A whole number from 0 that fits in 64 bits.
    Uint64,
    /// One of these whole numbers, or another.
    Integers(&'static [i64]),
    /// A number.
    Number,
    /// Any text.
    Text,
    /// A time in RFC 3339, to the second.
    Time,
    /// A time in RFC 3339, to the microsecond.
    MicroTime,
    /// An amount with a suffix, as in `1.5Gi`; numbers are read as well.
    Quantity,
    /// A number of 32 bits or a text.
    IntOrString,
    /// Bytes as base64.
    Base64,
    /// Any JSON object.
    Object,
    /// A list of any JSON objects.
    Objects,
    /// Any JSON.
    Json,
}
