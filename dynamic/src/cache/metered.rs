//! Metrics of an informer with a name, by the `metrics` crate.

use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};

use super::name::{Claim, InformerName};
use crate::model::api_resource::ApiResource;

const OBJECTS: &str = "informer_objects";
const EVENTS: &str = "informer_events_total";
const SNAPSHOTS: &str = "informer_snapshots_total";
const ERRORS: &str = "informer_errors_total";

pub(super) struct Meter {
    objects: Gauge,
    events: Counter,
    snapshots: Counter,
    errors: Counter,
    _claim: Claim,
}

impl Meter {
    /// None where another informer of the name has the same resource
    /// ([rule FA6](crate::semantics#fa6)).
    pub(super) fn new(name: &InformerName, resource: &ApiResource) -> Option<Self> {
        let (version, group_resource) = (&resource.version, resource.group_resource());
        let claim = name.claim(format!("{version} {group_resource}"))?;
        describe();
        let labels = [
            ("name", name.as_str().to_owned()),
            ("resource", group_resource),
            ("version", version.to_string()),
        ];
        Some(Meter {
            objects: gauge!(OBJECTS, &labels),
            events: counter!(EVENTS, &labels),
            snapshots: counter!(SNAPSHOTS, &labels),
            errors: counter!(ERRORS, &labels),
            _claim: claim,
        })
    }

    pub(super) fn event(&self, objects: usize) {
        self.events.increment(1);
        self.objects.set(objects as f64);
    }

    pub(super) fn snapshot(&self, objects: usize) {
        self.snapshots.increment(1);
        self.objects.set(objects as f64);
    }

    pub(super) fn error(&self) {
        self.errors.increment(1);
    }
}

/// A cache that is followed no more has no size.
impl Drop for Meter {
    fn drop(&mut self) {
        self.objects.set(0.0);
    }
}

fn describe() {
    describe_gauge!(OBJECTS, "Objects in the cache.");
    describe_counter!(EVENTS, "What a watch brought: changes and bookmarks.");
    describe_counter!(SNAPSHOTS, "Snapshots of the whole cache.");
    describe_counter!(ERRORS, "Errors of lists and watches.");
}
