//! The content of a table: the kinds of values, and the fields of a struct.
//!
//! A [`Kind`] describes the memory of one type, and exists only as the `KIND` of that type.
//! It is assembled by the compiler from the type itself, so that it cannot be of another.

use std::ptr::NonNull;

use super::ops::{EitherOps, EnumOps, LeafOps, ListOps, MapOps, OptionOps};
use crate::empty::Empty;
use crate::extra::Extra;
use crate::leaf::{Leaf, OpenEnum};
use crate::map::Map;
use crate::nullable::Nullable;

/// A type that tables can describe.
///
/// # Safety
///
/// `KIND` describes this very type.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of `record!` cannot have the type `{Self}`",
    label = "this type cannot be part of a table",
    note = "fields are texts, numbers, other types of `leaf!`, `open_enum!`, `either!` or `record!`, and `Option`, `Vec`, `Map`, `Nullable` or `Option<Box<_>>` of those"
)]
pub unsafe trait Shape: Empty + Sized + 'static {
    const KIND: Kind;
}

/// A type whose `Option` tables can describe.
///
/// # Safety
///
/// `OPTION` describes `Option<Self>`.
#[doc(hidden)]
pub unsafe trait Optional: Sized + 'static {
    const OPTION: Kind;
}

/// A struct with a table.
///
/// # Safety
///
/// This is a struct. The fields of the table are at their offsets in this very type and of
/// their kinds, and there are no other fields.
#[doc(hidden)]
pub unsafe trait Record: Shape + Extra {
    /// The empty value, in one place.
    const REF: &'static Self;

    fn desc() -> &'static Desc;
}

/// A trait that no record has: the interpreter empties one field after the other and then forgets
/// the struct, so its own `Drop` would run at some times and not at others. A blanket
/// implementation for all types with `Drop` collides with the one of the macro.
#[doc(hidden)]
pub trait MustNotImplementDrop {}

#[expect(drop_bounds, reason = "the types that implement it are what is meant")]
impl<T: Drop> MustNotImplementDrop for T {}

/// The kind of a value in memory.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Kind(pub(crate) Inner);

/// A function, since constants that refer to each other in a circle do not compile.
pub(crate) type DescFn = fn() -> &'static Desc;

#[derive(Clone, Copy)]
pub(crate) enum Inner {
    Text,
    Leaf(&'static LeafOps),
    Enum(&'static EnumOps),
    Record(DescFn),
    /// `Option<Box<_>>` of a record: a pointer that may be null.
    Boxed(DescFn),
    /// An option, or what distinguishes null from a value; one inside the other are distinguished.
    Option(&'static OptionOps, &'static Kind),
    List(&'static ListOps, &'static Kind),
    Map(&'static MapOps, &'static Kind),
    Either(&'static EitherOps, DescFn, &'static Kind),
}

impl Kind {
    pub const fn leaf<T: Leaf>() -> Self {
        Self(Inner::Leaf(&const { LeafOps::of::<T>() }))
    }

    pub const fn open_enum<T: OpenEnum + Empty + 'static>() -> Self {
        Self(Inner::Enum(&const { EnumOps::of::<T>() }))
    }

    /// Whether a field of it may be left out.
    pub(crate) fn can_be_absent(self) -> bool {
        matches!(
            self.0,
            Inner::Option(..) | Inner::Boxed(_) | Inner::List(..) | Inner::Map(..)
        )
    }

    pub const fn record<T: Record>() -> Self {
        Self(Inner::Record(T::desc))
    }

    pub const fn option<T: Shape>() -> Self {
        Self(Inner::Option(&const { OptionOps::of::<T>() }, &T::KIND))
    }
}

/// One field of a struct.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) offset: usize,
    pub(crate) kind: Kind,
    pub(crate) flags: Flags,
}

impl Field {
    /// A field whose kind is that of its type, which the compiler infers from `field`.
    ///
    /// It is a claim and nothing more: [`Record`] is who promises that it is true.
    pub const fn new<F: Shape>(name: &'static str, offset: usize, _field: &F) -> Self {
        Self {
            name,
            offset,
            kind: F::KIND,
            flags: Flags::NONE,
        }
    }

    #[must_use]
    pub const fn with(self, flags: Flags) -> Self {
        Self { flags, ..self }
    }
}

/// The words that a field may have in brackets. The macro writes a value of this, so another word
/// does not compile.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Flags {
    /// Written also when it is absent or empty.
    pub always: bool,
    /// Never shown.
    pub secret: bool,
}

impl Flags {
    pub const NONE: Self = Self {
        always: false,
        secret: false,
    };
}

/// The table of a struct.
#[doc(hidden)]
pub struct Desc {
    pub(crate) name: &'static str,
    pub(crate) size: usize,
    pub(crate) align: usize,
    pub(crate) empty: NonNull<u8>,
    pub(crate) fields: &'static [Field],
    /// The map of what has no field, the last of `fields`.
    pub(crate) rest: Option<Rest>,
    #[cfg(feature = "schemars")]
    pub(crate) refer: crate::extra::Refer,
}

/// Where fields without a place go.
#[derive(Clone, Copy)]
pub(crate) struct Rest {
    /// Keys that are dropped nevertheless.
    pub(crate) except: &'static [&'static str],
}

impl Desc {
    pub const fn new<T: Record>(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            size: size_of::<T>(),
            align: align_of::<T>(),
            empty: NonNull::from_ref(T::REF).cast(),
            fields,
            rest: None,
            #[cfg(feature = "schemars")]
            refer: |generator| generator.subschema_for::<T>(),
        }
    }

    /// The same with its last field for what has no field; it must be a map.
    #[must_use]
    pub const fn with_rest<V: Shape>(
        mut self,
        _rest: &Map<V>,
        except: &'static [&'static str],
    ) -> Self {
        self.rest = Some(Rest { except });
        self
    }

    /// The fields that have names.
    pub(crate) fn named(&self) -> &'static [Field] {
        match (self.rest, self.fields.split_last()) {
            (Some(_), Some((_, named))) => named,
            _ => self.fields,
        }
    }

    /// The index of a field; the search begins at `hint`, for fields come in order.
    pub(crate) fn find(&self, name: &str, hint: usize) -> Option<usize> {
        let named = self.named();
        let (before, after) = named.split_at(hint.min(named.len()));
        let is = |field: &Field| field.name == name;
        match after.iter().position(is) {
            Some(at) => Some(before.len() + at),
            None => before.iter().position(is),
        }
    }

    /// Whether a key without a field is kept.
    pub(crate) fn keeps(&self, name: &str) -> bool {
        self.rest.is_some_and(|rest| !rest.except.contains(&name))
    }
}

crate::__leaf!(bool, f64, i32, i64, u32, u64, serde_json::Value);

// SAFETY: `Text` stands for `String` and nothing else.
unsafe impl Shape for String {
    const KIND: Kind = Kind(Inner::Text);
}

// SAFETY: as `Kind::option` says.
unsafe impl Optional for String {
    const OPTION: Kind = Kind::option::<Self>();
}

// SAFETY: `OPTION` is the kind of `Option<T>` by its own contract.
unsafe impl<T: Optional> Shape for Option<T> {
    const KIND: Kind = T::OPTION;
}

// SAFETY: `Boxed` stands for an optional box of the record that the function describes.
unsafe impl<T: Record> Optional for Box<T> {
    const OPTION: Kind = Kind(Inner::Boxed(T::desc));
}

// SAFETY: the operations are of `Vec<T>`, the kind of its items is that of `T`.
unsafe impl<T: Shape> Shape for Vec<T> {
    const KIND: Kind = Kind(Inner::List(&const { ListOps::of::<T>() }, &T::KIND));
}

// SAFETY: as `Kind::option` says.
unsafe impl<T: Shape> Optional for Vec<T> {
    const OPTION: Kind = Kind::option::<Self>();
}

// SAFETY: the operations are of `Map<V>`, the kind of its values is that of `V`.
unsafe impl<V: Shape> Shape for Map<V> {
    const KIND: Kind = Kind(Inner::Map(&const { MapOps::of::<V>() }, &V::KIND));
}

// SAFETY: as `Kind::option` says.
unsafe impl<V: Shape> Optional for Map<V> {
    const OPTION: Kind = Kind::option::<Self>();
}

// SAFETY: the operations are of `Nullable<T>`, the kind of its value is that of `T`.
unsafe impl<T: Shape> Shape for Nullable<T> {
    const KIND: Kind = Kind(Inner::Option(
        &const { OptionOps::of_nullable::<T>() },
        &T::KIND,
    ));
}

// SAFETY: as `Kind::option` says.
unsafe impl<T: Shape> Optional for Nullable<T> {
    const OPTION: Kind = Kind::option::<Self>();
}
