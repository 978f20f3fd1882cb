//! From JSON text into places.

use super::order::Order;
use super::parser::Parser;
use crate::leaf::AnyLeaf;
use crate::place::{ListMut, MapMut, Mut, Place, RecordMut};
use crate::{Datum, Error, Fault};

/// Reads the whole text into an empty struct.
pub(super) fn whole(text: &str, record: RecordMut<'_>) -> Result<(), Error> {
    let mut parser = Parser::new(text);
    if !parser.null()? {
        object(&mut parser, record)?;
    }
    parser.end()
}

/// Reads a value into an empty place.
fn value(parser: &mut Parser<'_>, place: Mut<'_>) -> Result<(), Error> {
    if parser.peek() == b'n' {
        return null(parser, place);
    }
    match place.open() {
        Place::Optional(place) => value(parser, place.fill()),
        Place::Boxed(place) => object(parser, place.fill()),
        Place::Text(text) => {
            quote(parser)?;
            *text = parser.string()?.into_owned();
            Ok(())
        }
        Place::Leaf(own) => leaf(parser, own),
        Place::Enum(own) => {
            quote(parser)?;
            own.set(parser.string()?);
            Ok(())
        }
        Place::Record(record) => object(parser, record),
        Place::List(items) => list(parser, items),
        Place::Map(entries) => map(parser, entries),
        Place::Either(either) => match parser.peek() {
            b'{' => object(parser, either.object()),
            _ => value(parser, either.other()),
        },
    }
}

#[cold]
fn null(parser: &mut Parser<'_>, place: Mut<'_>) -> Result<(), Error> {
    parser.null()?;
    if let Place::Optional(place) = place.open() {
        place.fill_for_null();
    }
    Ok(())
}

fn leaf(parser: &mut Parser<'_>, leaf: &mut dyn AnyLeaf) -> Result<(), Error> {
    let first = parser.peek();
    let at = parser.place();
    let datum = match (leaf.takes_anything(), first) {
        (true, _) => Datum::Json(parser.skip()?.into()),
        (false, b'{' | b'[') => return Err(unexpected(parser, leaf.expected())),
        (false, _) => parser.datum()?,
    };
    let what = datum.what();
    leaf.set(datum).map_err(|fault| match fault {
        Fault::Type => Error::new(format!("expected {}, found {what}", leaf.expected()), at),
        Fault::Because(message) => Error::new(message, at),
    })
}

fn object(parser: &mut Parser<'_>, mut record: RecordMut<'_>) -> Result<(), Error> {
    open(parser, b'{', "an object")?;
    let named = record.desc.named();
    let mut seen = Seen::default();
    let (mut is_first, mut order) = (true, Order::of(record.desc));
    while parser.more(is_first, b'}')? {
        is_first = false;
        let guess = order.guess();
        if named
            .get(guess)
            .is_some_and(|field| parser.takes_key(field.name))
        {
            order.went_on(guess);
            field(parser, &mut record, guess, &mut seen)?;
            continue;
        }
        let key = parser.key()?;
        match order.find(&key) {
            Some(index) => field(parser, &mut record, index, &mut seen)?,
            None => rest(parser, &mut record, &key).map_err(|error| error.in_key(&key))?,
        }
    }
    Ok(())
}

/// Reads the value of a field; what came before with the same key counts no more.
#[inline]
fn field(
    parser: &mut Parser<'_>,
    record: &mut RecordMut<'_>,
    index: usize,
    seen: &mut Seen,
) -> Result<(), Error> {
    if seen.again(index) {
        record.field(index).reset();
    }
    value(parser, record.field(index)).map_err(|error| error.in_key(record.desc.fields[index].name))
}

/// Reads a value whose key has no field.
fn rest(parser: &mut Parser<'_>, record: &mut RecordMut<'_>, key: &str) -> Result<(), Error> {
    if record.desc.keeps(key)
        && let Some(mut map) = record.rest()
    {
        return value(parser, map.insert(key));
    }
    parser.skip().map(|_| ())
}

fn list(parser: &mut Parser<'_>, mut list: ListMut<'_>) -> Result<(), Error> {
    open(parser, b'[', "an array")?;
    let mut len = 0;
    while parser.more(len == 0, b']')? {
        // One, two, four: most lists have one item.
        value(parser, list.push(len)).map_err(|error| error.in_item(len))?;
        len += 1;
    }
    list.fit();
    Ok(())
}

fn map(parser: &mut Parser<'_>, mut map: MapMut<'_>) -> Result<(), Error> {
    open(parser, b'{', "an object")?;
    let mut is_first = true;
    while parser.more(is_first, b'}')? {
        is_first = false;
        let key = parser.key()?;
        let own = map.insert(&key);
        value(parser, own).map_err(|error| error.in_key(&key))?;
    }
    map.fit();
    Ok(())
}

#[inline]
fn open(parser: &mut Parser<'_>, byte: u8, expected: &str) -> Result<(), Error> {
    match parser.peek() == byte {
        true => parser.enter(),
        false => Err(unexpected(parser, expected)),
    }
}

#[inline]
fn quote(parser: &mut Parser<'_>) -> Result<(), Error> {
    match parser.peek() {
        b'"' => Ok(()),
        _ => Err(unexpected(parser, "a string")),
    }
}

#[cold]
fn unexpected(parser: &mut Parser<'_>, expected: &str) -> Error {
    let found = parser.what();
    parser.error(format!("expected {expected}, found {found}"))
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
