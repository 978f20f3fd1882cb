//! Values behind pointers: from a pointer and a [`Kind`] to references, and to nothing else.
//!
//! This and the modules below it have all the unsafe blocks. The argument in short;
//! `docs/soundness.md` has it in full, with the tests:
//!
//! 1. A [`Ref`] or [`Mut`] holds a pointer to a valid value of the type that its kind is of,
//!    borrowed for its lifetime. The two begin at a whole struct ([`RecordRef::new`],
//!    [`RecordMut::new`]), where the compiler knows type and lifetime.
//! 2. A field is at the offset and of the kind that the table says, because the macro takes
//!    both from the same field of the same type. Items, values and what is inside an option
//!    are reached by functions made for that type.
//! 3. What is reached borrows from what it was reached through, so the compiler holds
//!    shared and exclusive apart as ever.
//! 4. Memory is always valid: new items, values and boxes are the type's empty constant
//!    before anybody sees them. A panic at any point leaves a value that can be dropped.
//!
//! Everything else in this crate is safe code on top of [`Ref::open`] and [`Mut::open`].

#![allow(unsafe_code, reason = "the one module, as its head says")]

use std::alloc::{self, Layout};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};

pub(crate) mod either;
mod ops;
pub(crate) mod shape;

use crate::leaf::{AnyLeaf, OpenEnum};
use ops::{EitherOps, EnumOps, ListOps, MapOps, OptionOps};
use shape::{Desc, DescFn, Inner, Kind, Record};

type Ptr = NonNull<u8>;

/// A shared reference to a value of some kind.
#[derive(Clone, Copy)]
pub(crate) struct Ref<'a> {
    at: Ptr,
    kind: &'static Kind,
    life: PhantomData<&'a u8>,
}

/// An exclusive reference to a value of some kind.
pub(crate) struct Mut<'a> {
    at: Ptr,
    kind: &'static Kind,
    life: PhantomData<&'a mut u8>,
}

/// What a [`Ref`] refers to; of an option, what is inside.
#[derive(Clone, Copy)]
pub(crate) enum View<'a> {
    /// An option with nothing inside.
    Absent,
    /// An option with something inside that could be taken for nothing by itself.
    Nested(Ref<'a>),
    Text(&'a str),
    Leaf(&'a dyn AnyLeaf),
    Enum(&'a dyn OpenEnum),
    Record(RecordRef<'a>),
    List(ListRef<'a>),
    Map(MapRef<'a>),
    /// `Ok` for the object.
    Either(Result<RecordRef<'a>, Ref<'a>>),
}

/// What a [`Mut`] refers to.
pub(crate) enum Place<'a> {
    Text(&'a mut String),
    Leaf(&'a mut dyn AnyLeaf),
    Enum(EnumMut<'a>),
    Record(RecordMut<'a>),
    Boxed(BoxedMut<'a>),
    Optional(OptionalMut<'a>),
    List(ListMut<'a>),
    Map(MapMut<'a>),
    Either(EitherMut<'a>),
}

impl<'a> Ref<'a> {
    fn new(at: Ptr, kind: &'static Kind) -> Self {
        let life = PhantomData;
        Self { at, kind, life }
    }

    pub(crate) fn open(self) -> View<'a> {
        let at = self.at;
        // SAFETY: the value is of the type that the kind, and so each function in it, is for.
        unsafe {
            match self.kind.0 {
                Inner::Text => View::Text(at.cast::<String>().as_ref()),
                Inner::Leaf(ops) => View::Leaf((ops.cast)(at).as_ref()),
                Inner::Enum(ops) => View::Enum((ops.cast)(at).as_ref()),
                Inner::Record(desc) => View::Record(RecordRef::at(at, desc())),
                Inner::Boxed(desc) => {
                    let inner: Option<Ptr> = at.cast().read();
                    inner.map_or(View::Absent, |at| View::Record(RecordRef::at(at, desc())))
                }
                Inner::Option(ops, kind) => match (ops.get)(at) {
                    None => View::Absent,
                    Some(at) if kind.can_be_absent() => View::Nested(Ref::new(at, kind)),
                    Some(at) => Ref::new(at, kind).open(),
                },
                Inner::List(ops, kind) => {
                    let (items, len) = (ops.get)(at);
                    let (stride, life) = (ops.stride, PhantomData);
                    View::List(ListRef {
                        items,
                        len,
                        stride,
                        kind,
                        life,
                    })
                }
                Inner::Map(ops, kind) => View::Map(MapRef {
                    at,
                    ops,
                    kind,
                    life: PhantomData,
                }),
                Inner::Either(ops, desc, kind) => View::Either(match (ops.get)(at) {
                    Ok(at) => Ok(RecordRef::at(at, desc())),
                    Err(at) => Err(Ref::new(at, kind)),
                }),
            }
        }
    }
}

impl<'a> Mut<'a> {
    fn new(at: Ptr, kind: &'static Kind) -> Self {
        let life = PhantomData;
        Self { at, kind, life }
    }

    /// The whole of a value.
    #[cfg(feature = "arbitrary")]
    pub(crate) fn of<T: shape::Shape>(value: &'a mut T) -> Self {
        Self::new(NonNull::from_mut(value).cast(), &T::KIND)
    }

    #[cfg(feature = "arbitrary")]
    pub(crate) fn kind(&self) -> &'static Kind {
        self.kind
    }

    pub(crate) fn open(self) -> Place<'a> {
        let (at, life) = (self.at, PhantomData);
        // SAFETY: as in `Ref::open`, and the borrow is exclusive.
        unsafe {
            match self.kind.0 {
                Inner::Text => Place::Text(at.cast::<String>().as_mut()),
                Inner::Leaf(ops) => Place::Leaf((ops.cast)(at).as_mut()),
                Inner::Enum(ops) => Place::Enum(EnumMut { at, ops, life }),
                Inner::Record(desc) => Place::Record(RecordMut::at(at, desc())),
                Inner::Boxed(desc) => Place::Boxed(BoxedMut { at, desc, life }),
                Inner::Option(ops, kind) => Place::Optional(OptionalMut {
                    at,
                    ops,
                    kind,
                    life,
                }),
                Inner::List(ops, kind) => Place::List(ListMut {
                    at,
                    ops,
                    kind,
                    life,
                }),
                Inner::Map(ops, kind) => Place::Map(MapMut {
                    at,
                    ops,
                    kind,
                    life,
                }),
                Inner::Either(ops, desc, kind) => Place::Either(EitherMut {
                    at,
                    ops,
                    desc,
                    kind,
                    life,
                }),
            }
        }
    }

    /// Makes the value empty and gives back all it holds.
    pub(crate) fn reset(self) {
        match self.open() {
            Place::Text(text) => *text = String::new(),
            Place::Leaf(leaf) => leaf.reset(),
            Place::Enum(value) => value.clear(),
            Place::Record(mut record) => record.reset(),
            Place::Boxed(option) => option.clear(),
            Place::Optional(option) => option.clear(),
            Place::List(list) => list.clear(),
            Place::Map(map) => map.clear(),
            Place::Either(either) => either.clear(),
        }
    }
}

/// An open enum to be changed.
pub(crate) struct EnumMut<'a> {
    at: Ptr,
    ops: &'static EnumOps,
    life: PhantomData<&'a mut u8>,
}

impl EnumMut<'_> {
    /// Becomes the value of a text.
    pub(crate) fn set(self, text: Cow<'_, str>) {
        // SAFETY: the functions are for the type of the value.
        unsafe { (self.ops.cast)(self.at).as_mut() }.set(text);
    }

    /// Becomes the empty constant. The value of the text `""` may be another, and hold memory.
    fn clear(self) {
        // SAFETY: as in `set`.
        unsafe { (self.ops.clear)(self.at) }
    }
}

/// A struct.
#[derive(Clone, Copy)]
pub(crate) struct RecordRef<'a> {
    at: Ptr,
    pub(crate) desc: &'static Desc,
    life: PhantomData<&'a u8>,
}

impl<'a> RecordRef<'a> {
    pub(crate) fn new<T: Record>(value: &'a T) -> Self {
        Self::at(NonNull::from_ref(value).cast(), T::desc())
    }

    fn at(at: Ptr, desc: &'static Desc) -> Self {
        let life = PhantomData;
        Self { at, desc, life }
    }

    /// The field of an index; out of the list of `desc` panics.
    pub(crate) fn field(self, index: usize) -> Ref<'a> {
        let field = &self.desc.fields[index];
        // SAFETY: `Record` promises that the offset is inside the value, and the kind.
        Ref::new(unsafe { self.at.add(field.offset) }, &field.kind)
    }
}

impl<'a> RecordRef<'a> {
    /// The map of what has no field, where the struct keeps it.
    pub(crate) fn rest(self) -> Option<MapRef<'a>> {
        self.desc.rest?;
        match self.field(self.desc.fields.len() - 1).open() {
            View::Map(map) => Some(map),
            _ => None,
        }
    }
}

/// A struct to be changed.
pub(crate) struct RecordMut<'a> {
    at: Ptr,
    pub(crate) desc: &'static Desc,
    life: PhantomData<&'a mut u8>,
}

impl<'a> RecordMut<'a> {
    pub(crate) fn new<T: Record>(value: &'a mut T) -> Self {
        Self::at(NonNull::from_mut(value).cast(), T::desc())
    }

    fn at(at: Ptr, desc: &'static Desc) -> Self {
        let life = PhantomData;
        Self { at, desc, life }
    }

    /// The field of an index; out of the list of `desc` panics.
    pub(crate) fn field(&mut self, index: usize) -> Mut<'_> {
        let field = &self.desc.fields[index];
        // SAFETY: `Record` promises that the offset is inside the value, and the kind.
        Mut::new(unsafe { self.at.add(field.offset) }, &field.kind)
    }

    /// The map of what has no field, where the struct keeps it.
    pub(crate) fn rest(&mut self) -> Option<MapMut<'_>> {
        self.desc.rest?;
        match self.field(self.desc.fields.len() - 1).open() {
            Place::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(crate) fn reset(&mut self) {
        for index in 0..self.desc.fields.len() {
            self.field(index).reset();
        }
    }
}

/// An `Option<Box<_>>` of a struct.
pub(crate) struct BoxedMut<'a> {
    at: Ptr,
    desc: DescFn,
    life: PhantomData<&'a mut u8>,
}

impl<'a> BoxedMut<'a> {
    /// The struct inside, made empty first where there is none.
    pub(crate) fn fill(self) -> RecordMut<'a> {
        let desc = (self.desc)();
        // SAFETY: the value is an `Option<Box<_>>` of what the function describes.
        let slot = unsafe { self.at.cast::<Option<Ptr>>().as_mut() };
        RecordMut::at(*slot.get_or_insert_with(|| new_box(desc)), desc)
    }

    pub(crate) fn clear(self) {
        // SAFETY: as in `fill`. What was in the box is empty when its memory goes, and empty
        // values hold nothing.
        unsafe {
            let slot = self.at.cast::<Option<Ptr>>().as_mut();
            if let Some(inner) = *slot {
                RecordMut::at(inner, (self.desc)()).reset();
                *slot = None;
                free_box(inner, (self.desc)());
            }
        }
    }
}

/// Any other `Option`.
pub(crate) struct OptionalMut<'a> {
    at: Ptr,
    ops: &'static OptionOps,
    kind: &'static Kind,
    life: PhantomData<&'a mut u8>,
}

impl<'a> OptionalMut<'a> {
    /// The value inside, made empty first where there is none.
    pub(crate) fn fill(self) -> Mut<'a> {
        // SAFETY: the value is an option of the type that the functions are for.
        Mut::new(unsafe { (self.ops.fill)(self.at) }, self.kind)
    }

    /// Reads null: nothing, unless what is inside distinguishes null from absence.
    pub(crate) fn fill_for_null(self) {
        let keeps_null = match self.kind {
            Kind(Inner::Leaf(ops)) => ops.keeps_null,
            Kind(Inner::Option(..)) => true,
            _ => false,
        };
        if keeps_null {
            self.fill();
        }
    }

    pub(crate) fn clear(self) {
        // SAFETY: as in `fill`.
        unsafe {
            if (self.ops.get)(self.at).is_some() {
                Mut::new((self.ops.fill)(self.at), self.kind).reset();
                (self.ops.forget)(self.at);
            }
        }
    }
}

/// The memory of a `Box`, which is an allocation of the layout of what it holds, or none for
/// what has no size. It holds the empty value.
fn new_box(desc: &'static Desc) -> Ptr {
    // SAFETY: size and align are of a type.
    let layout = unsafe { Layout::from_size_align_unchecked(desc.size, desc.align) };
    if layout.size() == 0 {
        return desc.empty;
    }
    // SAFETY: the size is not zero, and `empty` has it too.
    unsafe {
        let Some(new) = NonNull::new(alloc::alloc(layout)) else {
            alloc::handle_alloc_error(layout)
        };
        ptr::copy_nonoverlapping(desc.empty.as_ptr(), new.as_ptr(), layout.size());
        new
    }
}

/// # Safety
///
/// The pointer is from a box of what `desc` describes, and not used again.
unsafe fn free_box(inner: Ptr, desc: &'static Desc) {
    if desc.size != 0 {
        // SAFETY: as in `new_box`.
        unsafe {
            let layout = Layout::from_size_align_unchecked(desc.size, desc.align);
            alloc::dealloc(inner.as_ptr(), layout);
        }
    }
}

/// A `Vec`.
#[derive(Clone, Copy)]
pub(crate) struct ListRef<'a> {
    items: Ptr,
    len: usize,
    stride: usize,
    kind: &'static Kind,
    life: PhantomData<&'a u8>,
}

impl<'a> ListRef<'a> {
    pub(crate) fn len(self) -> usize {
        self.len
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Ref<'a>> {
        (0..self.len).map(move |index| {
            // SAFETY: the index is below the length.
            Ref::new(unsafe { self.items.add(index * self.stride) }, self.kind)
        })
    }
}

/// A `Vec` to be changed.
pub(crate) struct ListMut<'a> {
    at: Ptr,
    ops: &'static ListOps,
    kind: &'static Kind,
    life: PhantomData<&'a mut u8>,
}

impl ListMut<'_> {
    /// A new empty item at the end. Where there is no room, room is made for `more`.
    pub(crate) fn push(&mut self, more: usize) -> Mut<'_> {
        // SAFETY: the functions are for the type of the list.
        Mut::new(unsafe { (self.ops.push)(self.at, more) }, self.kind)
    }

    /// Gives back memory beyond the items.
    pub(crate) fn fit(&mut self) {
        // SAFETY: as in `push`.
        unsafe { (self.ops.fit)(self.at) }
    }

    pub(crate) fn clear(self) {
        // SAFETY: as in `push`. The items are empty, and so hold nothing, when the list
        // forgets them.
        unsafe {
            let (items, len) = (self.ops.get)(self.at);
            for index in 0..len {
                Mut::new(items.add(index * self.ops.stride), self.kind).reset();
            }
            (self.ops.forget)(self.at);
        }
    }
}

/// A [`Map`].
#[derive(Clone, Copy)]
pub(crate) struct MapRef<'a> {
    at: Ptr,
    ops: &'static MapOps,
    kind: &'static Kind,
    life: PhantomData<&'a u8>,
}

impl<'a> MapRef<'a> {
    pub(crate) fn len(self) -> usize {
        // SAFETY: the functions are for the type of the map.
        unsafe { (self.ops.len)(self.at) }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (&'a str, Ref<'a>)> {
        (0..self.len()).map(move |index| {
            // SAFETY: as in `len`; the key lives as long as the map.
            let (key, value) = unsafe {
                let (key, value) = (self.ops.entry)(self.at, index);
                (key.as_ref(), value)
            };
            (key, Ref::new(value, self.kind))
        })
    }
}

/// A [`Map`] to be changed.
pub(crate) struct MapMut<'a> {
    at: Ptr,
    ops: &'static MapOps,
    kind: &'static Kind,
    life: PhantomData<&'a mut u8>,
}

impl MapMut<'_> {
    /// The value of a key, empty: what was there is dropped.
    pub(crate) fn insert(&mut self, key: &str) -> Mut<'_> {
        // SAFETY: the functions are for the type of the map.
        Mut::new(unsafe { (self.ops.insert)(self.at, key) }, self.kind)
    }

    /// Gives back memory beyond the entries.
    pub(crate) fn fit(&mut self) {
        // SAFETY: as in `insert`.
        unsafe { (self.ops.fit)(self.at) }
    }

    pub(crate) fn clear(self) {
        // SAFETY: as in `insert`.
        unsafe { (self.ops.clear)(self.at) }
    }
}

/// A value of a type that is [`Either`].
pub(crate) struct EitherMut<'a> {
    at: Ptr,
    ops: &'static EitherOps,
    desc: DescFn,
    kind: &'static Kind,
    life: PhantomData<&'a mut u8>,
}

impl<'a> EitherMut<'a> {
    pub(crate) fn object(self) -> RecordMut<'a> {
        // SAFETY: the functions are for the type of the value.
        RecordMut::at(unsafe { (self.ops.object)(self.at) }, (self.desc)())
    }

    pub(crate) fn other(self) -> Mut<'a> {
        // SAFETY: as in `object`.
        Mut::new(unsafe { (self.ops.other)(self.at) }, self.kind)
    }

    fn clear(self) {
        // SAFETY: as in `object`.
        unsafe { (self.ops.clear)(self.at) }
    }
}
