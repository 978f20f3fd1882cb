//! The body of a DELETE.

use kubewright_table::record;

/// How an object is to be deleted (`meta/v1` `DeleteOptions`).
///
/// `None` is not sent; `Some(0)` and `Some(false)` are, because the server distinguishes zero from
/// absent.
pub struct DeleteOptions {
    /// `["All"]` runs every check and stores nothing.
    pub dry_run: Vec<String>,
    /// Seconds that the object may take to go; `0` means at once.
    pub grace_period_seconds: Option<i64>,
    /// `Foreground`, `Background` or `Orphan`: how dependents are deleted.
    pub propagation_policy: Option<String>,
    /// Conditions on the object; if they do not hold, the server answers 409 Conflict.
    pub preconditions: Option<Preconditions>,
    /// Older way to ask for `Orphan`; not together with `propagation_policy`.
    pub orphan_dependents: Option<bool>,
    /// Delete an object that the server can no longer read; skips finalizers and may break
    /// the cluster.
    pub ignore_store_read_error_with_cluster_breaking_potential: Option<bool>,
}

record! {
    DeleteOptions {
        "dryRun" dry_run,
        "gracePeriodSeconds" grace_period_seconds,
        "propagationPolicy" propagation_policy,
        "preconditions" preconditions,
        "orphanDependents" orphan_dependents,
        "ignoreStoreReadErrorWithClusterBreakingPotential" ignore_store_read_error_with_cluster_breaking_potential,
    }
}

impl Eq for DeleteOptions {}

/// Conditions on an object, without which a request is refused.
pub struct Preconditions {
    /// The object's `metadata.uid`.
    pub uid: Option<String>,
    /// The object's `metadata.resourceVersion`.
    pub resource_version: Option<String>,
}

record! {
    Preconditions {
        "uid" uid,
        "resourceVersion" resource_version,
    }
}

impl Eq for Preconditions {}
