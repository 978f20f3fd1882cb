//! A source of keys: a cache, and the function from its objects to keys.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;

use crate::cache::{Delta, Missing, NamespacedName, SharedInformer, panic_message};
use crate::controller::workqueue::{AddOptions, LOW_PRIORITY, WorkQueue};
use crate::model::object::Object;
use crate::model::verbs;

/// An informer of any kind, and the function from its changes to keys.
pub(super) trait Source: Send + Sync {
    /// Starts the informer and puts what changes concern into the queue. Ends with the
    /// informer, of which it gives the name.
    fn pump(&self, queue: WorkQueue<NamespacedName>) -> BoxFuture<'static, String>;
    /// Resolves to `true` when the cache is filled, to `false` when it will never be.
    fn filled(&self) -> BoxFuture<'_, bool>;
    /// An error that names the cache, if it is not filled yet.
    fn unfilled(&self) -> Option<Missing>;
    fn name(&self) -> &str;
}

pub(super) fn of<C: Object + verbs::List + verbs::Watch>(
    informer: SharedInformer<C>,
    resync: Option<Duration>,
    only: Option<Only<C>>,
    concerns: impl Fn(&C) -> Vec<NamespacedName> + Send + Sync + 'static,
) -> Box<dyn Source> {
    Box::new(Mapped {
        informer,
        resync,
        concerns: Arc::new(Concerns {
            keys: Box::new(concerns),
            only,
        }),
    })
}

/// Which changes ask for work.
pub(super) type Only<C> = Box<dyn Fn(&Delta<C>) -> bool + Send + Sync>;

/// The keys that an object concerns.
type Keys<C> = Box<dyn Fn(&C) -> Vec<NamespacedName> + Send + Sync>;

/// The function from a delta to keys.
struct Concerns<C> {
    keys: Keys<C>,
    only: Option<Only<C>>,
}

struct Mapped<C> {
    informer: SharedInformer<C>,
    resync: Option<Duration>,
    concerns: Arc<Concerns<C>>,
}

impl<C: Object + verbs::List + verbs::Watch> Source for Mapped<C> {
    fn pump(&self, queue: WorkQueue<NamespacedName>) -> BoxFuture<'static, String> {
        let mut deltas = self.informer.deltas(self.resync);
        let concerns = Arc::clone(&self.concerns);
        let name = self.informer.name().to_owned();
        self.informer.start();
        Box::pin(async move {
            while let Some((delta, is_change)) = deltas.next_with_cause().await {
                // Where nothing changed, it can wait until the changes are seen to (rule CR2).
                let priority = if is_change { 0 } else { LOW_PRIORITY };
                for key in concerned(&concerns, &delta, is_change, &name) {
                    queue.add_with(key, AddOptions::new().priority(priority));
                }
            }
            name
        })
    }

    fn filled(&self) -> BoxFuture<'_, bool> {
        Box::pin(self.informer.filled())
    }

    fn unfilled(&self) -> Option<Missing> {
        self.informer.unfilled()
    }

    fn name(&self) -> &str {
        self.informer.name()
    }
}

/// The keys of a delta. A function that panics drops that delta only.
fn concerned<C: Object>(
    concerns: &Concerns<C>,
    delta: &Delta<C>,
    is_change: bool,
    name: &str,
) -> Vec<NamespacedName> {
    let keys = AssertUnwindSafe(|| concerns.of(delta, is_change));
    catch_unwind(keys).unwrap_or_else(|panic| {
        let (object, panic) = (NamespacedName::of(&**delta.object()), panic_message(&*panic));
        tracing::error!(informer = name, %object, panic, "the function from an object to its keys panicked");
        Vec::new()
    })
}

impl<C> Concerns<C> {
    fn of(&self, delta: &Delta<C>, is_change: bool) -> Vec<NamespacedName> {
        if is_change && self.only.as_ref().is_some_and(|only| !only(delta)) {
            return Vec::new();
        }
        let mut keys = (self.keys)(delta.object());
        // The keys of the old state may be affected too.
        if let Delta::Updated { old, new } = delta
            && !Arc::ptr_eq(old, new)
        {
            keys.extend((self.keys)(old));
        }
        keys
    }
}
