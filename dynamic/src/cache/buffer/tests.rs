//! A store that changes by a random script, and a subscriber of each policy that takes what
//! waits now and then: what each was given is compared with what it was promised.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use futures::FutureExt;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::cache::delta::Delta;
use crate::cache::fanout::Fanout;
use crate::cache::store::Store;
use crate::cache::subscription::Deltas;
use crate::model::unstructured::Unstructured;

const MOST: usize = 3;
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

#[derive(Clone, Debug)]
enum Act {
    Put(usize),
    Delete(usize),
    Synced,
    Resync,
    Take(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => (0..NAMES.len()).prop_map(Act::Put),
        3 => (0..NAMES.len()).prop_map(Act::Delete),
        1 => Just(Act::Synced),
        1 => Just(Act::Resync),
        3 => (0..6_usize).prop_map(Act::Take),
    ];
    prop::collection::vec(act, 0..60)
}

/// A cache and the versions it has come to.
struct Cache {
    store: Store<Unstructured>,
    fanout: Arc<Fanout<Unstructured>>,
    version: u64,
    told: usize,
}

impl Cache {
    fn new() -> Self {
        Cache {
            store: Store::new(),
            fanout: Arc::new(Fanout::new()),
            version: 0,
            told: 0,
        }
    }

    fn object(&mut self, name: &str) -> Arc<Unstructured> {
        self.version += 1;
        let life = self.store.find("", name);
        let uid = life
            .and_then(|object| Some(object.uid()?.to_owned()))
            .unwrap_or_else(|| self.version.to_string());
        let metadata =
            json!({"name": name, "uid": uid, "resourceVersion": self.version.to_string()});
        Arc::new(Unstructured::try_from(json!({"metadata": metadata})).unwrap())
    }

    fn put(&mut self, name: &str) {
        let object = self.object(name);
        self.fanout
            .publish(|| self.store.put(object).into_iter().collect());
        self.told += 1;
    }

    fn delete(&mut self, name: &str) {
        if self.store.find("", name).is_some() {
            let last = self.object(name);
            self.fanout
                .publish(|| self.store.remove(last).into_iter().collect());
            self.told += 1;
        }
    }
}

/// The state that a subscriber builds.
#[derive(Default)]
struct Belief {
    objects: BTreeMap<String, Arc<Unstructured>>,
    taken: Vec<Event<Unstructured>>,
    lost: u64,
    /// The places in `taken` before which a loss was reported.
    losses: Vec<usize>,
    synced: bool,
}

impl Belief {
    fn take(&mut self, buffer: &Buffer<Unstructured>) -> bool {
        let Poll::Ready(Some(notice)) = buffer.poll(&Context::from_waker(Waker::noop())) else {
            return false;
        };
        match notice {
            Notice::Synced => self.synced = true,
            Notice::Lost(lost) => {
                self.lost += lost;
                self.losses.push(self.taken.len());
            }
            Notice::Event(event) => self.taken.push(event),
        }
        true
    }

    /// As `DropOldest` asks for: at a loss the cache is read, then what follows is taken in.
    fn recover(&mut self, store: &Store<Unstructured>) {
        let losses = std::mem::take(&mut self.losses);
        let taken = std::mem::take(&mut self.taken);
        for (place, event) in taken.into_iter().map(Some).chain([None]).enumerate() {
            if losses.contains(&place) {
                self.objects = present(store);
            }
            if let Some(event) = event {
                self.apply(&event.delta);
            }
        }
    }

    fn apply(&mut self, delta: &Delta<Unstructured>) {
        let object = Arc::clone(delta.object());
        let name = object.name().to_owned();
        match delta.is_deleted() {
            true => self.objects.remove(&name),
            false => self.objects.insert(name, object),
        };
    }

    /// Rule P2: each delta fits what came before, and a resync says what is known.
    fn replay(&mut self) {
        for event in std::mem::take(&mut self.taken) {
            let name = event.delta.object().name().to_owned();
            let before = self.objects.get(&name);
            match &event.delta {
                Delta::Added(_) => assert!(before.is_none(), "{name} is added twice"),
                Delta::Updated { old, new } => {
                    assert!(Arc::ptr_eq(old, before.unwrap()), "another old {name}");
                    assert_eq!(old.uid(), new.uid());
                    assert_eq!(Arc::ptr_eq(old, new), event.origin == Origin::Resync);
                }
                Delta::Deleted { .. } => assert!(before.is_some(), "{name} was not there"),
            }
            self.apply(&event.delta);
        }
    }
}

fn present(store: &Store<Unstructured>) -> BTreeMap<String, Arc<Unstructured>> {
    let objects = store.list().into_iter();
    objects
        .map(|object| (object.name().to_owned(), object))
        .collect()
}

/// Plays a script to one subscriber, who joins after `before` of it, and takes everything
/// at the end.
fn play(
    policy: BufferPolicy,
    script: &[Act],
    before: usize,
    mut check: impl FnMut(&Cache, &Buffer<Unstructured>, &mut Belief),
) -> (Cache, Belief) {
    let mut cache = Cache::new();
    let mut belief = Belief::default();
    let mut buffer = None;
    for (step, act) in script.iter().enumerate() {
        if step >= before && buffer.is_none() {
            buffer = Some(cache.fanout.subscribe(&cache.store, policy));
            cache.told = cache.store.len();
        }
        match (act, &buffer) {
            (Act::Put(name), _) => cache.put(NAMES[*name]),
            (Act::Delete(name), _) => cache.delete(NAMES[*name]),
            (Act::Synced, _) => cache.fanout.publish_snapshot(Vec::new),
            (Act::Resync, Some(buffer)) => cache.fanout.resync(&cache.store, buffer),
            (Act::Take(most), Some(buffer)) => {
                (0..*most).take_while(|_| belief.take(buffer)).count();
            }
            (Act::Resync | Act::Take(_), None) => {}
        }
        if let Some(buffer) = &buffer {
            check(&cache, buffer, &mut belief);
        }
    }
    cache.fanout.publish_snapshot(Vec::new);
    let buffer = buffer.unwrap_or_else(|| {
        cache.told = cache.store.len();
        cache.fanout.subscribe(&cache.store, policy)
    });
    while belief.take(&buffer) {
        check(&cache, &buffer, &mut belief);
    }
    assert!(belief.synced && buffer.has_synced());
    (cache, belief)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_unbounded_buffer_delivers_everything(script in acts(), before in 0..30_usize) {
        // Rules I2, I3, Q4, Q9
        let mut changes = 0;
        let (cache, mut belief) = play(BufferPolicy::Unbounded, &script, before, |_, _, belief| {
            let new = belief.taken.iter().filter(|event| event.origin != Origin::Resync);
            changes += new.count();
            belief.replay();
        });
        belief.replay();
        prop_assert_eq!(changes, cache.told);
        prop_assert_eq!(belief.objects, present(&cache.store));
        prop_assert_eq!(belief.lost, 0);
    }

    #[test]
    fn a_coalescing_buffer_delivers_the_difference(script in acts(), before in 0..30_usize) {
        // Rules P2, Q1, Q9, and what waits is bounded by what is there
        let (cache, mut belief) = play(BufferPolicy::Coalesce, &script, before, |_, buffer, belief| {
            belief.replay();
            assert!(buffer.depth() <= 2 * NAMES.len());
        });
        belief.replay();
        prop_assert_eq!(belief.objects, present(&cache.store));
        prop_assert_eq!(belief.lost, 0);
    }

    #[test]
    fn dropping_the_oldest_is_counted(script in acts(), before in 0..30_usize) {
        let (cache, belief) = play(BufferPolicy::DropOldest(MOST), &script, before, |_, buffer, _| {
            let pending = buffer.lock();
            let changes = pending.queue.len() - pending.queue.initial() - pending.queue.resyncs();
            assert!(changes <= MOST);
        });
        let told = belief.taken.iter().filter(|event| event.origin != Origin::Resync);
        prop_assert_eq!(told.count() as u64 + belief.lost, cache.told as u64);
        // Rule P1: of each key in order, and the end is the present.
        let mut last = BTreeMap::new();
        for event in &belief.taken {
            let object = event.delta.object();
            let version: u64 = object.resource_version().unwrap().parse().unwrap();
            let before = last.insert(object.name().to_owned(), version);
            prop_assert!(before.is_none_or(|before| before <= version));
        }
    }

    #[test]
    fn reading_the_cache_at_each_loss_catches_up(script in acts(), before in 0..30_usize) {
        // Rule Q9: nothing that comes after a loss is older than the cache that was read for it.
        let policy = BufferPolicy::DropOldest(MOST);
        let (cache, mut belief) = play(policy, &script, before, |cache, _, belief| {
            belief.recover(&cache.store);
        });
        belief.recover(&cache.store);
        prop_assert_eq!(belief.objects, present(&cache.store));
    }
}

fn added(event: &Event<Unstructured>) -> bool {
    matches!(event.delta, Delta::Added(_)) && event.origin == Origin::Initial
}

#[test]
fn the_initial_list_is_marked_and_its_end_is_delivered_once() {
    // Rules I7, I10, Q8: an early subscriber gets the first snapshot, a late one the present state.
    for policy in [
        BufferPolicy::Unbounded,
        BufferPolicy::Coalesce,
        BufferPolicy::DropOldest(1),
    ] {
        let mut cache = Cache::new();
        let early = cache.fanout.subscribe(&cache.store, policy);
        let objects = ["a", "b"].map(|name| cache.object(name));
        cache.fanout.publish_snapshot(|| {
            let deltas = objects
                .into_iter()
                .filter_map(|object| cache.store.put(object));
            deltas.collect()
        });
        let late = cache.fanout.subscribe(&cache.store, policy);
        cache.put("c");
        for buffer in [early, late] {
            let mut belief = Belief::default();
            assert!(!buffer.has_synced());
            assert!(belief.take(&buffer) && belief.take(&buffer));
            assert!(belief.taken.iter().all(added) && !belief.synced);
            assert!(belief.take(&buffer) && belief.synced, "the end of the list");
            assert!(belief.take(&buffer));
            assert_eq!(belief.taken[2].origin, Origin::Change);
            assert!(!belief.take(&buffer));
        }
    }
}

#[test]
fn an_empty_list_ends_too() {
    // Rule I10
    let cache = Cache::new();
    let buffer = cache
        .fanout
        .subscribe(&cache.store, BufferPolicy::Unbounded);
    let mut belief = Belief::default();
    assert!(!belief.take(&buffer) && !buffer.has_synced());
    cache.fanout.publish_snapshot(Vec::new);
    assert!(buffer.has_synced() && belief.take(&buffer) && belief.synced);
}

#[test]
fn a_loss_is_reported_before_the_next_event() {
    let mut cache = Cache::new();
    cache.put("a");
    cache.fanout.publish_snapshot(Vec::new);
    let buffer = cache
        .fanout
        .subscribe(&cache.store, BufferPolicy::DropOldest(2));
    ["b", "c", "d", "b", "c"]
        .iter()
        .for_each(|name| cache.put(name));
    let mut belief = Belief::default();
    assert!(belief.take(&buffer) && belief.take(&buffer));
    assert!(belief.synced && belief.lost == 0 && belief.taken.iter().all(added));
    assert!(belief.take(&buffer));
    assert_eq!((belief.lost, buffer.depth(), buffer.lost()), (3, 2, 3));
}

#[test]
fn a_slow_subscriber_does_not_pile_up_resyncs() {
    let mut cache = Cache::new();
    cache.put("a");
    cache.put("b");
    for policy in [
        BufferPolicy::Unbounded,
        BufferPolicy::Coalesce,
        BufferPolicy::DropOldest(1),
    ] {
        let buffer = cache.fanout.subscribe(&cache.store, policy);
        let mut belief = Belief::default();
        while belief.take(&buffer) {}
        for _ in 0..3 {
            cache.fanout.resync(&cache.store, &buffer);
            assert_eq!(buffer.depth(), 2);
        }
    }
}

#[test]
fn keys_that_come_and_go_unseen_cost_nothing() {
    let mut cache = Cache::new();
    let buffer = cache.fanout.subscribe(&cache.store, BufferPolicy::Coalesce);
    for _ in 0..100 {
        cache.put("a");
        cache.delete("a");
    }
    assert_eq!(buffer.depth(), 0);
}

#[test]
fn dropped_subscribers_are_forgotten_even_without_changes() {
    let cache = Cache::new();
    for _ in 0..1000 {
        drop(
            cache
                .fanout
                .subscribe(&cache.store, BufferPolicy::Unbounded),
        );
    }
    assert!(cache.fanout.listeners() < 10);
}

#[test]
fn a_stream_counts_a_loss_where_it_lies() {
    // A cache that is read before would be overwritten by the initial list, which is older.
    let mut cache = Cache::new();
    let objects = ["a", "b"].map(|name| cache.object(name));
    cache.fanout.publish_snapshot(|| {
        let deltas = objects
            .into_iter()
            .filter_map(|object| cache.store.put(object));
        deltas.collect()
    });
    let policy = BufferPolicy::DropOldest(1);
    let mut deltas = Deltas::new(&cache.fanout, &cache.store, policy, None);
    cache.put("a");
    cache.put("a");
    let mut lost = || {
        deltas.next().now_or_never().flatten().unwrap();
        deltas.lost()
    };
    assert_eq!([lost(), lost(), lost()], [0, 0, 1]);
}

/// One thread changes the cache as fast as it can, others sleep whenever there is nothing to
/// take: a wake-up that is lost would let one sleep for ever.
#[test]
fn waiters_wake_for_every_change_and_for_the_end() {
    const CHANGES: usize = 20;
    let policies = [
        BufferPolicy::Unbounded,
        BufferPolicy::Coalesce,
        BufferPolicy::DropOldest(MOST),
    ];
    for round in 0..300 {
        let mut cache = Cache::new();
        let (told, taken) = mpsc::channel();
        let takers = policies.map(|policy| {
            let mut deltas = Deltas::new(&cache.fanout, &cache.store, policy, None);
            let told = told.clone();
            thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build();
                runtime.unwrap().block_on(async {
                    let mut count = 0;
                    while deltas.next().await.is_some() {
                        count += 1;
                    }
                    let _ = told.send((policy, count, deltas.lost()));
                });
            })
        });
        for change in 0..CHANGES {
            if change == round % CHANGES {
                cache.fanout.publish_snapshot(Vec::new);
            }
            cache.put("a");
            if (change + round) % 3 == 0 {
                thread::yield_now();
            }
        }
        cache.fanout.close();
        for _ in takers {
            let ended = taken.recv_timeout(Duration::from_secs(20));
            let (policy, count, lost) = ended.expect("somebody sleeps still");
            let told = count + lost as usize;
            match policy {
                BufferPolicy::Coalesce => assert!((1..=CHANGES).contains(&told)),
                _ => assert_eq!(told, CHANGES, "{policy:?}"),
            }
        }
    }
}

/// Counts how often it rings.
#[derive(Default)]
struct Alarm(AtomicUsize);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn an_unbounded_buffer_wakes_once_for_several_changes_and_a_dropping_one_for_each() {
    let mut cache = Cache::new();
    cache.fanout.publish_snapshot(Vec::new);
    let mut asleep = [BufferPolicy::Unbounded, BufferPolicy::DropOldest(MOST)].map(|policy| {
        let buffer = cache.fanout.subscribe(&cache.store, policy);
        let alarm = Arc::<Alarm>::default();
        let waker = Waker::from(Arc::clone(&alarm));
        while buffer.poll(&Context::from_waker(&waker)).is_ready() {}
        move || {
            let _ = &buffer;
            alarm.0.load(Ordering::Relaxed) > 0
        }
    });
    cache.put("a");
    let [keeps, drops] = &mut asleep;
    assert!(drops(), "what it does not take now it may lose");
    assert!(!keeps(), "to wake it costs more than the change");
    let more = (0..1000).find(|_| {
        cache.put("a");
        keeps()
    });
    assert!(more.is_some(), "changes that never pause hold off nobody");
}
