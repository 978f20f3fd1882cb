//! A handler made of a function for each event.

use std::fmt;
use std::sync::Arc;

use super::EventHandler;

/// A handler made of functions; what has none is passed over.
///
/// ```
/// use kubewright::Unstructured;
/// use kubewright::cache::HandlerFuncs;
///
/// let handler = HandlerFuncs::<Unstructured>::new()
///     .on_add(|object, is_in_initial_list| {
///         if !is_in_initial_list {
///             println!("{} is new", object.name());
///         }
///     })
///     .on_delete(|last, _final_state_known| println!("{} is gone", last.name()));
/// ```
pub struct HandlerFuncs<K> {
    added: Option<Added<K>>,
    updated: Option<Updated<K>>,
    deleted: Option<Deleted<K>>,
    lost: Option<Box<dyn FnMut(u64) + Send>>,
}

type Added<K> = Box<dyn FnMut(&Arc<K>, bool) + Send>;
type Updated<K> = Box<dyn FnMut(&Arc<K>, &Arc<K>) + Send>;
type Deleted<K> = Box<dyn FnMut(&Arc<K>, bool) + Send>;

impl<K> HandlerFuncs<K> {
    /// A handler that does nothing yet.
    #[must_use]
    pub fn new() -> Self {
        HandlerFuncs {
            added: None,
            updated: None,
            deleted: None,
            lost: None,
        }
    }

    /// As [`EventHandler::on_add`].
    #[must_use]
    pub fn on_add(mut self, act: impl FnMut(&Arc<K>, bool) + Send + 'static) -> Self {
        self.added = Some(Box::new(act));
        self
    }

    /// As [`EventHandler::on_update`].
    #[must_use]
    pub fn on_update(mut self, act: impl FnMut(&Arc<K>, &Arc<K>) + Send + 'static) -> Self {
        self.updated = Some(Box::new(act));
        self
    }

    /// As [`EventHandler::on_delete`].
    #[must_use]
    pub fn on_delete(mut self, act: impl FnMut(&Arc<K>, bool) + Send + 'static) -> Self {
        self.deleted = Some(Box::new(act));
        self
    }

    /// As [`EventHandler::on_lost`].
    #[must_use]
    pub fn on_lost(mut self, act: impl FnMut(u64) + Send + 'static) -> Self {
        self.lost = Some(Box::new(act));
        self
    }
}

impl<K: Send + Sync + 'static> EventHandler<K> for HandlerFuncs<K> {
    fn on_add(&mut self, object: &Arc<K>, is_in_initial_list: bool) {
        if let Some(act) = &mut self.added {
            act(object, is_in_initial_list);
        }
    }

    fn on_update(&mut self, old: &Arc<K>, new: &Arc<K>) {
        if let Some(act) = &mut self.updated {
            act(old, new);
        }
    }

    fn on_delete(&mut self, last: &Arc<K>, final_state_known: bool) {
        if let Some(act) = &mut self.deleted {
            act(last, final_state_known);
        }
    }

    fn on_lost(&mut self, deltas: u64) {
        if let Some(act) = &mut self.lost {
            act(deltas);
        }
    }
}

impl<K> Default for HandlerFuncs<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> fmt::Debug for HandlerFuncs<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerFuncs").finish_non_exhaustive()
    }
}
