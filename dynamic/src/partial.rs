//! Metadata without the rest: what a garbage collector or a metadata cache needs.

use serde::{Deserialize, Serialize};

use crate::meta::ObjectMeta;
use crate::object::HasMetadata;
use crate::verbs;

/// An object of any kind, reduced to its metadata.
///
/// `Api<PartialObjectMetadata>` asks the server for `as=PartialObjectMetadata`, so that the
/// rest of the object never crosses the network (semantics Z8). What is read this way can
/// be patched and deleted, not created or replaced: a PUT of it would erase the object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartialObjectMetadata {
    /// The object's metadata.
    pub metadata: ObjectMeta,
}

impl HasMetadata for PartialObjectMetadata {
    const METADATA_ONLY: bool = true;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl verbs::Get for PartialObjectMetadata {}
impl verbs::List for PartialObjectMetadata {}
impl verbs::Watch for PartialObjectMetadata {}
impl verbs::Patch for PartialObjectMetadata {}
impl verbs::StrategicPatch for PartialObjectMetadata {}
impl verbs::Delete for PartialObjectMetadata {}
impl verbs::DeleteCollection for PartialObjectMetadata {}
