//! Cloning and comparing.

use std::mem::{self, ManuallyDrop};

use crate::place::shape::Record;
use crate::place::{ListMut, MapMut, Mut, Place, RecordMut, RecordRef, Ref, View};

/// A copy of a struct.
pub fn clone<T: Record>(value: &T) -> T {
    // If a leaf panics, the table empties the copy: dropping it would bring the code for
    // dropping every struct in here.
    let mut copy = ManuallyDrop::new(T::EMPTY);
    copy_whole(RecordRef::new(value), RecordMut::new(&mut *copy));
    ManuallyDrop::into_inner(copy)
}

/// Whether two structs are equal, field for field.
pub fn equal<T: Record>(left: &T, right: &T) -> bool {
    equal_records(RecordRef::new(left), RecordRef::new(right))
}

fn copy_whole(from: RecordRef<'_>, to: RecordMut<'_>) {
    let mut half = Half(to);
    copy_record(from, &mut half.0);
    mem::forget(half);
}

/// A copy that is not whole yet, and holds nothing when it is dropped before.
struct Half<'a>(RecordMut<'a>);

impl Drop for Half<'_> {
    fn drop(&mut self) {
        self.0.reset();
    }
}

fn copy_record(from: RecordRef<'_>, to: &mut RecordMut<'_>) {
    for index in 0..from.desc.fields.len() {
        copy(from.field(index), to.field(index));
    }
}

/// The two are of the same kind, and `to` is empty.
fn copy(from: Ref<'_>, to: Mut<'_>) {
    match from.open() {
        View::Absent => {}
        from => copy_present(from, to),
    }
}

fn copy_present(from: View<'_>, to: Mut<'_>) {
    match (from, to.open()) {
        (View::Nested(from), Place::Optional(to)) => copy(from, to.fill()),
        (from, Place::Optional(to)) => copy_present(from, to.fill()),
        (View::Record(from), Place::Boxed(to)) => copy_record(from, &mut to.fill()),
        (View::Text(from), Place::Text(to)) => *to = from.to_owned(),
        (View::Leaf(from), Place::Leaf(to)) => to.copy(from),
        (View::Enum(from), Place::Enum(to)) => to.set(from.text().into()),
        (View::Record(from), Place::Record(mut to)) => copy_record(from, &mut to),
        (View::List(from), Place::List(to)) => copy_list(from.len(), from.iter(), to),
        (View::Map(from), Place::Map(to)) => copy_map(from.iter(), to),
        (View::Either(Ok(from)), Place::Either(to)) => copy_record(from, &mut to.object()),
        (View::Either(Err(from)), Place::Either(to)) => copy(from, to.other()),
        _ => debug_assert!(false, "a kind opens as the same, seen or changed"),
    }
}

fn copy_list<'a>(len: usize, from: impl Iterator<Item = Ref<'a>>, mut to: ListMut<'_>) {
    for item in from {
        copy(item, to.push(len));
    }
}

fn copy_map<'a>(from: impl Iterator<Item = (&'a str, Ref<'a>)>, mut to: MapMut<'_>) {
    for (key, value) in from {
        copy(value, to.insert(key));
    }
}

fn equal_records(left: RecordRef<'_>, right: RecordRef<'_>) -> bool {
    (0..left.desc.fields.len()).all(|index| equal_values(left.field(index), right.field(index)))
}

/// The two are of the same kind.
fn equal_values(left: Ref<'_>, right: Ref<'_>) -> bool {
    match (left.open(), right.open()) {
        (View::Text(left), View::Text(right)) => left == right,
        (View::Leaf(left), View::Leaf(right)) => left.equals(right),
        (View::Enum(left), View::Enum(right)) => left.text() == right.text(),
        (View::Record(left), View::Record(right)) => equal_records(left, right),
        (View::Absent, View::Absent) => true,
        (View::Nested(left), View::Nested(right)) => equal_values(left, right),
        (View::List(left), View::List(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right.iter())
                    .all(|(left, right)| equal_values(left, right))
        }
        (View::Map(left), View::Map(right)) => {
            let is_equal = |(left, right): ((&str, Ref<'_>), (&str, Ref<'_>))| {
                left.0 == right.0 && equal_values(left.1, right.1)
            };
            left.len() == right.len() && left.iter().zip(right.iter()).all(is_equal)
        }
        (View::Either(Ok(left)), View::Either(Ok(right))) => equal_records(left, right),
        (View::Either(Err(left)), View::Either(Err(right))) => equal_values(left, right),
        _ => false,
    }
}
