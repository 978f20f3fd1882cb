//! What generated and derived code may name; not for people.
//!
//! This module is an ABI between the generator, the derive and this crate: an item here
//! keeps its name and meaning within a minor version.

pub use crate::api::Api;
pub use crate::client::Client;
pub use crate::meta;
pub use crate::object::{HasMetadata, Object};
pub use crate::resource::{Cluster, Namespaced, Resource};
pub use crate::subresource::Subresource;
pub use crate::verbs;
