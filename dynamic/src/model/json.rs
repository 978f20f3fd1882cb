//! JSON text that is checked once and then read in place.
//!
//! A cache that keeps an object's bytes needs to know three things about them when they
//! arrive: that they are well formed, that they can be opened later without an error, and
//! where the few metadata fields stand. One pass over the text answers all three; nothing
//! is allocated and no tree is built.
//!
//! The grammar is RFC 8259 as `serde_json` accepts it, limits included: what [`Scanner`]
//! passes, `serde_json` opens (a property test holds the two together). Duplicate keys are
//! allowed and the last one counts, as in Go's decoder.

mod checked;
mod head;
mod pieces;
mod pointer;

pub(crate) use checked::Checked;
pub(crate) use checked::TypePrefix;
pub(crate) use head::{Head, Span};
pub(crate) use kubewright_table::scan::{JsonError, Scanner};
pub(crate) use pieces::Pieces;
pub(crate) use pointer::{Found, Pointer, find, index};
