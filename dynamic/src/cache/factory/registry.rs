//! The informers of a factory, whatever they hold, and whether they run.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, join_all, try_join_all};
use tokio::runtime::Handle;

use super::scope::Identity;
use crate::cache::informer::SharedInformer;
use crate::cache::problem::Missing;
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

    /// Resolves to `true` when all are filled, to `false` as soon as one will never be.
    pub(super) async fn filled(&self) -> bool {
        let informers = self.informers();
        let filled =
            async |informer: &dyn AnyInformer| informer.filled().await.then_some(()).ok_or(());
        let all = informers.iter().map(|informer| filled(&**informer));
        try_join_all(all).await.is_ok()
    }

    /// Those that have no snapshot yet, as the factory names them.
    pub(super) fn unfilled(&self) -> Vec<Missing> {
        let state = self.lock();
        let missing = state.informers.iter().filter_map(|(identity, informer)| {
            Some(Missing {
                name: identity.what.clone(),
                ..informer.unfilled()?
            })
        });
        missing.collect()
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

/// The operations of a factory on informers of any kind.
trait AnyInformer: Send + Sync {
    fn start(&self, runtime: &Handle);
    fn stop(&self);
    fn shut_down(&self) -> BoxFuture<'_, ()>;
    fn filled(&self) -> BoxFuture<'_, bool>;
    fn unfilled(&self) -> Option<Missing>;
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

    fn filled(&self) -> BoxFuture<'_, bool> {
        Box::pin(self.filled())
    }

    fn unfilled(&self) -> Option<Missing> {
        self.unfilled()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
