//! A cache whose changes ask for work.

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::cache::{Delta, NamespacedName, SharedInformer};
use crate::object::Object;
use crate::verbs;
use crate::workqueue::WorkQueue;

/// An informer of any kind, and whom its changes concern.
pub(super) trait Source: Send + Sync {
    /// Starts the informer and puts what changes concern into the queue, until dropped.
    fn pump(&self, queue: WorkQueue<NamespacedName>) -> BoxFuture<'static, ()>;
    /// Resolves when the cache is filled.
    fn synced(&self) -> BoxFuture<'_, bool>;
    fn has_synced(&self) -> bool;
    fn name(&self) -> &str;
}

pub(super) fn of<C: Object + verbs::List + verbs::Watch>(
    informer: SharedInformer<C>,
    concerns: impl Fn(&C) -> Vec<NamespacedName> + Send + Sync + 'static,
) -> Box<dyn Source> {
    Box::new(Mapped {
        informer,
        concerns: Arc::new(concerns),
    })
}

/// The keys that an object concerns.
type Concerns<C> = Arc<dyn Fn(&C) -> Vec<NamespacedName> + Send + Sync>;

struct Mapped<C> {
    informer: SharedInformer<C>,
    concerns: Concerns<C>,
}

impl<C: Object + verbs::List + verbs::Watch> Source for Mapped<C> {
    fn pump(&self, queue: WorkQueue<NamespacedName>) -> BoxFuture<'static, ()> {
        let mut deltas = self.informer.subscribe();
        let concerns = Arc::clone(&self.concerns);
        self.informer.start();
        Box::pin(async move {
            while let Some(delta) = deltas.next().await {
                // Whom the object concerned before may miss it now.
                if let Delta::Updated { old, .. } = &delta {
                    add_all(&queue, concerns(old));
                }
                add_all(&queue, concerns(delta.object()));
            }
        })
    }

    fn synced(&self) -> BoxFuture<'_, bool> {
        Box::pin(self.informer.synced())
    }

    fn has_synced(&self) -> bool {
        self.informer.has_synced()
    }

    fn name(&self) -> &str {
        self.informer.name()
    }
}

fn add_all(queue: &WorkQueue<NamespacedName>, keys: Vec<NamespacedName>) {
    for key in keys {
        queue.add(key);
    }
}
