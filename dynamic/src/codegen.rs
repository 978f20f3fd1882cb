//! The interface of generated and derived code; not for people.
//!
//! This module is an ABI between the generator, the derive and this crate: an item here
//! keeps its name and meaning within a minor version. Where that cannot be, the number of
//! `emitted` goes up, so that older output says that it has to be generated again.
//!
//! `core`, `std` and names of primitive types are here for the same readers: where a type is
//! declared, `::std` and `str` may be something else (`docs/soundness.md`).

mod constructors;
mod defaults;
mod emitted;
mod open_enum;
mod open_integers;
mod resource;
mod schema_or;

pub use crate::__emitted as emitted;
pub use crate::__open_enum as open_enum;
pub use crate::__open_integers as open_integers;
pub use crate::__resource as resource;
pub use crate::Resource;
#[cfg(feature = "cache")]
pub use crate::cache::{Lister, SharedInformer, SharedInformerFactory};
pub use crate::client::Client;
pub use crate::client::api::Api;
#[cfg(feature = "crd")]
pub use crate::crd;
pub use crate::model::api_resource::ScopeKind;
pub use crate::model::meta::{self, null_as_default};
pub use crate::model::object::{Front, HasMetadata, Object, read_front, read_json, write_json};
pub use crate::model::resource::{Cluster, Namespaced, Scope};
pub use crate::model::subresource::{Connect, HasLog, Parameters, Subresource, Text};
pub use crate::model::verbs;
pub use ::{core, std};
pub use constructors::{in_namespace, named};
pub use defaults::with_defaults;
pub use kubewright_table::{self as table, record};
pub use open_enum::deserialize as deserialize_open_enum;
pub use schema_or::{OrArray, OrBool, OrStringArray};
pub use serde;
/// Any JSON value.
pub use serde_json::Value as Json;
pub use std::primitive::{bool, i64, str};
