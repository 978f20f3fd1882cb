//! The model: a random script of writes, faults and subscribers, after which every cache,
//! index and subscriber must equal the server (rules P1, P2, P3, P5).
//!
//! `KUBEWRIGHT_SEEDS=5000` runs more scripts, `KUBEWRIGHT_SEED=17` that one alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use kubewright::Unstructured;
use kubewright::cache::{
    BufferPolicy, Delta, HandlerOptions, Registration, SharedInformer, Transform,
};

use super::collection::Collection;
use super::random::Random;
use super::replay::{Replay, state};
use super::server::impatient;
use super::server::{Server, State, until};

const SEEDS: u64 = 300;
const AT_ONCE: usize = 16;
const STEPS: u64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_every_cache_comes_out_equal() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().unwrap())
    };
    let seeds = match number("KUBEWRIGHT_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("KUBEWRIGHT_SEEDS").unwrap_or(SEEDS),
    };
    let runs = stream::iter(seeds).map(|seed| async move {
        // A task of its own, so that a failure can be reported with its seed.
        let run = tokio::spawn(Run::new(seed).play()).await;
        assert!(run.is_ok(), "KUBEWRIGHT_SEED={seed} fails: see above");
    });
    runs.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

struct Run {
    is_cut: bool,
    is_marked: bool,
    random: Random,
    server: Server,
    informer: SharedInformer<Unstructured>,
    replays: Vec<Replay<Unstructured>>,
    handlers: Vec<Mirror>,
}

/// A handler that builds a copy of the cache from its calls.
struct Mirror {
    registration: Registration,
    states: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Mirror {
    fn of(informer: &SharedInformer<Unstructured>, policy: BufferPolicy) -> Self {
        let states = Arc::<Mutex<BTreeMap<String, String>>>::default();
        let inside = Arc::clone(&states);
        let handler = move |delta: &Delta<Unstructured>| {
            let object = delta.object();
            let (name, mut states) = (object.name().to_owned(), inside.lock().unwrap());
            match delta.is_deleted() {
                true => states.remove(&name),
                false => states.insert(name, state(&**object)),
            };
        };
        let options = HandlerOptions::new().buffer(policy);
        Mirror {
            registration: informer.add_event_handler_with(handler, options),
            states,
        }
    }

    async fn check(&self, server: &Server) {
        self.registration.synced().await.unwrap();
        let same = || {
            self.states
                .lock()
                .unwrap()
                .values()
                .eq(server.states().iter())
        };
        until("the handler's copy", same).await;
        assert_eq!(self.registration.panics(), 0);
    }
}

impl Run {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let state = State {
            page: random.one_of(&[None, Some(1), Some(2)]),
            late_expiry: random.below(2) == 0,
            ..State::default()
        };
        let server = Server::new(state);
        let builder = SharedInformer::builder(server.pods()).backoff(impatient());
        let (is_cut, is_marked) = (random.below(2) == 0, random.below(2) == 0);
        let informer = builder.transform(transform(is_cut, is_marked)).build();
        Run {
            is_cut,
            is_marked,
            random,
            server,
            informer,
            replays: Vec::new(),
            handlers: Vec::new(),
        }
    }

    async fn play(mut self) {
        let start = self.random.below(STEPS / 2);
        let index = self.random.below(STEPS);
        for step in 0..STEPS {
            if step == start {
                self.informer.start();
            }
            if step == index {
                self.informer.add_index("third", third).unwrap();
            }
            self.step().await;
        }
        self.check().await;
    }

    async fn step(&mut self) {
        let name = self.random.one_of(&["a", "b", "c", "d", "e", "f"]);
        match self.random.below(17) {
            0..5 => self.server.write(|collection| collection.put(name)),
            5..7 => self.server.write(|collection| collection.delete(name)),
            7 => self.server.write(|collection| {
                collection.delete(name);
                collection.put(name);
            }),
            8 => self.server.write(|collection| {
                collection.pass();
                collection.compact();
            }),
            9 => self.server.bookmark(),
            10 => self.server.cut(&self.random.last_word()),
            11 => {
                let fault = self.random.fault();
                self.server.state().faults.push(fault);
            }
            12 => {
                let policy = self.policy();
                let deltas = self.informer.subscribe_with(policy);
                self.replays.push(Replay::new(deltas));
            }
            13 => self.leave_or_drain(),
            14 => tokio::task::yield_now().await,
            15 => tokio::time::sleep(Duration::from_millis(self.random.below(4))).await,
            _ => self.handle(),
        }
    }

    fn policy(&mut self) -> BufferPolicy {
        self.random.one_of(&[
            BufferPolicy::Unbounded,
            BufferPolicy::Coalesce,
            BufferPolicy::DropOldest(2),
        ])
    }

    /// Adds a handler, and sometimes removes another one in the middle of its calls.
    fn handle(&mut self) {
        let policy = self
            .random
            .one_of(&[BufferPolicy::Unbounded, BufferPolicy::Coalesce]);
        self.handlers.push(Mirror::of(&self.informer, policy));
        if self.random.below(2) == 0 {
            let place = self.random.below(self.handlers.len() as u64) as usize;
            self.handlers.swap_remove(place);
        }
    }

    /// Somebody leaves, or takes what waits; who is never chosen is slow.
    fn leave_or_drain(&mut self) {
        if self.replays.is_empty() {
            return;
        }
        let place = self.random.below(self.replays.len() as u64) as usize;
        if self.random.below(4) == 0 {
            self.replays.swap_remove(place);
        } else {
            self.replays[place].drain();
        }
    }

    async fn check(mut self) {
        self.server.state().faults.clear();
        // A beginning that waits for a change goes on.
        self.server.write(Collection::pass);
        let (server, informer) = (self.server, self.informer);
        informer.synced().await.unwrap();
        until("the cache as the server", || {
            states(&informer) == server.states()
        })
        .await;
        // Rules P2, P1: also for a subscriber that comes now.
        self.replays.push(Replay::new(informer.subscribe()));
        for replay in &mut self.replays {
            replay.drain();
            if replay.lost() == 0 {
                assert_eq!(replay.states_now(), server.states());
            }
            let unknown = replay
                .states
                .iter()
                .find(|state| !server.state().collection.knows(state));
            assert_eq!(unknown, None, "no such state ever was");
        }
        for handler in &self.handlers {
            handler.check(&server).await;
        }
        check_index(&informer);
        for pod in informer.store().list() {
            assert_eq!(pod.to_json().contains("managedFields"), !self.is_cut);
            assert_eq!(
                pod.path::<u32>("/marks").unwrap(),
                self.is_marked.then_some(1)
            );
        }
        check_versions(&server.state().requests);
    }
}

/// Marks an object once more each time that it sees it (rule Q10).
fn transform(is_cut: bool, is_marked: bool) -> Transform<Unstructured> {
    let transform = Transform::new();
    let transform = match is_cut {
        true => transform.cut_managed_fields(),
        false => transform,
    };
    match is_marked {
        true => transform.change(|pod: &mut Unstructured| {
            let marks = pod.path::<u32>("/marks").unwrap().unwrap_or_default();
            pod.set_path("/marks", marks + 1).unwrap();
        }),
        false => transform,
    }
}

fn third(pod: &Unstructured) -> Vec<String> {
    pod.path("/metadata/labels/third")
        .unwrap()
        .into_iter()
        .collect()
}

/// Rule P3
fn check_index(informer: &SharedInformer<Unstructured>) {
    let mut found = 0;
    for value in informer.store().index_values("third").unwrap() {
        for pod in informer.store().by_index("third", &value).unwrap() {
            assert_eq!(third(&pod), [value.as_str()]);
            found += 1;
        }
    }
    assert_eq!(found, informer.store().len());
}

/// Rule P5: never older than one that was asked for before.
fn check_versions(requests: &[String]) {
    let versions = requests
        .iter()
        .filter_map(|request| request.split(' ').nth(1)?.parse().ok());
    let versions: Vec<u64> = versions.filter(|version| *version > 0).collect();
    assert!(versions.is_sorted(), "{requests:?}");
}

fn states(informer: &SharedInformer<Unstructured>) -> Vec<String> {
    let mut states: Vec<_> = informer
        .store()
        .list()
        .iter()
        .map(|pod| state(&**pod))
        .collect();
    states.sort();
    states
}
