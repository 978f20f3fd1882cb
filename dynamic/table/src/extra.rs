//! The part of a record that features ask for: a schema, with `schemars`.
//!
//! The interpreter's tables name it, so it is apart from the implementations in
//! [`features`](crate::features), which read these tables.

/// The function that refers to the schema of a record, wherever it is used.
#[cfg(feature = "schemars")]
pub(crate) type Refer = fn(&mut schemars::SchemaGenerator) -> schemars::Schema;

/// A bound of every record, so that its table can refer to its schema.
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub trait Extra: schemars::JsonSchema {}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> Extra for T {}

/// A bound of every record: none.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
pub trait Extra {}

#[cfg(not(feature = "schemars"))]
impl<T> Extra for T {}
