//! Metadata of one object.

use kubewright_table::record;

use super::{ManagedFields, Map, Time};

/// The metadata of every stored object (`meta/v1` `ObjectMeta`).
///
/// A client sets `name` or `generate_name`, `namespace`, `labels`, `annotations`,
/// `finalizers` and `owner_references`; the server owns the rest and ignores what a client
/// writes there, `resource_version` (the optimistic lock) and `uid` excepted.
///
/// # Examples
///
/// ```
/// use kubewright::ObjectMeta;
///
/// let meta = ObjectMeta::named("web").in_namespace("prod").label("tier", "front");
/// assert_eq!(
///     serde_json::to_string(&meta)?,
///     r#"{"name":"web","namespace":"prod","labels":{"tier":"front"}}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct ObjectMeta {
    /// Unique within its namespace and kind.
    pub name: Option<String>,
    /// Beginning of a name that the server completes, when `name` is absent.
    pub generate_name: Option<String>,
    /// The namespace; absent on cluster-scoped objects.
    pub namespace: Option<String>,
    /// Unique in space and time: distinguishes objects that had the same name one after the
    /// other.
    pub uid: Option<String>,
    /// The stored version; written back, the server refuses a change made in between.
    pub resource_version: Option<String>,
    /// Counts changes of the desired state.
    pub generation: Option<i64>,
    /// When the server stored the object first.
    pub creation_timestamp: Option<Time>,
    /// When the object will go; set by the server once deletion was asked for.
    pub deletion_timestamp: Option<Time>,
    /// How long the object may still take; set together with `deletion_timestamp`.
    pub deletion_grace_period_seconds: Option<i64>,
    /// Names and values for selection.
    pub labels: Map<String>,
    /// Names and values for everything else.
    pub annotations: Map<String>,
    /// Owners; the garbage collector removes the object when all of them are gone.
    pub owner_references: Vec<OwnerReference>,
    /// Cleanups that must finish before the object is deleted.
    pub finalizers: Vec<String>,
    /// Which manager set which fields; kept by the server for server-side apply.
    pub managed_fields: Option<ManagedFields>,
    /// Path of the object; servers stopped filling it in 1.20.
    pub self_link: Option<String>,
}

record! {
    ObjectMeta {
        "name" name,
        "generateName" generate_name,
        "namespace" namespace,
        "uid" uid,
        "resourceVersion" resource_version,
        "generation" generation,
        "creationTimestamp" creation_timestamp,
        "deletionTimestamp" deletion_timestamp,
        "deletionGracePeriodSeconds" deletion_grace_period_seconds,
        "labels" labels,
        "annotations" annotations,
        "ownerReferences" owner_references,
        "finalizers" finalizers,
        "managedFields" managed_fields,
        "selfLink" self_link,
    }
}

impl Eq for ObjectMeta {}

impl ObjectMeta {
    /// Metadata with a name and nothing else.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }

    /// Metadata for which the server makes up a name that begins with `prefix`.
    pub fn generate(prefix: impl Into<String>) -> Self {
        Self {
            generate_name: Some(prefix.into()),
            ..Self::default()
        }
    }

    /// The same in a namespace.
    #[must_use]
    pub fn in_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// The same with one more label; an old value of the key is replaced.
    #[must_use]
    pub fn label(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.labels.insert(key.into(), value.into());
        self
    }

    /// The same with one more annotation; an old value of the key is replaced.
    #[must_use]
    pub fn annotation(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.annotations.insert(key.into(), value.into());
        self
    }

    /// The owner that manages this object: the reference whose `controller` is true.
    #[must_use]
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owner_references
            .iter()
            .find(|owner| owner.controller == Some(true))
    }
}

/// One owner of an object; it lives in the object's namespace or in none.
pub struct OwnerReference {
    /// Group and version of the owner.
    pub api_version: String,
    /// Kind of the owner.
    pub kind: String,
    /// Name of the owner.
    pub name: String,
    /// Identity of the owner; a namesake that came later does not count.
    pub uid: String,
    /// Whether this owner manages the object; at most one reference says so.
    pub controller: Option<bool>,
    /// Whether foreground deletion of the owner waits for the object.
    pub block_owner_deletion: Option<bool>,
}

record! {
    OwnerReference {
        "apiVersion" api_version,
        "kind" kind,
        "name" name,
        "uid" uid,
        "controller" controller,
        "blockOwnerDeletion" block_owner_deletion,
    }
}

impl Eq for OwnerReference {}
