//! Names of informers, under which their metrics are recorded.
//!
//! Two under one name would overwrite each other, so a name is had once in
//! a process at a time.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::problem::CacheProblem;
use crate::model::error::Result;

static TAKEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// A name under which informers are measured. It is unique in the process until this value, its
/// clones and the informers that have it are dropped
/// ([rule FA6](crate::semantics#fa6)).
///
/// Metrics go to the recorder of the `metrics` crate that is installed when the informer is
/// made, with the labels `name`, `resource` and `version`: `informer_objects`,
/// `informer_events_total`, `informer_snapshots_total` and `informer_errors_total`. Of several
/// informers of one name and resource, one at a time is measured, from when it is made until
/// it ends; handlers are measured under [`HandlerOptions::name`](super::HandlerOptions::name).
///
/// ```
/// use kubewright::cache::InformerName;
///
/// let name = InformerName::new("dns-controller")?;
/// assert!(InformerName::new("dns-controller").unwrap_err().is_request());
/// drop(name);
/// assert!(InformerName::new("dns-controller").is_ok());
/// # Ok::<_, kubewright::Error>(())
/// ```
#[derive(Clone)]
pub struct InformerName {
    held: Arc<Held>,
}

struct Held {
    name: String,
    /// The resources that are measured under it.
    resources: Mutex<BTreeSet<String>>,
}

impl InformerName {
    /// Takes a name.
    ///
    /// # Errors
    /// `is_request()` when the name is in use, and for the empty name.
    pub fn new(name: impl Into<String>) -> Result<Self> {
        let name = name.into();
        if name.is_empty() {
            return Err(CacheProblem::EmptyInformerName.into());
        }
        if !lock(&TAKEN).insert(name.clone()) {
            return Err(CacheProblem::InformerNameTaken { name }.into());
        }
        Ok(InformerName {
            held: Arc::new(Held {
                name,
                resources: Mutex::default(),
            }),
        })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.held.name
    }

    /// The right to record a resource under this name; `None` while it is taken.
    pub(super) fn claim(&self, resource: String) -> Option<Claim> {
        let is_free = lock(&self.held.resources).insert(resource.clone());
        is_free.then(|| Claim {
            held: Arc::clone(&self.held),
            resource,
        })
    }
}

/// Given back when it is dropped; keeps the name until then.
pub(super) struct Claim {
    held: Arc<Held>,
    resource: String,
}

impl Drop for Claim {
    fn drop(&mut self) {
        lock(&self.held.resources).remove(&self.resource);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        lock(&TAKEN).remove(&self.name);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for InformerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InformerName").field(&self.as_str()).finish()
    }
}
