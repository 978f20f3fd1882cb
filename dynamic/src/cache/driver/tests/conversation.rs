//! Random conversations between a cache and the model of a server, on a clock that jumps.
//!
//! One seed is one conversation, to the last byte: nothing in it depends on threads, sockets or
//! the time of day. One that fails is printed as it went. `KUBEWRIGHT_SEEDS=50000` holds more
//! of them, `KUBEWRIGHT_SEED=17` that one alone.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use tokio::time::sleep;

use super::collection::Collection;
use super::model::State;
use super::random::Random;
use super::replay::{Replay, state};
use super::server::{Informer, Server, follow, until};
use crate::cache::BufferPolicy;
use crate::model::partial::PartialObjectMetadata;

const SEEDS: u64 = 500;
const STEPS: u64 = 30;

#[test]
fn whatever_is_said_the_cache_comes_out_equal() {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse::<u64>().unwrap())
    };
    let seeds = match number("KUBEWRIGHT_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("KUBEWRIGHT_SEEDS").unwrap_or(SEEDS),
    };
    for seed in seeds {
        hold(seed);
    }
}

#[test]
fn a_seed_is_one_conversation() {
    for seed in 0..20 {
        let (one, again) = (hold(seed), hold(seed));
        let mut both = one.lines().zip(again.lines());
        let different = both.find(|(one, again)| one != again);
        assert_eq!(different, None, "KUBEWRIGHT_SEED={seed}");
        assert_eq!(one.len(), again.len());
    }
}

/// Holds the conversation of a seed, and returns its record.
fn hold(seed: u64) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let server = runtime.block_on(async { server(seed) });
    let held = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async { Conversation::new(seed, &server).hold().await });
    }));
    let record = server.record();
    if let Err(panic) = held {
        eprintln!("{record}\nKUBEWRIGHT_SEED={seed} fails after this");
        resume_unwind(panic);
    }
    record
}

fn server(seed: u64) -> Server {
    let mut random = Random::new(!seed);
    let state = State {
        page: random.one_of(&[None, Some(1), Some(2)]),
        late_expiry: random.below(2) == 0,
        ..State::default()
    };
    Server::in_pieces(random.one_of(&[7, 100, usize::MAX]), state)
}

struct Conversation {
    random: Random,
    server: Server,
    informer: Informer,
    replays: Vec<Replay<PartialObjectMetadata>>,
}

impl Conversation {
    fn new(seed: u64, server: &Server) -> Self {
        let (informer, first) = follow(server);
        Conversation {
            random: Random::new(seed),
            server: server.clone(),
            informer,
            replays: vec![first],
        }
    }

    async fn hold(mut self) {
        for _ in 0..STEPS {
            self.step().await;
        }
        self.end().await;
    }

    async fn step(&mut self) {
        let name = self.random.one_of(&["a", "b", "c", "d", "e"]);
        match self.random.below(16) {
            0..4 => self.write(&format!("put {name}"), |all| all.put(name)),
            4 => self.write(&format!("delete {name}"), |all| all.delete(name)),
            5 => self.write(&format!("replace {name}"), |all| {
                all.delete(name);
                all.put(name);
            }),
            6 => self.write("forget the past", |all| {
                all.pass();
                all.compact();
            }),
            7 => {
                self.server.note("the server: a bookmark");
                self.server.bookmark();
            }
            8 => {
                let last = self.random.last_word();
                self.server.note(format_args!("the server: cut, `{last}`"));
                self.server.cut(&last);
            }
            9 | 10 => {
                let fault = self.random.fault();
                self.server.note(format_args!("to come: {fault:?}"));
                self.server.state().faults.push(fault);
            }
            11 => self.join(),
            12 => self.leave_or_drain(),
            13 => tokio::task::yield_now().await,
            14 => sleep(Duration::from_millis(self.random.below(2000))).await,
            _ => sleep(Duration::from_secs(self.random.below(400))).await,
        }
    }

    fn write(&mut self, what: &str, change: impl FnOnce(&mut Collection)) {
        self.server.note(format_args!("the server: {what}"));
        self.server.write(change);
    }

    fn join(&mut self) {
        let policy = self.random.one_of(&[
            BufferPolicy::Unbounded,
            BufferPolicy::Coalesce,
            BufferPolicy::DropOldest(2),
        ]);
        let deltas = self.informer.subscribe_with(policy);
        self.replays.push(Replay::new(deltas));
    }

    /// Somebody leaves, or takes what waits; who is never chosen is slow.
    fn leave_or_drain(&mut self) {
        let count = self.replays.len() as u64;
        let place = self.random.below(count) as usize;
        if count > 1 && self.random.below(4) == 0 {
            self.replays.swap_remove(place);
        } else {
            self.drain(place);
        }
    }

    fn drain(&mut self, place: usize) {
        let replay = &mut self.replays[place];
        let known = replay.told.len();
        replay.drain();
        let told = replay.told[known..].join(" ");
        self.server.note(format_args!("told {place}: {told}"));
    }

    /// Everybody must come to see what the server has (rules P1, P2, P5).
    async fn end(mut self) {
        self.server.state().faults.clear();
        // A beginning that waits for a change goes on.
        self.write("the end", Collection::pass);
        let (server, informer) = (self.server.clone(), self.informer.clone());
        until("the cache as the server", || {
            informer.has_synced() && states(&informer) == server.states()
        })
        .await;
        self.replays.push(Replay::new(informer.subscribe()));
        for place in 0..self.replays.len() {
            self.drain(place);
            let replay = &self.replays[place];
            if replay.lost() == 0 {
                assert_eq!(replay.states_now(), server.states());
            }
            let mut states = replay.states.iter();
            let unknown = states.find(|state| !server.state().collection.knows(state));
            assert_eq!(unknown, None, "no such state ever was");
        }
        let requests = server.state().requests.clone();
        let versions = requests.iter().filter_map(|request| {
            request
                .trim_start_matches("~ ")
                .split(' ')
                .nth(1)?
                .parse()
                .ok()
        });
        let versions: Vec<u64> = versions.filter(|version| *version > 0).collect();
        assert!(versions.is_sorted(), "a version older than one before");
    }
}

fn states(informer: &Informer) -> Vec<String> {
    let all = informer.store().list();
    let mut states: Vec<_> = all.iter().map(|object| state(&**object)).collect();
    states.sort();
    states
}
