//! Texts that values have in common, kept once.
//!
//! The labels of ten thousand pods have the same few keys, their limits the same few amounts.
//! A thread that reads remembers the texts that it met last, and hands out another reference
//! to one instead of a copy. What it remembers is bounded: a text that finds no place takes
//! that of an older one, so that input of ever new texts costs time and no memory. This
//! saves room; it promises no identity, and equal texts are not always one.

use std::cell::RefCell;
use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::FxHasher;

/// Longer texts are hardly ever the same; a key of a label has a prefix and 63 letters at most.
const LONGEST: usize = 96;
/// Texts that share a place in the table, oldest last.
const WAYS: usize = 4;
const SETS: usize = 256;

type Set = [Option<Arc<str>>; WAYS];

thread_local! {
    static KNOWN: RefCell<Vec<Set>> = const { RefCell::new(Vec::new()) };
}

/// The text as one that other values may hold as well.
///
/// ```
/// use std::sync::Arc;
///
/// let (one, other) = (kubewright_table::share("app"), kubewright_table::share("app"));
/// assert!(Arc::ptr_eq(&one, &other));
/// ```
#[must_use]
pub fn share(text: &str) -> Arc<str> {
    if text.len() > LONGEST {
        return text.into();
    }
    // A thread that ends has no table any more.
    let known = KNOWN.try_with(|known| among(&mut known.borrow_mut(), text));
    known.unwrap_or_else(|_| text.into())
}

fn among(known: &mut Vec<Set>, text: &str) -> Arc<str> {
    known.resize_with(SETS, Set::default);
    let set = &mut known[place(text)];
    if let Some(own) = set.iter().flatten().find(|own| ***own == *text) {
        return Arc::clone(own);
    }
    let own = Arc::from(text);
    set.rotate_right(1);
    set[0] = Some(Arc::clone(&own));
    own
}

fn place(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish() as usize % SETS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered() -> usize {
        KNOWN.with(|known| known.borrow().iter().flatten().flatten().count())
    }

    #[test]
    fn what_was_met_lately_is_shared() {
        let keys: Vec<_> = (0..100).map(|key| format!("example.com/{key}")).collect();
        let ones: Vec<_> = keys.iter().map(|key| share(key)).collect();
        let shared = ones
            .iter()
            .filter(|one| Arc::ptr_eq(one, &share(one)))
            .count();
        assert!(shared > 95, "{shared} of 100");
        assert!(ones.iter().zip(&keys).all(|(one, key)| **one == **key));
    }

    #[test]
    fn ever_new_texts_and_long_ones_take_no_more_room() {
        for key in 0..20_000 {
            let _ = share(&format!("key-{key}"));
        }
        assert!(remembered() <= SETS * WAYS);
        let before = remembered();
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(*share(&long), *long);
        assert_eq!(remembered(), before);
    }

    #[test]
    fn a_thread_that_ends_can_still_ask() {
        struct Late;
        impl Drop for Late {
            fn drop(&mut self) {
                assert_eq!(*share("late"), *"late");
            }
        }
        thread_local!(static LATE: Late = const { Late });
        let thread = std::thread::spawn(|| {
            LATE.with(|_| ());
            share("early").len()
        });
        assert_eq!(thread.join().ok(), Some(5));
    }
}
