//! The servers' support for streaming lists, watches that begin with the existing objects
//! (KEP-3157), as a client has found it out.
//!
//! Finding out costs a refused request, so all informers of one resource and one client share
//! the result. It expires after a while, because servers are upgraded.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::api_resource::ApiResource;

/// How long a server is not asked again.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(3600);
/// More resources than any cluster has; a client that has met more starts over.
const MOST_RESOURCES: usize = 10_000;

/// The support for one resource; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct StreamSupport {
    missing_since: Arc<Mutex<Option<Instant>>>,
}

impl StreamSupport {
    /// Whether the server was found unable to, not long ago.
    pub(crate) fn is_missing(&self, now: Instant) -> bool {
        let since = *self.lock();
        since.is_some_and(|since| now.saturating_duration_since(since) < FORGOTTEN_AFTER)
    }

    pub(crate) fn note_missing(&self, now: Instant) {
        *self.lock() = Some(now);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.missing_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The support for all resources that were followed.
#[derive(Debug, Default)]
pub(super) struct StreamSupports {
    resources: Mutex<HashMap<String, StreamSupport>>,
}

impl StreamSupports {
    pub(super) fn of(&self, resource: &ApiResource) -> StreamSupport {
        let key = format!("{}/{}", resource.api_version(), resource.plural);
        let mut resources = self
            .resources
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if resources.len() >= MOST_RESOURCES && !resources.contains_key(&key) {
            resources.clear();
        }
        resources.entry(key).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(plural: &str) -> ApiResource {
        let name: crate::GroupVersionResource = format!("{plural}.v1.apps").parse().unwrap();
        ApiResource::from(&name)
    }

    #[test]
    fn what_one_learns_all_know_for_an_hour() {
        let supports = StreamSupports::default();
        let (one, other) = (supports.of(&resource("a")), supports.of(&resource("a")));
        let now = Instant::now();
        one.note_missing(now);
        assert!(other.is_missing(now) && supports.of(&resource("a")).is_missing(now));
        assert!(!supports.of(&resource("b")).is_missing(now));
        assert!(!other.is_missing(now + FORGOTTEN_AFTER));
    }

    #[test]
    fn resources_that_come_and_go_do_not_pile_up() {
        let supports = StreamSupports::default();
        for number in 1..3 * MOST_RESOURCES {
            supports.of(&resource(&format!("a{number}")));
        }
        let now = Instant::now();
        supports.of(&resource("known")).note_missing(now);
        let count = supports.resources.lock().unwrap().len();
        assert_eq!(count, MOST_RESOURCES);
        assert!(supports.of(&resource("known")).is_missing(now));
    }
}
