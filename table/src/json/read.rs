//! From JSON text into places.

use super::Parser;
use crate::leaf::AnyLeaf;
use crate::place::{ListMut, MapMut, Mut, OptionalMut, Place, RecordMut};
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
    match place.open() {
        Place::Optional(place) => optional(parser, place),
        place => match parser.null()? {
            true => Ok(()),
            false => present(parser, place),
        },
    }
}

fn optional(parser: &mut Parser<'_>, place: OptionalMut<'_>) -> Result<(), Error> {
    if parser.null()? {
        place.fill_for_null();
        return Ok(());
    }
    value(parser, place.fill())
}

/// Reads what is not null.
fn present(parser: &mut Parser<'_>, place: Place<'_>) -> Result<(), Error> {
    match place {
        Place::Text(text) => {
            if parser.peek() != b'"' {
                return Err(unexpected(parser, "a string"));
            }
            *text = parser.string()?.into_owned();
            Ok(())
        }
        Place::Leaf(own) => leaf(parser, own),
        Place::Enum(own) => {
            if parser.peek() != b'"' {
                return Err(unexpected(parser, "a string"));
            }
            own.set(parser.string()?);
            Ok(())
        }
        Place::Record(record) => object(parser, record),
        Place::Optional(place) => optional(parser, place),
        Place::List(items) => list(parser, items),
        Place::Map(entries) => map(parser, entries),
        Place::Either(either) => match parser.peek() {
            b'{' => object(parser, either.object()),
            _ => value(parser, either.other()),
        },
    }
}

fn leaf(parser: &mut Parser<'_>, leaf: &mut dyn AnyLeaf) -> Result<(), Error> {
    parser.peek();
    let at = parser.place();
    let datum = match (leaf.takes_anything(), parser.peek()) {
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
    if parser.peek() != b'{' {
        return Err(unexpected(parser, "an object"));
    }
    parser.enter(b'{')?;
    let mut seen = Seen::default();
    let (mut is_first, mut hint) = (true, 0);
    while parser.more(is_first, b'}')? {
        is_first = false;
        let key = parser.key()?;
        match record.desc.find(&key, hint) {
            Some(index) => {
                if seen.again(index) {
                    record.field(index).reset();
                }
                value(parser, record.field(index)).map_err(|error| error.in_key(&key))?;
                hint = index + 1;
            }
            None if record.desc.keeps(&key) => {
                rest(parser, &mut record, &key).map_err(|error| error.in_key(&key))?;
            }
            None => parser
                .skip()
                .map(|_| ())
                .map_err(|error| error.in_key(&key))?,
        }
    }
    Ok(())
}

/// Reads a value whose key has no field.
fn rest(parser: &mut Parser<'_>, record: &mut RecordMut<'_>, key: &str) -> Result<(), Error> {
    match record.rest() {
        Some(mut map) => value(parser, map.insert(key.to_owned())),
        None => parser.skip().map(|_| ()),
    }
}

fn list(parser: &mut Parser<'_>, mut list: ListMut<'_>) -> Result<(), Error> {
    if parser.peek() != b'[' {
        return Err(unexpected(parser, "an array"));
    }
    parser.enter(b'[')?;
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
    if parser.peek() != b'{' {
        return Err(unexpected(parser, "an object"));
    }
    parser.enter(b'{')?;
    let mut is_first = true;
    while parser.more(is_first, b'}')? {
        is_first = false;
        let key = parser.key()?;
        let own = map.insert(key.clone().into_owned());
        value(parser, own).map_err(|error| error.in_key(&key))?;
    }
    map.fit();
    Ok(())
}

fn unexpected(parser: &mut Parser<'_>, expected: &str) -> Error {
    let found = parser.what();
    parser.error(format!("expected {expected}, found {found}"))
}

/// Which fields were read before, to know a key that comes twice.
#[derive(Default)]
pub(crate) struct Seen(u128);

impl Seen {
    /// Whether the field may have been read before; from the 128th on it may.
    pub(crate) fn again(&mut self, index: usize) -> bool {
        match 1_u128.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)) {
            Some(bit) => {
                let again = self.0 & bit != 0;
                self.0 |= bit;
                again
            }
            None => true,
        }
    }
}
