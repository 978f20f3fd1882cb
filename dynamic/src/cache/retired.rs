//! Frees old objects on the thread that allocated them.
//!
//! A cache makes objects on one thread, subscribers look at them on others, and who lets
//! go of one last frees it. An allocator that keeps memory by thread then has two threads at
//! the same memory, which costs more than making the object did: a typed pod is some hundred
//! and sixty pieces. So replaced objects are kept a little longer, until they have no other
//! owner, and the task that makes the next objects frees them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::delta::Delta;

/// The most objects that are held, even if others still own them.
const HELD: usize = 64;

/// The last objects that were replaced or deleted.
pub(super) struct Retired<K> {
    objects: Mutex<VecDeque<Arc<K>>>,
}

impl<K> Retired<K> {
    pub(super) fn new() -> Self {
        let objects = Mutex::default();
        Retired { objects }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<K>>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Frees the objects without another owner, then holds those that these deltas replace.
    pub(super) fn take_from(&self, deltas: &[Delta<K>]) {
        let mut objects = self.lock();
        while objects.front().is_some_and(is_only_here) {
            objects.pop_front();
        }
        for ended in deltas.iter().filter_map(ended) {
            if objects.len() == HELD {
                objects.pop_front();
            }
            objects.push_back(Arc::clone(ended));
        }
    }

    /// Lets go of everything.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }
}

fn is_only_here<K>(object: &Arc<K>) -> bool {
    Arc::strong_count(object) == 1
}

fn ended<K>(delta: &Delta<K>) -> Option<&Arc<K>> {
    match delta {
        Delta::Added(_) => None,
        Delta::Updated { old, .. } => Some(old),
        Delta::Deleted { last, .. } => Some(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(old: &Arc<u8>) -> Delta<u8> {
        let (old, new) = (Arc::clone(old), Arc::new(0));
        Delta::Updated { old, new }
    }

    #[test]
    fn an_object_is_held_until_it_has_no_other_owner() {
        let (retired, old) = (Retired::new(), Arc::new(1));
        let delta = update(&old);
        retired.take_from(std::slice::from_ref(&delta));
        let seen = Arc::downgrade(&old);
        drop(old);
        retired.take_from(&[]);
        assert!(seen.upgrade().is_some(), "a subscriber has it");
        drop(delta);
        assert!(seen.upgrade().is_some(), "it ends here, not there");
        retired.take_from(&[]);
        assert!(seen.upgrade().is_none());
    }

    #[test]
    fn a_retired_object_that_is_still_held_is_dropped_after_some_others() {
        let retired = Retired::new();
        let kept: Vec<_> = (0..=HELD).map(|_| Arc::new(1)).collect();
        kept.iter()
            .for_each(|old| retired.take_from(&[update(old)]));
        let held = kept.iter().filter(|old| !is_only_here(old)).count();
        assert_eq!((held, Arc::strong_count(&kept[0])), (HELD, 1));
        retired.clear();
        assert!(kept.iter().all(is_only_here));
    }
}
