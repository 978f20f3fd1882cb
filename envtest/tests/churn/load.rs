//! The writers: several at once, each with its own keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use fastrand::Rng;
use futures::StreamExt;
use kubewright::{Api, Patch, Unstructured};
use serde_json::json;
use tokio::task::JoinSet;

const WRITERS: usize = 8;
/// Requests under way at once while the objects are made.
const AT_ONCE: usize = 32;

/// Writers at work; [`Load::end`] makes them stop.
pub(crate) struct Load {
    writers: JoinSet<()>,
    over: Arc<AtomicBool>,
    writes: Arc<AtomicU64>,
}

/// Makes the objects that are there before anybody looks.
pub(crate) async fn create(api: &Api<Unstructured>, objects: usize) {
    let create = |index| async move { api.create(&object(index, 0)).await.map(drop).unwrap() };
    futures::stream::iter(0..objects)
        .map(create)
        .buffer_unordered(AT_ONCE)
        .collect::<()>()
        .await;
}

impl Load {
    pub(crate) fn start(api: &Api<Unstructured>, objects: usize, seed: u64) -> Self {
        let (over, writes) = (Arc::<AtomicBool>::default(), Arc::<AtomicU64>::default());
        let mut writers = JoinSet::new();
        for number in 0..WRITERS {
            let writer = Writer {
                api: api.clone(),
                random: Rng::with_seed(seed.wrapping_add(number as u64)),
                // No two writers share a key, so each knows what is there.
                present: (0..objects)
                    .filter(|index| index % WRITERS == number)
                    .map(|index| (index, true))
                    .collect(),
                writes: Arc::clone(&writes),
            };
            writers.spawn(writer.run(Arc::clone(&over)));
        }
        Load {
            writers,
            over,
            writes,
        }
    }

    /// How many changes were made so far.
    pub(crate) fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    /// Waits until so many more changes are made.
    pub(crate) async fn goes_on(&self, writes: u64) {
        let target = self.writes() + writes;
        while self.writes() < target {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Waits until the writers have stopped; how many changes they made.
    pub(crate) async fn end(mut self) -> u64 {
        self.over.store(true, Ordering::Relaxed);
        while let Some(ended) = self.writers.join_next().await {
            ended.unwrap();
        }
        self.writes()
    }
}

struct Writer {
    api: Api<Unstructured>,
    random: Rng,
    present: Vec<(usize, bool)>,
    writes: Arc<AtomicU64>,
}

impl Writer {
    async fn run(mut self, over: Arc<AtomicBool>) {
        while !over.load(Ordering::Relaxed) {
            let place = self.random.usize(..self.present.len());
            self.write(place).await;
            self.writes.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What is gone comes back; what is there changes, or goes one time in four.
    async fn write(&mut self, place: usize) {
        let (index, is_present) = self.present[place];
        let turn = self.random.u32(1..);
        if !is_present {
            self.api.create(&object(index, turn)).await.unwrap();
        } else if self.random.u8(..4) == 0 {
            self.api.delete(&name(index)).await.unwrap();
        } else {
            let change = json!({"metadata": {"labels": {"turn": turn.to_string()}}, "data": {"turn": turn.to_string()}});
            self.api
                .patch(&name(index), &Patch::merge(change))
                .await
                .unwrap();
            return;
        }
        self.present[place].1 = !is_present;
    }
}

fn name(index: usize) -> String {
    format!("settings-{index}")
}

fn object(index: usize, turn: u32) -> Unstructured {
    let object = json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {
            "name": name(index),
            "labels": {
                "app.kubernetes.io/name": format!("app-{}", index % 40),
                "app.kubernetes.io/part-of": format!("team-{}", index % 8),
                "app.kubernetes.io/managed-by": "churn",
                "turn": turn.to_string(),
            },
            "annotations": {"example.com/purpose": "an object among many"},
        },
        "data": {"turn": turn.to_string(), "config.yaml": "listen: :8080\nlevel: info\n"},
    });
    Unstructured::try_from(object).unwrap()
}
