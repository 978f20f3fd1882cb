//! Objects as JSON text, checked once and then read in place.
//!
//! A cache that keeps the bytes of an object must know three things when they arrive: that they are
//! well formed, that they can be opened later without an error, and where the few fields of the
//! metadata are. One pass over the text answers all three. It allocates nothing and builds no
//! tree.
//!
//! The pass is made by the [`Scanner`] of `kubewright-table`, which accepts exactly what
//! `serde_json` opens. Of equal keys the last one counts, as in Go's decoder.

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
