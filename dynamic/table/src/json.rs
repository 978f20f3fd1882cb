//! JSON text, read and written without serde.
//!
//! Nothing here is generic, so it is compiled once, with this crate.

mod order;
mod parser;
mod read;
mod write;

use crate::Error;
use crate::place::shape::Record;
use crate::place::{RecordMut, RecordRef};
pub(crate) use order::Order;
pub(crate) use parser::Parser;
pub(crate) use read::Seen;
pub(crate) use write::datum as write_datum;

/// Containers inside containers, at most; as in most parsers of JSON.
const DEEPEST: usize = 128;

/// Reads a struct from JSON text.
///
/// # Errors
///
/// The text is not JSON, not such an object, or nests deeper than 128 levels; the error says
/// where.
pub fn from_json<T: Record>(text: &str) -> Result<T, Error> {
    let mut value = T::EMPTY;
    read::whole(text, RecordMut::new(&mut value))?;
    Ok(value)
}

/// Writes a struct as JSON text.
#[must_use]
pub fn to_json<T: Record>(value: &T) -> String {
    to_json_headed(value, &[])
}

/// Writes a struct as JSON text, with some members of text in front that it does not hold.
#[must_use]
pub fn to_json_headed<T: Record>(value: &T, head: &[(&str, &str)]) -> String {
    write::whole(RecordRef::new(value), head)
}
