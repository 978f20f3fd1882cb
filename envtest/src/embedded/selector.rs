//! Selectors as queries carry them: which objects a list or watch is about.
//!
//! [`LabelSelector`] speaks the whole grammar of `labelSelector`; [`FieldSelector`] the smaller one
//! of `fieldSelector`, whose paths each kind allows one by one.

mod field;
mod label;

pub(crate) use field::{FieldSelector, Fields};
pub(crate) use label::LabelSelector;
