//! Subscribers that join while the cache changes: no gap and no repeat (rule I2).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kubewright::Unstructured;
use kubewright::cache::SharedInformer;

use super::replay::Replay;
use super::server::{Server, State, until};

const OBJECTS: usize = 50;
const WRITES: usize = 1500;

/// Ends loops on other threads with the test, also where it fails: a runtime waits for them.
#[derive(Clone, Default)]
struct Done(Arc<AtomicBool>);

impl Done {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

struct AtTheEnd(Done);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn late_subscribers_miss_nothing_and_get_nothing_twice() {
    let server = Server::new(State::default());
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    let done = Done::default();
    let _end = AtTheEnd(done.clone());
    let joining = {
        let informer = informer.clone();
        tokio::task::spawn_blocking(move || {
            let last = format!("o{}", OBJECTS - 1);
            let mut replays = Vec::new();
            let mut version = String::new();
            // One joins at each change, until the writes are over, as the cache shows them.
            while informer.store().find("prod", &last).is_none() && !done.is_set() {
                let now = informer.store().resource_version();
                if now != version {
                    version = now;
                    replays.push(Replay::new(informer.subscribe()));
                }
                std::thread::yield_now();
            }
            replays
        })
    };
    for write in 0..WRITES {
        server.write(|collection| collection.put(&format!("o{}", write % (OBJECTS - 1))));
        tokio::task::yield_now().await;
    }
    server.write(|collection| collection.put(&format!("o{}", OBJECTS - 1)));
    let mut replays = joining.await.unwrap();
    until("the last object", || informer.store().len() == OBJECTS).await;
    assert!(!replays.is_empty());
    let mut expected = server.states();
    expected.sort();
    for replay in &mut replays {
        replay.drain();
        let mut states = replay.states_now();
        states.sort();
        assert_eq!(states, expected);
    }
}

/// A loop that subscribes and one that reads everything, against the only writer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_in_a_tight_loop_does_not_block_the_cache() {
    let server = Server::new(State::default());
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    let done = Done::default();
    let end = AtTheEnd(done.clone());
    let endlessly = |act: fn(&SharedInformer<Unstructured>)| {
        let (informer, done) = (informer.clone(), done.clone());
        tokio::task::spawn_blocking(move || {
            let mut times = 0_u64;
            while !done.is_set() {
                act(&informer);
                times += 1;
            }
            times
        })
    };
    let loops = [
        endlessly(|informer| drop(informer.subscribe())),
        endlessly(|informer| drop(informer.store().list())),
    ];
    for write in 0..WRITES {
        server.write(|collection| collection.put(&format!("o{}", write % OBJECTS)));
    }
    let last = WRITES.to_string();
    until("the last write", || {
        informer.store().resource_version() == last
    })
    .await;
    drop(end);
    for endless in loops {
        assert!(endless.await.unwrap() > 0);
    }
}
