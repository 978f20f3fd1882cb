//! Many threads at once: no key at two workers, no change unseen (rule P4).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures::StreamExt;
use kubewright::workqueue::{AddOptions, ExponentialBackoff};
use tokio::task::JoinSet;

use super::*;

const KEYS: usize = 20;
const CHANGES: usize = 3_000;
const ROUNDS: usize = 2_000;

/// An object in miniature: what it is, what a worker saw last, and whether one is at it.
#[derive(Default)]
struct Object {
    version: AtomicU64,
    seen: AtomicU64,
    busy: AtomicBool,
}

impl Object {
    async fn reconcile(&self) {
        let alone = !self.busy.swap(true, Ordering::SeqCst);
        assert!(alone, "two workers at one key");
        let version = self.version.load(Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.seen.store(version, Ordering::SeqCst);
        self.busy.store(false, Ordering::SeqCst);
    }

    fn is_settled(&self) -> bool {
        self.version.load(Ordering::SeqCst) == self.seen.load(Ordering::SeqCst)
    }
}

fn objects() -> Arc<Vec<Object>> {
    Arc::new((0..KEYS).map(|_| Object::default()).collect())
}

/// Changes objects one after the other and says so in several ways.
async fn produce(queue: WorkQueue<usize>, objects: Arc<Vec<Object>>, seed: usize) {
    for step in 0..CHANGES {
        let key = (step * 7 + seed) % KEYS;
        objects[key].version.fetch_add(1, Ordering::SeqCst);
        let added = match (step + seed) % 5 {
            0 => queue.add_after(key, ms(1)),
            1 => queue.add_with(key, AddOptions::new().priority(-1)),
            2 => queue.add_rate_limited(key),
            _ => queue.add(key),
        };
        assert!(added);
        if step % 16 == 0 {
            tokio::task::yield_now().await;
        }
    }
}

fn queue() -> WorkQueue<usize> {
    let backoff = ExponentialBackoff::new(Duration::from_micros(10), ms(1));
    WorkQueue::builder().rate_limiter(backoff).build()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_change_is_seen_by_one_worker_at_a_time() {
    let (queue, objects) = (queue(), objects());
    let mut workers = JoinSet::new();
    for number in 0..8 {
        let (queue, objects) = (queue.clone(), Arc::clone(&objects));
        workers.spawn(async move {
            let mut turns = 0_u32;
            loop {
                // Some give up waiting again and again, and lose nothing by it.
                let patience = tokio::time::timeout(ms(1 + number), queue.get());
                let Ok(next) = patience.await else { continue };
                let Some(item) = next else { return };
                objects[*item].reconcile().await;
                turns += 1;
                if turns.is_multiple_of(10) {
                    item.retry();
                }
            }
        });
    }
    let mut producers = JoinSet::new();
    for seed in 0..4 {
        producers.spawn(produce(queue.clone(), Arc::clone(&objects), seed));
    }
    producers.join_all().await;
    for key in queue.shut_down_with_drain().await {
        objects[key].reconcile().await;
    }
    workers.join_all().await;
    assert!(objects.iter().all(Object::is_settled));
    assert_eq!(queue.stats(), Default::default());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_ends_when_the_last_producer_has_gone() {
    let (queue, objects) = (queue(), objects());
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        let (items, objects) = (queue.items(), Arc::clone(&objects));
        let work = items.for_each_concurrent(4, move |item| {
            let objects = Arc::clone(&objects);
            async move { objects[*item].reconcile().await }
        });
        workers.spawn(work);
    }
    let mut producers = JoinSet::new();
    for seed in 0..4 {
        let (queue, objects) = (queue.clone(), Arc::clone(&objects));
        producers.spawn(async move {
            produce(queue.clone(), objects, seed).await;
            // What is delayed ends with the queue: every key is added once more.
            (0..KEYS).for_each(|key| assert!(queue.add(key)));
        });
    }
    drop(queue);
    producers.join_all().await;
    workers.join_all().await;
    assert!(objects.iter().all(Object::is_settled));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_getters_as_items_all_get_one() {
    for round in 0..ROUNDS {
        let queue = WorkQueue::new();
        let start = Arc::new(tokio::sync::Barrier::new(8));
        let mut tasks = JoinSet::new();
        for key in 0..4 {
            let (getter, at_start) = (queue.get(), Arc::clone(&start));
            tasks.spawn(async move {
                at_start.wait().await;
                assert!(getter.await.is_some());
            });
            let (queue, at_start) = (queue.clone(), Arc::clone(&start));
            tasks.spawn(async move {
                at_start.wait().await;
                queue.add(key);
            });
        }
        let all = tokio::time::timeout(secs(30), tasks.join_all());
        assert!(all.await.is_ok(), "a getter sleeps in round {round}");
    }
}
