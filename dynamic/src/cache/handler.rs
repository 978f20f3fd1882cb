//! Event handlers of a cache.
//!
//! A handler is the pushed form of a subscription: a task of its own takes the deltas and
//! makes the calls, one after the other, in the order in which the cache changed
//! ([rule I1](crate::semantics#i1)). What the task does, and what its [`Registration`] can say, is
//! in [`task`] and
//! [`registration`]; here is only what is called.

mod funcs;
mod metered;
mod registration;
mod task;

use std::sync::Arc;

use super::delta::Delta;

pub use self::funcs::HandlerFuncs;
pub use self::registration::{HandlerOptions, Registration};
pub(crate) use self::task::panic_message;
pub(super) use self::task::register;

/// Is called for each change of a cache.
///
/// Calls are made one at a time, in order, from a task of the runtime: a call that waits
/// for something holds up its own handler, and a thread of the runtime with it. Code that
/// needs to await takes the stream of [`subscribe`](super::SharedInformer::subscribe) instead, or adds
/// the key to a [work queue](crate::controller::workqueue).
///
/// The cache has the new state before the call ([rule I1](crate::semantics#i1)). A call that panics
/// is logged and counts as made; the handler continues with the next call, after a pause that grows
/// with each panic in a row. Other handlers are not affected.
///
/// A function of a [`Delta`] is a handler too; [`HandlerFuncs`] is one made of a function
/// for each event.
///
/// ```
/// use std::sync::Arc;
/// use kubewright::Unstructured;
/// use kubewright::cache::EventHandler;
///
/// /// Counts what is there.
/// #[derive(Default)]
/// struct Census(usize);
///
/// impl EventHandler<Unstructured> for Census {
///     fn on_add(&mut self, _object: &Arc<Unstructured>, _is_in_initial_list: bool) {
///         self.0 += 1;
///     }
///     fn on_delete(&mut self, _last: &Arc<Unstructured>, _final_state_known: bool) {
///         self.0 -= 1;
///     }
/// }
/// ```
pub trait EventHandler<K>: Send + 'static {
    /// An object is new to the handler: it was created, or it is part of the initial list
    /// ([rule I7](crate::semantics#i7)).
    fn on_add(&mut self, object: &Arc<K>, is_in_initial_list: bool) {
        let _ = (object, is_in_initial_list);
    }

    /// An object has changed; in a resync, both are the same one.
    fn on_update(&mut self, old: &Arc<K>, new: &Arc<K>) {
        let _ = (old, new);
    }

    /// An object is gone. When `final_state_known` is false, its deletion was noticed by its
    /// absence, and it may have changed since `last` ([rule I8](crate::semantics#i8)).
    fn on_delete(&mut self, last: &Arc<K>, final_state_known: bool) {
        let _ = (last, final_state_known);
    }

    /// So many deltas were dropped before the next call; only with
    /// [`BufferPolicy::DropOldest`](super::BufferPolicy::DropOldest).
    fn on_lost(&mut self, deltas: u64) {
        let _ = deltas;
    }

    /// This handler, for the objects that a predicate lets through.
    ///
    /// An update that brings an object in is an addition, one that takes it out is a
    /// deletion of the old state ([rule I9](crate::semantics#i9)).
    ///
    /// ```
    /// use kubewright::cache::{Delta, EventHandler};
    /// use kubewright::{Object, Unstructured};
    ///
    /// let print = |delta: &Delta<Unstructured>| println!("{}", delta.object().name());
    /// let handler = print.filtered(|object: &Unstructured| object.labels().contains_key("app"));
    /// # fn is_handler(_: impl EventHandler<Unstructured>) {}
    /// # is_handler(handler);
    /// ```
    fn filtered<P>(self, predicate: P) -> Filtered<Self, P>
    where
        Self: Sized,
        P: Fn(&K) -> bool + Send + 'static,
    {
        Filtered {
            handler: self,
            predicate,
        }
    }
}

/// A function of every delta.
impl<K: Send + Sync + 'static, F: FnMut(&Delta<K>) + Send + 'static> EventHandler<K> for F {
    fn on_add(&mut self, object: &Arc<K>, _is_in_initial_list: bool) {
        self(&Delta::Added(Arc::clone(object)));
    }

    fn on_update(&mut self, old: &Arc<K>, new: &Arc<K>) {
        let (old, new) = (Arc::clone(old), Arc::clone(new));
        self(&Delta::Updated { old, new });
    }

    fn on_delete(&mut self, last: &Arc<K>, final_state_known: bool) {
        let last = Arc::clone(last);
        self(&Delta::Deleted {
            last,
            final_state_known,
        });
    }
}

/// Calls a handler with a delta.
fn dispatch<K>(handler: &mut impl EventHandler<K>, delta: &Delta<K>, is_initial: bool) {
    match delta {
        Delta::Added(object) => handler.on_add(object, is_initial),
        Delta::Updated { old, new } => handler.on_update(old, new),
        Delta::Deleted {
            last,
            final_state_known,
        } => handler.on_delete(last, *final_state_known),
    }
}

/// See [`EventHandler::filtered`].
#[derive(Clone, Debug)]
pub struct Filtered<H, P> {
    handler: H,
    predicate: P,
}

impl<K, H, P> EventHandler<K> for Filtered<H, P>
where
    H: EventHandler<K>,
    P: Fn(&K) -> bool + Send + 'static,
{
    fn on_add(&mut self, object: &Arc<K>, is_in_initial_list: bool) {
        if (self.predicate)(object) {
            self.handler.on_add(object, is_in_initial_list);
        }
    }

    fn on_update(&mut self, old: &Arc<K>, new: &Arc<K>) {
        match ((self.predicate)(old), (self.predicate)(new)) {
            (true, true) => self.handler.on_update(old, new),
            (false, true) => self.handler.on_add(new, false),
            (true, false) => self.handler.on_delete(old, true),
            (false, false) => {}
        }
    }

    fn on_delete(&mut self, last: &Arc<K>, final_state_known: bool) {
        if (self.predicate)(last) {
            self.handler.on_delete(last, final_state_known);
        }
    }

    fn on_lost(&mut self, deltas: u64) {
        self.handler.on_lost(deltas);
    }
}
