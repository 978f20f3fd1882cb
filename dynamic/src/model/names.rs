//! The names of kinds and resources, and the forms in which people write them.
//!
//! A *kind* names what a manifest holds (`Deployment`), a *resource* names where objects
//! live (`deployments`); each belongs to a group, and a version settles its shape. Texts are
//! checked when they are parsed: every part may become a segment of a URL, so none can be
//! empty, climb (`..`) or carry a slash.
//!
//! Nothing is guessed here: no plural from a kind, no version from a group. That is what
//! discovery knows, and [`ResourceArg`] is what a person typed before it was asked.

mod error;
mod group_version;
mod kind;
mod resource;
mod resource_arg;
mod segment;

pub use error::NameError;
pub use group_version::GroupVersion;
pub use kind::{GroupKind, GroupVersionKind};
pub use resource::{GroupResource, GroupVersionResource};
pub use resource_arg::ResourceArg;
