//! The order in which keys came, to guess the next one.
//!
//! Servers write the fields of a type always in the same order, which is not the one of its
//! table. What came after a field last time is what comes now more often than not, and to
//! compare a key with a name is quicker than to find its end and then its field. A guess is
//! only a guess: the text decides, so this changes how long reading takes and nothing else.

use std::cell::Cell;
use std::ptr;

use crate::place::shape::Desc;

/// A pod and all it is made of have some two hundred fields in use.
const PLACES: usize = 4096;

thread_local! {
    /// The field that came last after a field, where tables share places by chance.
    static NEXT: [Cell<u8>; PLACES] = const { [const { Cell::new(0) }; PLACES] };
}

/// What is remembered of one table, seen from the field that came last.
pub(crate) struct Order {
    desc: &'static Desc,
    /// The place of the beginning, where no field came yet; those of the fields follow.
    first: usize,
    last: usize,
}

impl Order {
    #[inline]
    pub(crate) fn of(desc: &'static Desc) -> Self {
        // Tables lie close together: multiplying takes them apart.
        let address = ptr::from_ref(desc).addr() as u64;
        let first = (address.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize;
        Self {
            desc,
            first,
            last: first,
        }
    }

    /// The index of the field that may come next.
    #[inline]
    pub(super) fn guess(&self) -> usize {
        NEXT.with(|next| next[self.last % PLACES].get().into())
    }

    /// The field was guessed, and came.
    #[inline]
    pub(super) fn went_on(&mut self, index: usize) {
        self.last = self.first + 1 + index;
    }

    /// The index of the field that came.
    pub(crate) fn find(&mut self, key: &str) -> Option<usize> {
        let guess = self.guess();
        let index = match self.desc.named().get(guess) {
            Some(field) if field.name == key => guess,
            _ => self.desc.find(key, guess)?,
        };
        if let Ok(index) = u8::try_from(index) {
            NEXT.with(|next| next[self.last % PLACES].set(index));
        }
        self.went_on(index);
        Some(index)
    }
}
