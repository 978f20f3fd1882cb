//! The types that every Kubernetes API shares: object and list metadata and their parts.

mod object_meta;

pub use object_meta::{ListMeta, ObjectMeta, OwnerReference, TypeMeta};
