//! The informers of a factory, whatever they hold, and whether they run.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, join_all};
use tokio::runtime::Handle;

use super::scope::Identity;
use crate::cache::informer::SharedInformer;
use crate::model::object::Object;
use crate::model::verbs;

#[derive(Default)]
pub(super) struct Registry {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    informers: BTreeMap<Identity, Arc<dyn AnyInformer>>,
    phase: Phase,
}

#[derive(Default)]
enum Phase {
    #[default]
    Idle,
    Started(Handle),
    Stopped,
}

/// An informer without a snapshot, and what may be the reason.
pub(super) struct Missing {
    pub(super) what: String,
    error: Option<String>,
}

impl Registry {
    /// The informer of an identity, made if there is none, and in the phase of all others.
    pub(super) fn informer<K: Object + verbs::List + verbs::Watch>(
        &self,
        identity: Identity,
        make: impl FnOnce() -> SharedInformer<K>,
    ) -> SharedInformer<K> {
        let mut state = self.lock();
        let known = state.informers.get(&identity);
        if let Some(known) = known.and_then(|known| known.as_any().downcast_ref()) {
            return SharedInformer::clone(known);
        }
        let informer = make();
        match &state.phase {
            Phase::Idle => {}
            Phase::Started(runtime) => informer.start_on(runtime),
            Phase::Stopped => informer.stop(),
        }
        state.informers.insert(identity, Arc::new(informer.clone()));
        informer
    }

    /// Starting twice is starting once, and a registry that was stopped stays so.
    pub(super) fn start(&self) {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Stopped) {
            return;
        }
        let runtime = Handle::current();
        for informer in state.informers.values() {
            informer.start(&runtime);
        }
        state.phase = Phase::Started(runtime);
    }

    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.phase = Phase::Stopped;
        for informer in state.informers.values() {
            informer.stop();
        }
    }

    pub(super) async fn shut_down(&self) {
        self.stop();
        let informers = self.informers();
        join_all(informers.iter().map(|informer| informer.shut_down())).await;
    }

    pub(super) async fn synced(&self) {
        let informers = self.informers();
        join_all(informers.iter().map(|informer| informer.synced())).await;
    }

    pub(super) fn unsynced(&self) -> Vec<Missing> {
        let state = self.lock();
        let missing = state.informers.iter();
        let missing = missing.filter(|(_, informer)| !informer.has_synced());
        missing
            .map(|(identity, informer)| Missing {
                what: identity.what.clone(),
                error: informer.last_error(),
            })
            .collect()
    }

    pub(super) fn names(&self) -> Vec<String> {
        let state = self.lock();
        let identities = state.informers.keys();
        identities.map(|identity| identity.what.clone()).collect()
    }

    fn informers(&self) -> Vec<Arc<dyn AnyInformer>> {
        self.lock().informers.values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => write!(f, "{} (the last error was: {error})", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// What a factory does with informers of any kind.
trait AnyInformer: Send + Sync {
    fn start(&self, runtime: &Handle);
    fn stop(&self);
    fn shut_down(&self) -> BoxFuture<'_, ()>;
    fn synced(&self) -> BoxFuture<'_, bool>;
    fn has_synced(&self) -> bool;
    fn last_error(&self) -> Option<String>;
    fn as_any(&self) -> &dyn Any;
}

impl<K: Object + verbs::List + verbs::Watch> AnyInformer for SharedInformer<K> {
    fn start(&self, runtime: &Handle) {
        self.start_on(runtime);
    }

    fn stop(&self) {
        self.stop();
    }

    fn shut_down(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.shut_down())
    }

    fn synced(&self) -> BoxFuture<'_, bool> {
        Box::pin(self.synced())
    }

    fn has_synced(&self) -> bool {
        self.has_synced()
    }

    fn last_error(&self) -> Option<String> {
        Some(self.last_error()?.to_string())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
