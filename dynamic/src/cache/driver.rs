//! The driver: does what the reflector says, and owns the socket and the clock.

mod consistency;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::Instant;

pub(super) use self::consistency::is_asked_for as is_check_asked_for;
use super::errors::Errors;
use super::fanout::Fanout;
use super::handler::panic_message;
use super::key::StateRef;
use super::metered::Meter;
use super::patience::Patience;
use super::problem::{CacheProblem, Stream};
use super::reflector::{
    ErrorClass, Input, LIST_PATIENCE, Next, Reflector, Snapshot as SnapshotStep, Step,
};
use super::store::{Closing, Snapshot, Store};
use super::transform::Transform;
use crate::client::api::Api;
use crate::client::watch::{Bookmark, Change, Frame, Frames, read_object};
use crate::model::error::{Error, Result};
use crate::model::json::Checked;
use crate::model::list::Item;
use crate::model::meta::ListMeta;
use crate::model::object::Object;
use crate::model::verbs;
use crate::wire::rest::ListOptions;

/// One collection, kept in a store until the task is dropped.
pub(super) struct Driver<K> {
    pub(super) api: Api<K>,
    pub(super) reflector: Reflector,
    pub(super) store: Store<K>,
    pub(super) fanout: Arc<Fanout<K>>,
    /// True once the first snapshot is in the store.
    pub(super) synced: watch::Sender<bool>,
    pub(super) errors: Arc<Errors>,
    pub(super) transform: Transform<K>,
    pub(super) patience: Patience,
    pub(super) snapshot: Option<Snapshot<K>>,
    pub(super) snapshots: u32,
    pub(super) meter: Option<Meter>,
    /// Whether what is streamed is compared with a list ([rule F16](crate::semantics#f16)).
    pub(super) is_checked: bool,
    pub(super) closing: Closing,
}

impl<K: Object + verbs::List + verbs::Watch> Driver<K> {
    /// Runs for ever: ending it is dropping it.
    pub(super) async fn run(mut self) {
        let mut source = None;
        let mut step = self.reflector.on(Input::Start, Instant::now().into_std());
        loop {
            let streamed = self.is_checked.then(|| step.streamed()).flatten();
            self.snapshot_step(step.snapshot);
            if let Some(version) = streamed {
                self.check(&version).await;
            }
            if step.next != Next::Continue {
                self.fanout.wake();
            }
            step = match step.next {
                Next::Continue => self.follow(&mut source).await,
                Next::List(options) => {
                    source = None;
                    self.list(&options).await
                }
                Next::Watch(options) => {
                    source = None;
                    self.open(&options, &mut source).await
                }
                Next::Wait(wait) => {
                    source = None;
                    tokio::time::sleep(wait).await;
                    self.on(Input::TimeOver)
                }
            };
        }
    }

    fn on(&mut self, input: Input<'_>) -> Step {
        self.reflector.on(input, Instant::now().into_std())
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
                    self.commit(snapshot, &version);
                }
            }
        }
    }

    /// A subscriber that is given a first object finds the informer synced
    /// ([rule I10](crate::semantics#i10)).
    fn commit(&self, snapshot: Snapshot<K>, version: &str) {
        self.fanout.publish_snapshot(|| {
            let deltas = self.store.commit(snapshot, version);
            self.synced.send_replace(true);
            deltas
        });
        if let Some(meter) = &self.meter {
            meter.snapshot(self.store.len());
        }
    }

    /// Asks for one page and puts it into the snapshot as it arrives.
    async fn list(&mut self, options: &ListOptions) -> Step {
        match self.take_page(options).await {
            Ok(page) => self.on(Input::Page {
                resource_version: page.resource_version.as_deref().unwrap_or_default(),
                next: page
                    .continue_token
                    .as_deref()
                    .filter(|next| !next.is_empty()),
            }),
            Err(error) => self.fail(error, Input::ListFailed),
        }
    }

    async fn take_page(&mut self, options: &ListOptions) -> Result<ListMeta> {
        let mut stream = unless_silent(self.api.list(options).stream()).await?;
        while let Some(()) = unless_silent(stream.next(|item| self.take_item(item))).await? {}
        let page = stream.finish()?;
        let next = page
            .continue_token
            .as_deref()
            .filter(|next| !next.is_empty());
        if next.is_some() && next == options.continue_token.as_deref() {
            return Err(CacheProblem::EndlessList.into());
        }
        Ok(page)
    }

    /// An item of a page that cannot be read is reported and left as it is known, as it is from a
    /// stream: one odd object must not stall all others.
    fn take_item(&mut self, mut item: Item<'_>) {
        item.object = item.object.map(|object| self.transform.cut(object));
        let Some(snapshot) = &mut self.snapshot else {
            return;
        };
        let state = item.object.as_ref().ok().map(StateRef::of_text);
        if let Some(state) = &state
            && snapshot.keep(state, &self.store)
        {
            return;
        }
        let name = || state.as_ref().map_or("", |state| state.name);
        let read = contained(name, || item.read());
        match read.and_then(|object| usable(&self.transform, object)) {
            Ok(object) => snapshot.put(object),
            Err(error) => {
                if let Some(state) = &state {
                    snapshot.keep_any(state, &self.store);
                }
                self.report(error);
            }
        }
    }

    async fn open(&mut self, options: &ListOptions, source: &mut Option<Frames>) -> Step {
        let opening = self.api.watch(options).frames();
        let deadline = self.reflector.deadline().map(Instant::from_std);
        match self.patience.within(deadline, opening).await {
            Some(Ok(frames)) => {
                *source = Some(frames);
                self.on(Input::WatchOpened)
            }
            Some(Err(error)) => self.fail(error, Input::WatchFailed),
            None => self.lose_patience(),
        }
    }

    /// Takes the next event of the open stream.
    async fn follow(&mut self, source: &mut Option<Frames>) -> Step {
        let Some(frames) = source else {
            // The reflector goes on with a stream only while there is one.
            return self.on(Input::StreamEnded);
        };
        let deadline = self.reflector.deadline().map(Instant::from_std);
        let mut patience = std::mem::take(&mut self.patience);
        let fanout = Arc::clone(&self.fanout);
        let next = fanout.heard(frames.next(|frame| self.take(frame)));
        let next = patience.within(deadline, next).await;
        self.patience = patience;
        match next {
            Some(Ok(Some(step))) => step,
            Some(Ok(None)) => self.on(Input::StreamEnded),
            Some(Err(error)) => self.fail(error, Input::StreamFailed),
            None => self.lose_patience(),
        }
    }

    fn lose_patience(&mut self) -> Step {
        self.report(
            CacheProblem::Silent {
                what: Stream::Watch,
            }
            .into(),
        );
        self.on(Input::TimeOver)
    }

    /// Applies an event, then informs the reflector ([rule F19](crate::semantics#f19)).
    fn take(&mut self, frame: Frame<'_>) -> Step {
        let step = self.take_in(frame);
        if let Some(meter) = &self.meter {
            meter.event(self.store.len());
        }
        step
    }

    fn take_in(&mut self, frame: Frame<'_>) -> Step {
        match frame.change() {
            Ok(Change::Added(object) | Change::Modified(object)) => {
                self.changed(&self.transform.cut(object))
            }
            Ok(Change::Deleted(object)) => self.deleted(&self.transform.cut(object)),
            Ok(Change::Bookmark(bookmark)) => self.bookmark(&bookmark),
            Err(error) => self.fail(error.into(), Input::StreamFailed),
        }
    }

    fn changed(&mut self, object: &Checked<'_>) -> Step {
        let state = StateRef::of_text(object);
        let is_kept = match &mut self.snapshot {
            Some(snapshot) => snapshot.keep(&state, &self.store),
            None => false,
        };
        if !is_kept {
            match self.read(object) {
                Ok(object) => self.put(object),
                Err(error) => return self.unreadable(error, &state),
            }
        }
        self.on(Input::Changed {
            resource_version: state.version,
        })
    }

    /// The known state of the object stays.
    fn unreadable(&mut self, error: Error, state: &StateRef<'_>) -> Step {
        self.report(error);
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.keep_any(state, &self.store);
        }
        self.on(Input::Unreadable)
    }

    /// An object that cannot be read can still be gone.
    fn deleted(&mut self, object: &Checked<'_>) -> Step {
        let state = StateRef::of_text(object);
        if state.name.is_empty() {
            // Which one left can only be found out by looking at what is there.
            return self.fail(CacheProblem::NamelessDeletion.into(), Input::StreamFailed);
        }
        let last = self.read(object).map_err(|error| self.report(error)).ok();
        match (&mut self.snapshot, last) {
            (Some(snapshot), last) => snapshot.remove(state.key(), last, &self.store),
            (None, Some(last)) => self
                .fanout
                .publish(|| self.store.remove(Arc::new(last)).into_iter().collect()),
            (None, None) => self
                .fanout
                .publish(|| self.store.forget(&state).into_iter().collect()),
        }
        self.on(Input::Changed {
            resource_version: state.version,
        })
    }

    fn bookmark(&mut self, bookmark: &Bookmark) -> Step {
        if self.snapshot.is_none() {
            self.store.reach(&bookmark.resource_version);
            self.fanout.stepped();
            // They come about once a minute, and where nothing else happens.
            self.closing.look_after(&self.store);
        }
        self.on(Input::Bookmark {
            resource_version: &bookmark.resource_version,
            initial_events_end: bookmark.initial_events_end,
        })
    }

    fn read(&self, object: &Checked<'_>) -> Result<K> {
        let name = || object.field(|head| head.name).unwrap_or_default();
        contained(name, || read_object(object)).and_then(|object| usable(&self.transform, object))
    }

    fn put(&mut self, object: K) {
        match &mut self.snapshot {
            Some(snapshot) => snapshot.put(object),
            None => self
                .fanout
                .publish(|| self.store.put(Arc::new(object)).into_iter().collect()),
        }
    }

    fn fail(&mut self, error: Error, input: fn(ErrorClass) -> Input<'static>) -> Step {
        let class = ErrorClass::from(&error);
        if self.reflector.is_routine(class) {
            tracing::debug!(resource = %self.api.api_resource().group_resource(), error = %format_args!("{error:#}"), "the server lacks an optional feature, using another way");
        } else {
            self.report(error);
        }
        self.on(input(class))
    }

    fn report(&self, error: Error) {
        tracing::warn!(resource = %self.api.api_resource().group_resource(), error = %format_args!("{error:#}"), "list or watch failed, retrying");
        if let Some(meter) = &self.meter {
            meter.error();
        }
        self.errors.report(error);
    }
}

/// However it ends, with its runtime for one: nothing will come any more.
impl<K> Drop for Driver<K> {
    fn drop(&mut self) {
        self.fanout.close();
    }
}

/// A type may panic where it is read, and that is an object that cannot be read.
fn contained<'a, K>(name: impl FnOnce() -> &'a str, read: impl FnOnce() -> Result<K>) -> Result<K> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        Err(CacheProblem::ReadPanicked {
            name: name().to_owned(),
            panic: panic_message(&*panic).to_owned(),
        }
        .into())
    })
}

/// The object as it is kept. One without a name is refused: it may be a row of a table
/// ([rule F7](crate::semantics#f7), [F21](crate::semantics#f21)).
fn usable<K: Object>(transform: &Transform<K>, object: K) -> Result<K> {
    let object = transform.apply(object)?;
    if object.name().is_empty() {
        return Err(CacheProblem::NamelessObject.into());
    }
    Ok(object)
}

/// A list may take as long as it likes, and not be silent for long.
async fn unless_silent<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(LIST_PATIENCE, work)
        .await
        .unwrap_or_else(|_| Err(CacheProblem::Silent { what: Stream::List }.into()))
}

#[cfg(test)]
mod tests;
