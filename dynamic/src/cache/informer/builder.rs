//! The builder of an informer.

use std::fmt;
use std::time::Duration;

use super::SharedInformer;
use crate::cache::name::InformerName;
use crate::cache::reflector::{BackoffPolicy, random_byte};
use crate::cache::selection::Selection;
use crate::cache::transform::Transform;
use crate::client::api::Api;
use crate::model::object::Object;
use crate::model::verbs;

/// Makes a [`SharedInformer`]: see [`SharedInformer::builder`].
#[must_use = "a builder makes no informer until it is asked to"]
pub struct InformerBuilder<K> {
    pub(super) api: Api<K>,
    pub(super) selection: Selection,
    pub(super) backoff: BackoffPolicy,
    pub(super) resync: Option<Duration>,
    pub(super) transform: Transform<K>,
    pub(super) name: Option<InformerName>,
    pub(super) is_checked: Option<bool>,
    /// By how much watches last longer, in 1/256.
    pub(super) spread: fn() -> u8,
}

impl<K: Object + verbs::List + verbs::Watch> InformerBuilder<K> {
    pub(super) fn new(api: Api<K>) -> Self {
        InformerBuilder {
            api,
            selection: Selection::new(),
            backoff: BackoffPolicy::default(),
            resync: None,
            transform: Transform::new(),
            name: None,
            is_checked: None,
            spread: random_byte,
        }
    }

    /// Only these objects.
    pub fn selecting(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// Other waits after failures than the default ones.
    pub fn backoff(mut self, policy: BackoffPolicy) -> Self {
        self.backoff = policy;
        self
    }

    /// The resync of handlers that name none of their own: about so often each is given
    /// every object once more. Without it, never. See [`HandlerOptions::resync`].
    ///
    /// [`HandlerOptions::resync`]: crate::cache::HandlerOptions::resync
    pub fn resync(mut self, period: Duration) -> Self {
        self.resync = Some(period);
        self
    }

    /// A change to objects before they are kept ([rule I20](crate::semantics#i20)).
    pub fn transform(mut self, transform: Transform<K>) -> Self {
        self.transform = transform;
        self
    }

    /// Measures the informer under this name: see [`InformerName`].
    pub fn name(mut self, name: &InformerName) -> Self {
        self.name = Some(name.clone());
        self
    }

    /// Compares each snapshot that came as a stream with a list of exactly its version, to
    /// find a server whose watch cache does not show what is stored
    /// ([rule F16](crate::semantics#f16)).
    ///
    /// Where they differ, that is reported as an error, logged, and counted as
    /// `informer_inconsistencies_total` with the label `resource`; the cache goes on, where
    /// client-go ends the process. It costs a list for each such snapshot, during which the
    /// watch waits: for tests of clusters. Without this call the environment says whether it
    /// is done, by `KUBE_WATCHLIST_INCONSISTENCY_DETECTOR=true` as for client-go.
    pub fn check_consistency(mut self, wanted: bool) -> Self {
        self.is_checked = Some(wanted);
        self
    }

    /// Watches last as long as this says, and not as chance will have it.
    #[cfg(test)]
    pub(in crate::cache) fn spread(mut self, spread: fn() -> u8) -> Self {
        self.spread = spread;
        self
    }

    /// The informer. It does not run yet.
    #[must_use]
    pub fn build(self) -> SharedInformer<K> {
        SharedInformer::of(self)
    }
}

impl<K: Object> fmt::Debug for InformerBuilder<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InformerBuilder")
            .field("resource", &self.api.api_resource().group_resource())
            .field("selection", &self.selection)
            .finish_non_exhaustive()
    }
}
