//! Selectors: conditions on labels and fields.
//!
//! A [`Selector`] asks for labels, a [`FieldSelector`] for a few fields that the server
//! knows for each kind. Both are built by methods or read from the text that people type,
//! match on the client's side, and print in one canonical order, so that equal selectors
//! make equal requests.

mod error;
mod field;
mod label;
mod lexer;
mod parser;
mod requirement;

pub use error::SelectorError;
pub use field::FieldSelector;
pub use label::Selector;
pub use requirement::Requirement;
