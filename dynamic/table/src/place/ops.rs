//! The few functions that exist for each type of leaf, option, list or map.
//!
//! Each takes a pointer to a valid value of the type that it was made for, borrowed as its
//! result is used; that is the contract of all of them, and [`Kind`](crate::place::shape::Kind)
//! keeps it. Lists and options forget items instead of dropping them, which would bring the
//! code for dropping every struct in here; the caller has emptied the items before.

use std::hint;
use std::mem::{self, ManuallyDrop, MaybeUninit};
use std::ptr::NonNull;

use super::Ptr;
#[cfg(any(feature = "schemars", feature = "arbitrary"))]
use crate::Form;
use crate::empty::Empty;
use crate::leaf::{AnyLeaf, Leaf, OpenEnum};
use crate::map::Map;
use crate::nullable::Nullable;

/// Of a [`Leaf`].
pub(crate) struct LeafOps {
    pub(super) cast: unsafe fn(Ptr) -> NonNull<dyn AnyLeaf>,
    pub(super) keeps_null: bool,
    #[cfg(any(feature = "schemars", feature = "arbitrary"))]
    pub(crate) form: Form,
}

impl LeafOps {
    pub(crate) const fn of<T: Leaf>() -> Self {
        Self {
            cast: |at| at.cast::<T>(),
            keeps_null: T::KEEPS_NULL,
            #[cfg(any(feature = "schemars", feature = "arbitrary"))]
            form: T::FORM,
        }
    }
}

/// Of an [`OpenEnum`].
pub(crate) struct EnumOps {
    pub(super) cast: unsafe fn(Ptr) -> NonNull<dyn OpenEnum>,
    pub(super) clear: unsafe fn(Ptr),
    #[cfg(any(feature = "schemars", feature = "arbitrary"))]
    pub(crate) known: fn() -> &'static [&'static str],
}

impl EnumOps {
    pub(crate) const fn of<T: OpenEnum + Empty + 'static>() -> Self {
        Self {
            cast: |at| at.cast::<T>(),
            // SAFETY: the contract of the module.
            clear: |at| unsafe { *at.cast::<T>().as_mut() = T::EMPTY },
            #[cfg(any(feature = "schemars", feature = "arbitrary"))]
            known: T::known,
        }
    }
}

/// Of an `Option`.
pub(crate) struct OptionOps {
    pub(super) get: unsafe fn(Ptr) -> Option<Ptr>,
    pub(super) fill: unsafe fn(Ptr) -> Ptr,
    pub(super) forget: unsafe fn(Ptr),
}

impl OptionOps {
    pub(crate) const fn of<T: Empty>() -> Self {
        Self {
            get: get_option::<T>,
            fill: fill_option::<T>,
            forget: forget_option::<T>,
        }
    }

    /// Of a [`Nullable`], whose null is what nothing is to an option.
    pub(crate) const fn of_nullable<T: Empty>() -> Self {
        Self {
            get: get_nullable::<T>,
            fill: fill_nullable::<T>,
            forget: forget_nullable::<T>,
        }
    }
}

unsafe fn get_option<T>(at: Ptr) -> Option<Ptr> {
    // SAFETY: the contract of the module.
    let option = unsafe { at.cast::<Option<T>>().as_ref() };
    option.as_ref().map(|inner| NonNull::from_ref(inner).cast())
}

unsafe fn fill_option<T: Empty>(at: Ptr) -> Ptr {
    // SAFETY: the contract of the module.
    let option = unsafe { at.cast::<Option<T>>().as_mut() };
    NonNull::from_mut(option.get_or_insert(T::EMPTY)).cast()
}

unsafe fn forget_option<T>(at: Ptr) {
    // SAFETY: the contract of the module; what is overwritten is not dropped.
    unsafe { at.cast::<Option<T>>().write(None) }
}

unsafe fn get_nullable<T>(at: Ptr) -> Option<Ptr> {
    // SAFETY: the contract of the module.
    let nullable = unsafe { at.cast::<Nullable<T>>().as_ref() };
    nullable
        .as_value()
        .map(|inner| NonNull::from_ref(inner).cast())
}

unsafe fn fill_nullable<T: Empty>(at: Ptr) -> Ptr {
    // SAFETY: the contract of the module; the null that is overwritten holds nothing.
    unsafe {
        if at.cast::<Nullable<T>>().as_ref().as_value().is_none() {
            at.cast().write(Nullable::Value(T::EMPTY));
        }
        match at.cast::<Nullable<T>>().as_mut() {
            Nullable::Value(inner) => NonNull::from_mut(inner).cast(),
            // A value was put there just now.
            Nullable::Null => hint::unreachable_unchecked(),
        }
    }
}

unsafe fn forget_nullable<T>(at: Ptr) {
    // SAFETY: the contract of the module; what is overwritten is not dropped.
    unsafe { at.cast::<Nullable<T>>().write(Nullable::Null) }
}

/// Of a `Vec`.
pub(crate) struct ListOps {
    pub(super) stride: usize,
    pub(super) get: unsafe fn(Ptr) -> (Ptr, usize),
    pub(super) push: unsafe fn(Ptr, usize) -> Ptr,
    pub(super) fit: unsafe fn(Ptr),
    pub(super) forget: unsafe fn(Ptr),
}

impl ListOps {
    pub(crate) const fn of<T: Empty>() -> Self {
        Self {
            stride: size_of::<T>(),
            get: get_list::<T>,
            push: push_list::<T>,
            fit: fit_list::<T>,
            forget: forget_list::<T>,
        }
    }
}

unsafe fn get_list<T>(at: Ptr) -> (Ptr, usize) {
    // SAFETY: the contract of the module. The pointer is read without a reference to the
    // items, so that it serves for changing them where the list is borrowed exclusively.
    let list = unsafe { at.cast::<Vec<T>>().as_ref() };
    let items = list.as_ptr().cast_mut();
    // SAFETY: a list never begins at null.
    (unsafe { NonNull::new_unchecked(items) }.cast(), list.len())
}

unsafe fn push_list<T: Empty>(at: Ptr, more: usize) -> Ptr {
    // SAFETY: the contract of the module.
    let list = unsafe { at.cast::<Vec<T>>().as_mut() };
    let len = list.len();
    if len == list.capacity() {
        list.reserve_exact(more.max(1));
    }
    // SAFETY: there is room for one more; the item is valid before it counts.
    unsafe {
        let item = list.as_mut_ptr().add(len);
        item.write(T::EMPTY);
        list.set_len(len + 1);
        NonNull::new_unchecked(item).cast()
    }
}

unsafe fn fit_list<T>(at: Ptr) {
    // SAFETY: the contract of the module.
    unsafe { at.cast::<Vec<T>>().as_mut() }.shrink_to_fit();
}

unsafe fn forget_list<T>(at: Ptr) {
    // SAFETY: the contract of the module. The memory is given back by a list that has it,
    // and no items that it would drop.
    unsafe {
        let mut list = ManuallyDrop::new(mem::take(at.cast::<Vec<T>>().as_mut()));
        let (items, capacity) = (list.as_mut_ptr(), list.capacity());
        drop(Vec::<MaybeUninit<T>>::from_raw_parts(
            items.cast(),
            0,
            capacity,
        ));
    }
}

/// Of a [`Map`].
pub(crate) struct MapOps {
    pub(super) len: unsafe fn(Ptr) -> usize,
    pub(super) entry: unsafe fn(Ptr, usize) -> (NonNull<str>, Ptr),
    pub(super) insert: unsafe fn(Ptr, &str) -> Ptr,
    pub(super) fit: unsafe fn(Ptr),
    pub(super) clear: unsafe fn(Ptr),
}

impl MapOps {
    pub(crate) const fn of<V: Empty>() -> Self {
        Self {
            // SAFETY: the contract of the module.
            len: |at| unsafe { at.cast::<Map<V>>().as_ref() }.len(),
            entry: entry_of_map::<V>,
            insert: insert_in_map::<V>,
            // SAFETY: the contract of the module.
            fit: |at| unsafe { at.cast::<Map<V>>().as_mut() }.shrink_to_fit(),
            // SAFETY: the contract of the module.
            clear: |at| unsafe { *at.cast::<Map<V>>().as_mut() = Map::new() },
        }
    }
}

unsafe fn entry_of_map<V>(at: Ptr, index: usize) -> (NonNull<str>, Ptr) {
    // SAFETY: the contract of the module.
    let (key, value) = unsafe { at.cast::<Map<V>>().as_ref() }.at(index);
    (NonNull::from_ref(key), NonNull::from_ref(value).cast())
}

unsafe fn insert_in_map<V: Empty>(at: Ptr, key: &str) -> Ptr {
    // SAFETY: the contract of the module.
    let map = unsafe { at.cast::<Map<V>>().as_mut() };
    NonNull::from_mut(map.entry(key).insert(V::EMPTY)).cast()
}

/// Of a type that is [`Either`](super::either::Either), whose module makes them.
pub(crate) struct EitherOps {
    pub(super) get: unsafe fn(Ptr) -> Result<Ptr, Ptr>,
    pub(super) object: unsafe fn(Ptr) -> Ptr,
    pub(super) other: unsafe fn(Ptr) -> Ptr,
    pub(super) clear: unsafe fn(Ptr),
}
