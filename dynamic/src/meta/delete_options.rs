//! The body of a DELETE.

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// How an object is to be deleted (`meta/v1` `DeleteOptions`).
///
/// What is `None` is not sent; `Some(0)` and `Some(false)` are, because the server tells a
/// zero from an absence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteOptions {
    /// `["All"]` runs every check and stores nothing.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub dry_run: Vec<String>,
    /// Seconds that the object may take to go; `0` means at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_period_seconds: Option<i64>,
    /// `Foreground`, `Background` or `Orphan`: what becomes of dependents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub propagation_policy: Option<String>,
    /// What must hold of the object; otherwise the server answers 409 Conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preconditions: Option<Preconditions>,
    /// Older way to ask for `Orphan`; not together with `propagation_policy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orphan_dependents: Option<bool>,
    /// Delete an object that the server can no longer read; skips finalizers and may break
    /// the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_store_read_error_with_cluster_breaking_potential: Option<bool>,
}

/// What must hold of an object for a request to go through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Preconditions {
    /// The object's `metadata.uid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// The object's `metadata.resourceVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_version: Option<String>,
}
