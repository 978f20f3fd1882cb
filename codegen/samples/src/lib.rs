//! Objects made up from schemas.
//!
//! A test of types should not know only what its author thought of. This reads the schemas
//! of kinds from OpenAPI documents and CustomResourceDefinitions, and makes up objects that
//! they allow: with all that is required, with everything there is, or with a part that a
//! seed decides. It shares no code with the generator: it is the generator's witness.
//!
//! Two tempers: [`Temper::Wild`] is for readers, which must take values unknown today
//! and texts that hurt; [`Temper::Tame`] is for servers, and keeps to the patterns, bounds
//! and formats that it understands. Rules in CEL it does not understand.
//!
//!
//! What is made up can come to [`harm`], and a [`Way`] between JSON and a type is held
//! against serde_json's.
//!
//! ```
//! use kubewright_samples::{Fill, Kinds, Temper, differences};
//! use serde_json::json;
//!
//! let kinds = Kinds::of_definition(&json!({
//!     "kind": "CustomResourceDefinition",
//!     "spec": {"group": "example.com", "names": {"kind": "Widget", "plural": "widgets"}, "scope": "Namespaced",
//!         "versions": [{"name": "v1", "served": true, "schema": {"openAPIV3Schema": {"type": "object", "properties": {
//!             "spec": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 3}}},
//!         }}}}]},
//! }));
//! let widget = kinds.make(&kinds.all[0], Temper::Tame, Fill::Everything);
//! assert!(widget["spec"]["size"].as_i64() >= Some(3));
//! assert_eq!(differences(&json!({"a": 1}), &json!({"a": null})), ["/a: 1 became null"]);
//! ```

mod choice;
mod compare;
pub mod harm;
mod kinds;
mod maker;
mod text;
mod ways;

pub use compare::differences;
pub use kinds::{Kind, Kinds};
pub use ways::Way;

/// How much of what a schema allows is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// What is required, and nothing else.
    Required,
    /// What is required and a part of the rest.
    Part(
        /// The seed that decides.
        u64,
    ),
    /// All fields, one item in each list; a recursion is followed once.
    Everything,
}

/// What values are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// Values of the right JSON type, however odd.
    Wild,
    /// Values that a server may accept.
    Tame,
}
