//! The place of an option that may be given once.

use syn::Meta;

use crate::errors::Errors;
use crate::value::name;

/// Empty, or filled once, perhaps with something unusable.
pub(crate) enum Slot<T> {
    Empty,
    Filled(Option<T>),
}

impl<T> Slot<T> {
    pub(crate) fn empty() -> Self {
        Self::Empty
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) fn set(&mut self, meta: &Meta, value: Option<T>, errors: &mut Errors) {
        if let Self::Filled(_) = self {
            return errors.push(meta.path(), format!("`{}` is given twice", name(meta)));
        }
        *self = Self::Filled(value);
    }

    /// Counts as filled from here on.
    pub(crate) fn spoil(&mut self) {
        if self.is_empty() {
            *self = Self::Filled(None);
        }
    }

    /// What is in it, if it is usable.
    pub(crate) fn take(self) -> Option<T> {
        match self {
            Self::Filled(value) => value,
            Self::Empty => None,
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        match self {
            Self::Filled(Some(value)) => Some(value),
            _ => None,
        }
    }
}
