//! The driver: does what the reflector says, and owns the socket and the clock.

use std::sync::Arc;

use futures::TryStreamExt;
use tokio::sync::watch;
use tokio::time::Instant;

use super::fanout::Fanout;
use super::informer::Errors;
use super::key::NamespacedName;
use super::reflector::{Fault, Input, Next, Reflector, Snapshot as SnapshotStep, Step};
use super::snapshot::Snapshot;
use super::store::Store;
use crate::api::Api;
use crate::error::{Error, Result};
use crate::object::Object;
use crate::rest::ListOptions;
use crate::verbs;
use crate::watch::{Watch, WatchEvent};

/// One collection, kept in a store until the task is dropped.
pub(super) struct Driver<K> {
    pub(super) api: Api<K>,
    pub(super) reflector: Reflector,
    pub(super) store: Store<K>,
    pub(super) fanout: Arc<Fanout<K>>,
    /// True once the first snapshot is in the store.
    pub(super) synced: watch::Sender<bool>,
    pub(super) errors: Arc<Errors>,
    pub(super) snapshot: Option<Snapshot<K>>,
    pub(super) snapshots: u32,
}

/// Where the next inputs come from.
enum Source<K> {
    None,
    Stream(Box<Watch<K>>),
}

impl<K: Object + verbs::List + verbs::Watch> Driver<K> {
    /// Runs for ever: ending it is dropping it.
    pub(super) async fn run(mut self) {
        let mut source = Source::None;
        let mut step = self.reflector.on(Input::Start, Instant::now());
        loop {
            self.snapshot_step(step.snapshot);
            step = match step.next {
                Next::Continue => self.follow(&mut source).await,
                Next::List(options) => {
                    source = Source::None;
                    self.list(&options).await
                }
                Next::Watch(options) => {
                    source = Source::None;
                    self.open(&options, &mut source).await
                }
                Next::Wait(wait) => {
                    source = Source::None;
                    tokio::time::sleep(wait).await;
                    self.on(Input::TimeOver)
                }
            };
        }
    }

    fn on(&mut self, input: Input<'_>) -> Step {
        self.reflector.on(input, Instant::now())
    }

    fn snapshot_step(&mut self, step: SnapshotStep) {
        match step {
            SnapshotStep::Keep => {}
            SnapshotStep::Begin => {
                self.snapshots = self.snapshots.checked_add(1).unwrap_or(1);
                self.snapshot = Some(Snapshot::new(self.snapshots));
            }
            SnapshotStep::Commit(version) => {
                if let Some(snapshot) = self.snapshot.take() {
                    self.fanout
                        .publish_snapshot(|| self.store.commit(snapshot, &version));
                }
                self.synced.send_replace(true);
            }
        }
    }

    /// Asks for one page and puts it into the snapshot. What of it cannot be read is told and
    /// left out, as it is from a stream: one odd object must not stall all others.
    async fn list(&mut self, options: &ListOptions) -> Step {
        match self.api.list(options).in_part().await {
            Ok((page, unreadable)) => {
                unreadable.into_iter().for_each(|error| self.tell(error));
                let next = page.continue_token().map(str::to_owned);
                let version = page.resource_version().unwrap_or_default().to_owned();
                if let Some(snapshot) = &mut self.snapshot {
                    page.into_iter()
                        .for_each(|object| snapshot.put(object, &self.store));
                }
                self.on(Input::Page {
                    resource_version: &version,
                    next: next.as_deref(),
                })
            }
            Err(error) => self.fail(error, Input::ListFailed),
        }
    }

    async fn open(&mut self, options: &ListOptions, source: &mut Source<K>) -> Step {
        match self.within_patience(self.api.watch(options)).await {
            Some(Ok(watch)) => {
                *source = Source::Stream(Box::new(watch));
                self.on(Input::WatchOpened)
            }
            Some(Err(error)) => self.fail(error, Input::WatchFailed),
            None => self.on(Input::TimeOver),
        }
    }

    /// Takes the next event of the open stream.
    async fn follow(&mut self, source: &mut Source<K>) -> Step {
        let Source::Stream(watch) = source else {
            // The reflector goes on with a stream only while there is one.
            return self.on(Input::StreamEnded);
        };
        match self.within_patience(watch.try_next()).await {
            Some(Ok(Some(event))) => self.take(event),
            Some(Ok(None)) => self.on(Input::StreamEnded),
            Some(Err(error)) if error.is_decode() && watch.is_open() => {
                self.tell(error);
                self.on(Input::Unreadable)
            }
            Some(Err(error)) => self.fail(error, Input::StreamFailed),
            None => self.on(Input::TimeOver),
        }
    }

    /// Puts an event where it belongs, then tells the reflector (F19).
    fn take(&mut self, event: WatchEvent<K>) -> Step {
        let version = match event {
            WatchEvent::Bookmark(bookmark) => {
                if self.snapshot.is_none() {
                    self.store.reach(&bookmark.resource_version);
                }
                let resource_version = &bookmark.resource_version;
                let initial_events_end = bookmark.initial_events_end;
                return self.on(Input::Bookmark {
                    resource_version,
                    initial_events_end,
                });
            }
            WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                let version = object.resource_version().map(str::to_owned);
                self.put(object);
                version
            }
            WatchEvent::Deleted(object) => {
                let version = object.resource_version().map(str::to_owned);
                self.remove(object);
                version
            }
        };
        self.on(Input::Changed {
            resource_version: version.as_deref(),
        })
    }

    fn put(&mut self, object: K) {
        match &mut self.snapshot {
            Some(snapshot) => snapshot.put(object, &self.store),
            None => self
                .fanout
                .publish(|| self.store.put(Arc::new(object)).into_iter().collect()),
        }
    }

    fn remove(&mut self, last: K) {
        match &mut self.snapshot {
            Some(snapshot) => snapshot.remove(&NamespacedName::of(&last), &self.store),
            None => self
                .fanout
                .publish(|| self.store.remove(Arc::new(last)).into_iter().collect()),
        }
    }

    fn fail(&mut self, error: Error, input: fn(Fault) -> Input<'static>) -> Step {
        let fault = Fault::from(&error);
        // A version that is too old is routine, and handled.
        if !fault.is_version_unavailable() {
            self.tell(error);
        }
        self.on(input(fault))
    }

    fn tell(&self, error: Error) {
        tracing::warn!(resource = %self.api.api_resource().group_resource(), %error, "an informer meets an error and goes on");
        self.errors.tell(error);
    }

    /// `None` when the reflector's patience ends first.
    async fn within_patience<T>(
        &self,
        work: impl IntoFuture<Output = Result<T>>,
    ) -> Option<Result<T>> {
        match self.reflector.deadline() {
            Some(deadline) => tokio::time::timeout_at(deadline, work).await.ok(),
            None => Some(work.await),
        }
    }
}
