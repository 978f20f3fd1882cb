//! Subscribers of one informer that join at different times, and the state that each builds.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kubewright::cache::{BufferPolicy, Deltas, SharedInformer, Store};
use kubewright::{Object, verbs};
use tokio::task::JoinSet;

use crate::truth::Truth;
use replay::Replay;

mod replay;

/// What one that may lose changes keeps.
const NEWEST: usize = 64;
/// A slow subscriber pauses behind so many deltas.
const PAUSE_BEHIND: u32 = 8;

/// An informer with everybody who listens to it.
pub(crate) struct Crowd<K> {
    name: &'static str,
    informer: SharedInformer<K>,
    members: Vec<Member<K>>,
    tasks: JoinSet<()>,
}

struct Member<K> {
    name: String,
    replay: Arc<Mutex<Replay<K>>>,
}

impl<K: Object + verbs::List + verbs::Watch> Crowd<K> {
    pub(crate) fn new(name: &'static str, informer: SharedInformer<K>) -> Self {
        Crowd {
            name,
            informer,
            members: Vec::new(),
            tasks: JoinSet::new(),
        }
    }

    pub(crate) fn start(&self) {
        self.informer.start();
    }

    /// How far the cache is; empty before its first snapshot.
    pub(crate) fn resource_version(&self) -> String {
        self.informer.store().resource_version()
    }

    /// One more of each sort joins.
    pub(crate) fn grow(&mut self) {
        for (policy, slow) in [
            (BufferPolicy::Unbounded, false),
            (BufferPolicy::Coalesce, true),
            (BufferPolicy::DropOldest(NEWEST), true),
        ] {
            let name = format!("{} {policy:?} {}", self.name, self.members.len());
            let replay = Arc::new(Mutex::new(Replay::new(policy)));
            let member = Listener {
                deltas: self.informer.subscribe_with(policy),
                store: self.informer.store().clone(),
                replay: Arc::clone(&replay),
                slow,
            };
            self.tasks.spawn(member.listen());
            self.members.push(Member { name, replay });
        }
    }

    /// Nothing, when the cache and everybody who listens have the truth.
    pub(crate) fn fault(&self, truth: &Truth) -> Option<String> {
        let objects = self.informer.store().list();
        let cached: Truth = objects.iter().map(|object| &**object).collect();
        let of_cache = cached
            .fault(truth)
            .map(|fault| format!("the cache of {}: {fault}", self.name));
        let of_members = || {
            let mut members = self.members.iter();
            members.find_map(|member| {
                Some(format!(
                    "{}: {}",
                    member.name,
                    member.replay.lock().unwrap().fault(truth)?
                ))
            })
        };
        of_cache.or_else(of_members)
    }

    /// What those who may lose changes lost, and how many listened.
    pub(crate) fn summary(&self) -> String {
        let lost: u64 = self
            .members
            .iter()
            .map(|member| member.replay.lock().unwrap().lost)
            .sum();
        format!(
            "{}: {} subscribers, {lost} changes dropped where that is allowed",
            self.name,
            self.members.len()
        )
    }
}

struct Listener<K> {
    deltas: Deltas<K>,
    store: Store<K>,
    replay: Arc<Mutex<Replay<K>>>,
    slow: bool,
}

impl<K: Object> Listener<K> {
    async fn listen(mut self) {
        let mut taken = 0u32;
        while let Some(delta) = self.deltas.next().await {
            self.replay
                .lock()
                .unwrap()
                .take(&delta, &self.deltas, &self.store);
            taken = taken.wrapping_add(1);
            if self.slow && taken.is_multiple_of(PAUSE_BEHIND) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    }
}
