//! JSON text, read and written without serde.
//!
//! Nothing here is generic, so it is compiled once, with this crate.

mod order;
mod read;
mod write;

use crate::Error;
use crate::place::shape::Record;
use crate::place::{RecordMut, RecordRef};
pub(crate) use order::Order;
pub(crate) use read::Seen;
pub(crate) use write::datum as write_datum;

/// Reads a struct from JSON text.
///
/// # Errors
///
/// The text is not JSON, not such an object, or nests deeper than 127 levels; the error says
/// where.
pub fn from_json<T: Record>(text: &str) -> Result<T, Error> {
    let mut value = T::EMPTY;
    read::whole(text, RecordMut::new(&mut value))?;
    Ok(value)
}

/// Reads a struct from the object at the front of a text, and says where that ends. The text may
/// be part of a longer one, in which the object is inside `depth` others.
///
/// # Errors
/// As of [`from_json`]; [`Error::is_cut`] when the text ends inside the object.
#[doc(hidden)]
pub fn from_json_front<T: Record>(text: &str, depth: u32) -> Result<(T, usize), Error> {
    let mut value = T::EMPTY;
    let end = read::front(text, depth, RecordMut::new(&mut value))?;
    Ok((value, end))
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
