//! Constructors of generated kinds: `Pod::new("web").in_namespace("prod")`.
//!
//! A name is all that every object needs; everything else is a field, set by struct update.
//! What is written once a kind is only the two methods, by the macro that makes it a kind.

use crate::model::object::HasMetadata;

/// An object of this name, empty otherwise.
pub fn named<T: Default + HasMetadata>(name: String) -> T {
    let mut object = T::default();
    object.metadata_mut().name = Some(name);
    object
}

/// The object, in a namespace.
pub fn in_namespace<T: HasMetadata>(mut object: T, namespace: String) -> T {
    object.metadata_mut().namespace = Some(namespace);
    object
}
