//! Reads JSON text into places.

use super::order::Order;
use crate::error::Reason;
use crate::leaf::AnyLeaf;
use crate::place::{ListMut, MapMut, Mut, Place, RecordMut};
use crate::scan::Scanner;
use crate::{Datum, Error, LeafError};

/// Reads the whole text into an empty struct.
pub(super) fn whole(text: &str, record: RecordMut<'_>) -> Result<(), Error> {
    let mut scanner = Scanner::new(text);
    if !scanner.null()? {
        object(&mut scanner, record)?;
    }
    Ok(scanner.end()?)
}

/// Reads the object at the front of a text, which is so deep in another value, into an empty
/// struct, and says where it ends.
pub(super) fn front(text: &str, depth: u32, record: RecordMut<'_>) -> Result<usize, Error> {
    let mut scanner = Scanner::within(text, depth);
    object(&mut scanner, record)?;
    Ok(scanner.position())
}

/// Reads a value into an empty place.
fn value(scanner: &mut Scanner<'_>, place: Mut<'_>) -> Result<(), Error> {
    if scanner.token() == b'n' {
        return null(scanner, place);
    }
    match place.open() {
        Place::Optional(place) => value(scanner, place.fill()),
        Place::Boxed(place) => object(scanner, place.fill()),
        Place::Text(text) => {
            quote(scanner)?;
            *text = scanner.text()?.into_owned();
            Ok(())
        }
        Place::Leaf(own) => leaf(scanner, own),
        Place::Enum(own) => {
            quote(scanner)?;
            own.set(scanner.text()?);
            Ok(())
        }
        Place::Record(record) => object(scanner, record),
        Place::List(items) => list(scanner, items),
        Place::Map(entries) => map(scanner, entries),
        Place::Either(either) => match scanner.token() {
            b'{' => object(scanner, either.object()),
            _ => value(scanner, either.other()),
        },
    }
}

#[cold]
fn null(scanner: &mut Scanner<'_>, place: Mut<'_>) -> Result<(), Error> {
    scanner.null()?;
    if let Place::Optional(place) = place.open() {
        place.fill_for_null();
    }
    Ok(())
}

fn leaf(scanner: &mut Scanner<'_>, leaf: &mut dyn AnyLeaf) -> Result<(), Error> {
    let first = scanner.token();
    let at = scanner.position();
    let datum = match (leaf.takes_anything(), first) {
        (true, _) => {
            scanner.value()?;
            Datum::Json(scanner.passed(at).into())
        }
        (false, b'{' | b'[') => return Err(unexpected(scanner, leaf.expected())),
        (false, _) => scanner.datum()?,
    };
    let what = datum.what();
    leaf.set(datum).map_err(|error| {
        let reason = match error {
            LeafError::Type => Reason::Type {
                expected: leaf.expected(),
                found: what,
            },
            LeafError::Value(reason) => Reason::Value(reason),
        };
        Error::new(reason, at)
    })
}

fn object(scanner: &mut Scanner<'_>, mut record: RecordMut<'_>) -> Result<(), Error> {
    open(scanner, b'{', "an object")?;
    let named = record.desc.named();
    let mut seen = Seen::default();
    let (mut is_first, mut order) = (true, Order::of(record.desc));
    while scanner.more(is_first, b'}')? {
        is_first = false;
        let guess = order.guess();
        if named
            .get(guess)
            .is_some_and(|field| scanner.takes_key(field.name))
        {
            order.went_on(guess);
            field(scanner, &mut record, guess, &mut seen)?;
            continue;
        }
        let key = scanner.key_text()?;
        match order.find(&key) {
            Some(index) => field(scanner, &mut record, index, &mut seen)?,
            None => rest(scanner, &mut record, &key).map_err(|error| error.in_key(&key))?,
        }
    }
    Ok(())
}

/// Reads the value of a field; what came before with the same key counts no more.
#[inline]
fn field(
    scanner: &mut Scanner<'_>,
    record: &mut RecordMut<'_>,
    index: usize,
    seen: &mut Seen,
) -> Result<(), Error> {
    if seen.again(index) {
        record.field(index).reset();
    }
    value(scanner, record.field(index))
        .map_err(|error| error.in_key(record.desc.fields[index].name))
}

/// Reads a value whose key has no field.
fn rest(scanner: &mut Scanner<'_>, record: &mut RecordMut<'_>, key: &str) -> Result<(), Error> {
    if record.desc.keeps(key)
        && let Some(mut map) = record.rest()
    {
        return value(scanner, map.insert(key));
    }
    scanner.value()?;
    Ok(())
}

fn list(scanner: &mut Scanner<'_>, mut list: ListMut<'_>) -> Result<(), Error> {
    open(scanner, b'[', "an array")?;
    let mut len = 0;
    while scanner.more(len == 0, b']')? {
        // One, two, four: most lists have one item.
        value(scanner, list.push(len)).map_err(|error| error.in_item(len))?;
        len += 1;
    }
    list.fit();
    Ok(())
}

fn map(scanner: &mut Scanner<'_>, mut map: MapMut<'_>) -> Result<(), Error> {
    open(scanner, b'{', "an object")?;
    let mut is_first = true;
    while scanner.more(is_first, b'}')? {
        is_first = false;
        let key = scanner.key_text()?;
        let own = map.insert(&key);
        value(scanner, own).map_err(|error| error.in_key(&key))?;
    }
    map.fit();
    Ok(())
}

#[inline]
fn open(scanner: &mut Scanner<'_>, byte: u8, expected: &'static str) -> Result<(), Error> {
    match scanner.token() == byte {
        true => Ok(scanner.open()?),
        false => Err(unexpected(scanner, expected)),
    }
}

#[inline]
fn quote(scanner: &mut Scanner<'_>) -> Result<(), Error> {
    match scanner.token() {
        b'"' => Ok(()),
        _ => Err(unexpected(scanner, "a string")),
    }
}

#[cold]
fn unexpected(scanner: &mut Scanner<'_>, expected: &'static str) -> Error {
    let found = scanner.what();
    let is_cut = scanner.peek().is_none();
    Error::new(Reason::Type { expected, found }, scanner.position()).cut_if(is_cut)
}

/// Which fields were read before, to know a key that comes twice.
#[derive(Default)]
pub(crate) struct Seen(u64);

impl Seen {
    /// Whether the field may have been read before; from the 65th on it may.
    #[inline]
    pub(crate) fn again(&mut self, index: usize) -> bool {
        if index >= 64 {
            return true;
        }
        let bit = 1 << index;
        let again = self.0 & bit != 0;
        self.0 |= bit;
        again
    }
}
