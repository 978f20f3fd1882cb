//! Closes objects that a reader has opened, once no reader holds them any more.
//!
//! An untyped object that is read as a map keeps the map, ten times the size of its text. A cache
//! would keep it as long as the object, so it looks for such objects now and then, which costs
//! nothing unless the process has opened one since.

use std::sync::Arc;

use super::Store;
use super::names::Names;
use crate::model::object::Object;
use crate::model::unstructured::opened;

/// The record of open objects.
#[derive(Debug, Default)]
pub(in crate::cache) struct Closing {
    /// How many objects the process had opened at the last look.
    seen: u64,
    /// Some were held then.
    are_held: bool,
}

impl Closing {
    /// Closes what can be closed.
    pub(in crate::cache) fn look_after<K: Object>(&mut self, store: &Store<K>) {
        let opened = opened();
        if opened != self.seen || self.are_held {
            self.seen = opened;
            self.are_held = store.close_unused();
        }
    }
}

impl<K: Object> Store<K> {
    /// Whether some stay open, because they are held.
    fn close_unused(&self) -> bool {
        // Readers are not kept waiting while there is nothing to close.
        if !self.read().all().any(|object| object.is_open()) {
            return false;
        }
        let mut are_held = false;
        let mut content = self.write();
        for entry in content.objects.values_mut().flat_map(Names::values_mut) {
            if !entry.object.is_open() {
                continue;
            }
            match Arc::get_mut(&mut entry.object) {
                Some(object) => object.close(),
                None => are_held = true,
            }
        }
        are_held
    }
}
