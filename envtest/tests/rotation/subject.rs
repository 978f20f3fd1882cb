//! A client at work: an informer, a watch and requests, one after the other without a pause.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures::StreamExt;
use kubewright::cache::{InformerName, SharedInformer};
use kubewright::{Api, Client, ListOptions, Selector, Unstructured, WatchEvent};
use serde_json::json;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::task::JoinHandle;

use super::PATIENCE;

const PAUSE: Duration = Duration::from_millis(20);

pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) client: Client,
    informer: SharedInformer<Unstructured>,
    errors: tokio::sync::broadcast::Receiver<kubewright::Error>,
    tally: Arc<Tally>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Tally {
    is_over: AtomicBool,
    requests: AtomicUsize,
    failed: Mutex<Vec<String>>,
    watches: AtomicUsize,
    seen: Mutex<BTreeSet<String>>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) requests: usize,
    pub(crate) failed: Vec<String>,
    pub(crate) watches: usize,
    pub(crate) missed_by_watch: usize,
    pub(crate) missed_by_informer: usize,
    pub(crate) errors_of_informer: Vec<String>,
}

fn config_maps(client: &Client, namespace: &str) -> Api<Unstructured> {
    client
        .resource(&"v1/configmaps".parse().unwrap())
        .namespace(namespace)
}

impl Subject {
    pub(crate) async fn start(name: &str, client: Client, admin: &Client) -> Self {
        let namespace =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        let namespace: Unstructured = serde_json::from_value(namespace).unwrap();
        let namespaces = admin.resource(&"v1/namespaces".parse().unwrap());
        namespaces.create(&namespace).await.unwrap();
        let api = config_maps(&client, name);
        let informer = SharedInformer::builder(api.clone())
            .name(&InformerName::new(name).unwrap())
            .build();
        let errors = informer.errors();
        informer.start();
        informer.synced_within(PATIENCE).await.unwrap();
        let tally = Arc::new(Tally::default());
        let begun = api.list(&ListOptions::new()).await.unwrap();
        let version = begun.metadata.resource_version.clone().unwrap_or_default();
        let tasks = vec![
            tokio::spawn(watch(api.clone(), version, Arc::clone(&tally))),
            tokio::spawn(request(api, Arc::clone(&tally))),
        ];
        Subject {
            name: name.to_owned(),
            client,
            informer,
            errors,
            tally,
            tasks,
        }
    }

    /// How often the watch has been opened.
    pub(crate) fn watches(&self) -> usize {
        self.tally.watches.load(Ordering::SeqCst)
    }

    /// Waits until the watch has been opened more often.
    pub(crate) async fn has_moved(&self, before: usize) {
        let begun = Instant::now();
        while self.watches() <= before {
            let name = &self.name;
            assert!(begun.elapsed() < PATIENCE, "{name} stays where it was");
            tokio::time::sleep(PAUSE).await;
        }
    }

    pub(crate) async fn end(mut self, admin: &Client) -> Report {
        self.tally.is_over.store(true, Ordering::SeqCst);
        let requests = self.tasks.pop().unwrap();
        requests.await.unwrap();
        let there = config_maps(admin, &self.name)
            .list(&ListOptions::new())
            .await
            .unwrap();
        let there: BTreeSet<_> = there.items.iter().map(|it| it.name().to_owned()).collect();
        let begun = Instant::now();
        while (self.missed(&there) != (0, 0)) && begun.elapsed() < PATIENCE {
            tokio::time::sleep(PAUSE).await;
        }
        let (missed_by_watch, missed_by_informer) = self.missed(&there);
        for task in &self.tasks {
            task.abort();
        }
        let mut errors_of_informer = Vec::new();
        loop {
            match self.errors.try_recv() {
                Ok(error) => errors_of_informer.push(format!("{error:#}")),
                Err(TryRecvError::Lagged(_)) => {}
                Err(_) => break,
            }
        }
        Report {
            requests: self.tally.requests.load(Ordering::SeqCst),
            failed: self.tally.failed.lock().unwrap().clone(),
            watches: self.watches(),
            missed_by_watch,
            missed_by_informer,
            errors_of_informer,
        }
    }

    fn missed(&self, there: &BTreeSet<String>) -> (usize, usize) {
        let seen = self.tally.seen.lock().unwrap();
        let lister = self.informer.lister();
        let cached: BTreeSet<_> = lister
            .list(&Selector::default())
            .iter()
            .map(|it| it.name().to_owned())
            .collect();
        (
            there.difference(&seen).count(),
            there.difference(&cached).count(),
        )
    }
}

/// Follows a collection as a program without an informer does: from where the last watch ended.
async fn watch(api: Api<Unstructured>, mut version: String, tally: Arc<Tally>) {
    loop {
        let options = ListOptions::new().resource_version(version.clone());
        tally.watches.fetch_add(1, Ordering::SeqCst);
        let mut events = match api.watch(&options).await {
            Ok(events) => events,
            Err(error) => {
                tally
                    .failed
                    .lock()
                    .unwrap()
                    .push(format!("watch: {error:#}"));
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        while let Some(event) = events.next().await {
            match event {
                Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => {
                    version = object.resource_version().unwrap_or_default().to_owned();
                    tally.seen.lock().unwrap().insert(object.name().to_owned());
                }
                Ok(_) => {}
                Err(error) => tally
                    .failed
                    .lock()
                    .unwrap()
                    .push(format!("event: {error:#}")),
            }
        }
    }
}

async fn request(api: Api<Unstructured>, tally: Arc<Tally>) {
    for number in 0.. {
        if tally.is_over.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("c{number}");
        let object = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}});
        let object: Unstructured = serde_json::from_value(object).unwrap();
        let created = api.create(&object).await.map(drop);
        let read = match created {
            Ok(()) => api.get(&name).await.map(drop),
            Err(error) => Err(error),
        };
        tally.requests.fetch_add(2, Ordering::SeqCst);
        if let Err(error) = read {
            tally.failed.lock().unwrap().push(format!("{error:#}"));
        }
        tokio::time::sleep(PAUSE).await;
    }
}
