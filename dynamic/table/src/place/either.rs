//! Unions of an object and something else.
//!
//! The functions made for such a type are here, under the contract of [`ops`](super::ops).

use std::ptr::NonNull;

use super::Ptr;
use super::ops::EitherOps;
use super::shape::{Inner, Kind, Record, Shape};
use crate::empty::Empty;

/// A union of an object and something else, distinguished by the first letter of its JSON.
///
/// [`either!`](crate::either!) makes a shape of a generic type that implements this.
pub trait Either: Empty + 'static {
    /// The type of the object.
    type Object: Record;
    /// The type of the other value.
    type Other: Shape;

    /// The value, as what it is.
    fn get(&self) -> Result<&Self::Object, &Self::Other>;
    /// Becomes an object, empty unless it was one.
    fn object(&mut self) -> &mut Self::Object;
    /// Becomes the other, empty unless it was that.
    fn other(&mut self) -> &mut Self::Other;
}

impl Kind {
    pub const fn either<T: Either>() -> Self {
        let ops = &const { EitherOps::of::<T>() };
        Self(Inner::Either(
            ops,
            <T::Object as Record>::desc,
            &<T::Other as Shape>::KIND,
        ))
    }
}

impl EitherOps {
    pub(crate) const fn of<T: Either>() -> Self {
        Self {
            get: get_either::<T>,
            // SAFETY: the contract of the module.
            object: |at| NonNull::from_mut(unsafe { at.cast::<T>().as_mut() }.object()).cast(),
            // SAFETY: the contract of the module.
            other: |at| NonNull::from_mut(unsafe { at.cast::<T>().as_mut() }.other()).cast(),
            // SAFETY: the contract of the module.
            clear: |at| unsafe { *at.cast::<T>().as_mut() = T::EMPTY },
        }
    }
}

unsafe fn get_either<T: Either>(at: Ptr) -> Result<Ptr, Ptr> {
    // SAFETY: the contract of the module.
    match unsafe { at.cast::<T>().as_ref() }.get() {
        Ok(object) => Ok(NonNull::from_ref(object).cast()),
        Err(other) => Err(NonNull::from_ref(other).cast()),
    }
}
