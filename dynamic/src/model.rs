//! The vocabulary: names, objects, metadata, selectors, lists and errors.
//!
//! Plain data and its JSON. Nothing in this wing knows of a server: it opens no socket, reads
//! no file and awaits nothing.

pub(crate) mod api_resource;
pub(crate) mod error;
pub(crate) mod json;
pub(crate) mod list;
pub mod meta;
pub(crate) mod names;
pub(crate) mod object;
pub(crate) mod partial;
pub(crate) mod resource;
pub mod selector;
pub(crate) mod subresource;
pub(crate) mod unstructured;
pub mod verbs;
