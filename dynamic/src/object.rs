//! The instance side of a resource: what a cache and a client ask of one stored object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::meta::ObjectMeta;

/// One object as the API server stores it, typed or not.
///
/// The accessors are what a cache needs: identity, version and labels. A struct gets this
/// trait through [`HasMetadata`], which `#[derive(Resource)]` implements; `Unstructured`
/// answers from its bytes without building a tree.
pub trait Object: Clone + Send + Sync + 'static {
    /// `metadata.name`; empty when the object has none yet (`generateName`).
    fn name(&self) -> &str;
    /// `metadata.namespace`; `None` for cluster-scoped objects.
    fn namespace(&self) -> Option<&str>;
    /// `metadata.uid`: tells two lives of one name apart.
    fn uid(&self) -> Option<&str>;
    /// `metadata.resourceVersion`: opaque but for the comparison that KEP-5504 allows.
    fn resource_version(&self) -> Option<&str>;
    /// `metadata.labels`.
    fn labels(&self) -> Cow<'_, BTreeMap<String, String>>;
    /// `metadata.annotations`.
    fn annotations(&self) -> Cow<'_, BTreeMap<String, String>>;
}

/// A struct that holds its metadata as a field; implemented by `#[derive(Resource)]`.
pub trait HasMetadata {
    /// The object's metadata.
    fn metadata(&self) -> &ObjectMeta;
    /// The object's metadata, to be changed.
    fn metadata_mut(&mut self) -> &mut ObjectMeta;
}

impl<T: HasMetadata + Clone + Send + Sync + 'static> Object for T {
    fn name(&self) -> &str {
        self.metadata().name.as_deref().unwrap_or_default()
    }

    fn namespace(&self) -> Option<&str> {
        self.metadata().namespace.as_deref()
    }

    fn uid(&self) -> Option<&str> {
        self.metadata().uid.as_deref()
    }

    fn resource_version(&self) -> Option<&str> {
        self.metadata().resource_version.as_deref()
    }

    fn labels(&self) -> Cow<'_, BTreeMap<String, String>> {
        Cow::Borrowed(&self.metadata().labels)
    }

    fn annotations(&self) -> Cow<'_, BTreeMap<String, String>> {
        Cow::Borrowed(&self.metadata().annotations)
    }
}
