//! Metadata without the rest of an object, for garbage collectors and metadata caches.

use std::fmt;
use std::marker::PhantomData;

use kubewright_table::record;
use serde::{Deserialize, Serialize};

use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::meta::ObjectMeta;
use crate::model::object::{Front, HasMetadata, read_front, read_json, write_json};
use crate::model::resource::Resource;
use crate::model::verbs;

/// An object of any kind, reduced to its metadata.
///
/// `Api<PartialObjectMetadata>` asks the server for `as=PartialObjectMetadata`, so that the
/// rest of the object never crosses the network ([rule Z8](crate::semantics#z8)). What is read this
/// way can be patched and deleted, not created or replaced: a PUT of it would erase the object.
pub struct PartialObjectMetadata {
    /// The object's metadata.
    pub metadata: ObjectMeta,
}

record! {
    PartialObjectMetadata {
        "metadata" metadata,
    }
}

impl HasMetadata for PartialObjectMetadata {
    const METADATA_ONLY: bool = true;
    const HOLDS_TYPE: bool = false;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }

    fn read_json(text: &str) -> Result<Self> {
        read_json(text)
    }

    fn read_front(text: &str, depth: u32) -> Front<Self> {
        read_front(text, depth)
    }

    fn write_json(&self, resource: &ApiResource) -> Result<String> {
        write_json(self, resource)
    }
}

/// The metadata of an object of a typed kind: [`PartialObjectMetadata`] that knows its
/// address. So `Api` and informers of it are made as those of `K`, and hold no more than
/// metadata.
///
/// ```no_run
/// use kubewright::cache::SharedInformerFactory;
/// use kubewright::{PartialObject, Resource};
///
/// # async fn doc<Pod: Resource + kubewright::verbs::List + kubewright::verbs::Watch>(client: &kubewright::Client) -> kubewright::Result<()> {
/// let informers = SharedInformerFactory::new(client);
/// let pods = informers.informer::<PartialObject<Pod>>();
/// pods.start();
/// pods.synced().await?;
/// println!("{} pods", pods.store().len());
/// # Ok(())
/// # }
/// ```
#[derive(Serialize, Deserialize)]
#[serde(default, bound = "")]
pub struct PartialObject<K> {
    /// The object's metadata.
    pub metadata: ObjectMeta,
    #[serde(skip)]
    kind: PhantomData<fn() -> K>,
}

impl<K> Default for PartialObject<K> {
    fn default() -> Self {
        PartialObject {
            metadata: ObjectMeta::default(),
            kind: PhantomData,
        }
    }
}

impl<K> Clone for PartialObject<K> {
    fn clone(&self) -> Self {
        PartialObject {
            metadata: self.metadata.clone(),
            kind: PhantomData,
        }
    }
}

impl<K> PartialEq for PartialObject<K> {
    fn eq(&self, other: &Self) -> bool {
        self.metadata == other.metadata
    }
}

impl<K> fmt::Debug for PartialObject<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartialObject")
            .field("metadata", &self.metadata)
            .finish()
    }
}

impl<K> HasMetadata for PartialObject<K> {
    const METADATA_ONLY: bool = true;
    const HOLDS_TYPE: bool = false;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }

    fn read_json(text: &str) -> Result<Self> {
        let PartialObjectMetadata { metadata } = read_json(text)?;
        let kind = PhantomData;
        Ok(Self { metadata, kind })
    }

    fn read_front(text: &str, depth: u32) -> Front<Self> {
        let kind = PhantomData;
        read_front(text, depth).map(|PartialObjectMetadata { metadata }| Self { metadata, kind })
    }
}

impl<K: Resource> Resource for PartialObject<K> {
    type Scope = K::Scope;
    const GROUP: &'static str = K::GROUP;
    const VERSION: &'static str = K::VERSION;
    const KIND: &'static str = K::KIND;
    const PLURAL: &'static str = K::PLURAL;
}

impl<K: verbs::Get> verbs::Get for PartialObject<K> {}
impl<K: verbs::List> verbs::List for PartialObject<K> {}
impl<K: verbs::Watch> verbs::Watch for PartialObject<K> {}
impl<K: verbs::Patch> verbs::Patch for PartialObject<K> {}
impl<K: verbs::Delete> verbs::Delete for PartialObject<K> {}
impl<K: verbs::DeleteCollection> verbs::DeleteCollection for PartialObject<K> {}

impl verbs::Get for PartialObjectMetadata {}
impl verbs::List for PartialObjectMetadata {}
impl verbs::Watch for PartialObjectMetadata {}
impl verbs::Patch for PartialObjectMetadata {}
impl verbs::StrategicPatch for PartialObjectMetadata {}
impl verbs::Delete for PartialObjectMetadata {}
impl verbs::DeleteCollection for PartialObjectMetadata {}
