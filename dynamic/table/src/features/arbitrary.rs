//! `arbitrary::Arbitrary`, by the table: values that survive JSON.
//!
//! Every decision takes a byte, and where no bytes are left it is a no: so values are at most
//! as large as the data they are made of, however often a type contains itself, and empty data
//! makes a value of which only what is required is there.

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use serde_json::{Map as JsonMap, Value};

use crate::place::shape::{Inner, Shape};
use crate::place::{BoxedMut, EitherMut, ListMut, MapMut, Mut, OptionalMut, Place, RecordMut};
use crate::{Datum, Form, Map, Nullable};

/// Beyond this many structs in each other, only what is required is made: readers of JSON
/// bound how deep it may go.
const DEEPEST: usize = 12;
const LONGEST_TEXT: usize = 24;

/// A value made of the data.
///
/// # Errors
///
/// A leaf does not read its own form.
pub fn make_up<T: Shape>(data: &mut Unstructured<'_>) -> Result<T> {
    let mut value = T::EMPTY;
    fill(Mut::of(&mut value), &mut Maker { data, depth: 0 })?;
    Ok(value)
}

/// The data, and how many structs are around what is made now.
struct Maker<'a, 'data> {
    data: &'a mut Unstructured<'data>,
    depth: usize,
}

impl Maker<'_, '_> {
    /// Whether there is one more of what need not be there.
    fn more(&mut self) -> Result<bool> {
        Ok(self.depth < DEEPEST && self.data.arbitrary::<u8>()? >= 144)
    }

    fn coin(&mut self) -> Result<bool> {
        self.data.arbitrary()
    }

    fn upto(&mut self, most: u32) -> Result<u32> {
        self.data.int_in_range(0..=most)
    }

    fn text(&mut self) -> Result<String> {
        let len = self
            .data
            .int_in_range(0..=LONGEST_TEXT)?
            .min(self.data.len());
        Ok(String::from_utf8_lossy(self.data.bytes(len)?).into_owned())
    }

    fn one_of<T: Copy>(&mut self, these: &[T]) -> Result<T> {
        self.data.choose(these).copied()
    }
}

/// Fills an empty place.
fn fill(place: Mut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    let kind = place.kind();
    match (place.open(), kind.0) {
        (Place::Text(text), _) => *text = maker.text()?,
        (Place::Leaf(leaf), Inner::Leaf(ops)) => {
            let datum = datum(ops.form, maker)?;
            leaf.set(datum).map_err(|_| Error::IncorrectFormat)?;
        }
        (Place::Enum(value), Inner::Enum(ops)) => value.set(word((ops.known)(), maker)?.into()),
        (Place::Record(inner), _) => record(inner, maker)?,
        (Place::Boxed(inner), _) => boxed(inner, maker)?,
        (Place::Optional(inner), _) => optional(inner, maker)?,
        (Place::List(items), _) => list(items, maker)?,
        (Place::Map(entries), _) => map(entries, maker)?,
        (Place::Either(inner), _) => either(inner, maker)?,
        _ => debug_assert!(false, "a kind opens as what it is"),
    }
    Ok(())
}

fn record(mut inner: RecordMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    maker.depth += 1;
    for index in 0..inner.desc.named().len() {
        fill(inner.field(index), maker)?;
    }
    while maker.more()? {
        let (desc, key) = (inner.desc, maker.text()?);
        match inner.rest() {
            Some(mut rest) if desc.find(&key, 0).is_none() && desc.keeps(&key) => {
                fill(rest.insert(&key), maker)?;
            }
            _ => break,
        }
    }
    maker.depth -= 1;
    Ok(())
}

fn boxed(inner: BoxedMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    match maker.more()? {
        true => record(inner.fill(), maker),
        false => Ok(()),
    }
}

fn optional(inner: OptionalMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    match maker.more()? {
        true => fill(inner.fill(), maker),
        false => Ok(()),
    }
}

fn list(mut items: ListMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    while maker.more()? {
        fill(items.push(1), maker)?;
    }
    Ok(())
}

fn map(mut entries: MapMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    while maker.more()? {
        let key = maker.text()?;
        fill(entries.insert(&key), maker)?;
    }
    Ok(())
}

fn either(inner: EitherMut<'_>, maker: &mut Maker<'_, '_>) -> Result<()> {
    match maker.more()? {
        true => record(inner.object(), maker),
        false => fill(inner.other(), maker),
    }
}

/// A known value, or another.
fn word(known: &'static [&'static str], maker: &mut Maker<'_, '_>) -> Result<String> {
    match known.is_empty() || maker.more()? {
        true => maker.text(),
        false => Ok(maker.one_of(known)?.to_owned()),
    }
}

fn datum(form: Form, maker: &mut Maker<'_, '_>) -> Result<Datum<'static>> {
    Ok(match form {
        Form::Bool => Datum::Bool(maker.coin()?),
        Form::Int32 => int32(maker)?,
        Form::Int64 => Datum::Int(maker.data.arbitrary()?),
        Form::Uint32 => Datum::Int(maker.data.arbitrary::<u32>()?.into()),
        Form::Uint64 => unsigned(maker.data.arbitrary()?),
        Form::Integers([]) => Datum::Int(maker.data.arbitrary()?),
        Form::Integers(known) => match maker.more()? {
            true => Datum::Int(maker.data.arbitrary()?),
            false => Datum::Int(maker.one_of(known)?),
        },
        // What JSON can say, and every format says exactly.
        Form::Number => Datum::Float(f64::from(maker.data.arbitrary::<i32>()?) / 16.0),
        Form::Text => text(maker.text()?),
        Form::Time => text(format!("{}Z", time(maker)?)),
        Form::MicroTime => text(format!("{}.{:06}Z", time(maker)?, maker.upto(999_999)?)),
        Form::Quantity => text(quantity(maker)?),
        Form::IntOrString => match maker.coin()? {
            true => text(maker.text()?),
            false => int32(maker)?,
        },
        Form::Base64 => text(base64(maker)?),
        Form::Object => Datum::Json(Value::Object(members(maker, 0)?).to_string().into()),
        Form::Objects => Datum::Json(objects(maker)?.to_string().into()),
        Form::Json => Datum::Json(json(maker, 0)?.to_string().into()),
    })
}

fn text(text: String) -> Datum<'static> {
    Datum::Text(text.into())
}

fn int32(maker: &mut Maker<'_, '_>) -> Result<Datum<'static>> {
    Ok(Datum::Int(maker.data.arbitrary::<i32>()?.into()))
}

fn unsigned(number: u64) -> Datum<'static> {
    i64::try_from(number).map_or(Datum::Uint(number), Datum::Int)
}

/// Date and time of day, in no year that somebody takes for "never".
fn time(maker: &mut Maker<'_, '_>) -> Result<String> {
    let (year, month, day) = (
        2 + maker.upto(9_996)?,
        1 + maker.upto(11)?,
        1 + maker.upto(27)?,
    );
    let (hour, minute, second) = (maker.upto(23)?, maker.upto(59)?, maker.upto(59)?);
    Ok(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    ))
}

fn quantity(maker: &mut Maker<'_, '_>) -> Result<String> {
    const SUFFIXES: [&str; 12] = [
        "", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "n", "e3", "E-2",
    ];
    let number: i16 = maker.data.arbitrary()?;
    let fraction = maker.one_of(&["", ".5", ".25", "."])?;
    Ok(format!("{number}{fraction}{}", maker.one_of(&SUFFIXES)?))
}

/// Any four letters are three bytes.
fn base64(maker: &mut Maker<'_, '_>) -> Result<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let len = 4 * (maker.upto(6)? as usize).min(maker.data.len() / 4);
    let letters = maker.data.bytes(len)?.iter();
    Ok(letters
        .map(|byte| char::from(LETTERS[usize::from(byte % 64)]))
        .collect())
}

/// Some JSON that is not null, which may stand for absence.
fn json(maker: &mut Maker<'_, '_>, depth: usize) -> Result<Value> {
    Ok(match (maker.upto(4)?, depth < 3) {
        (1, _) => maker.data.arbitrary::<i64>()?.into(),
        (2, _) => maker.text()?.into(),
        (3, true) => {
            let mut items = Vec::new();
            while maker.more()? {
                items.push(json(maker, depth + 1)?);
            }
            items.into()
        }
        (4, true) => members(maker, depth + 1)?.into(),
        _ => maker.coin()?.into(),
    })
}

fn objects(maker: &mut Maker<'_, '_>) -> Result<Value> {
    let mut items = Vec::new();
    while maker.more()? {
        items.push(Value::Object(members(maker, 1)?));
    }
    Ok(items.into())
}

fn members(maker: &mut Maker<'_, '_>, depth: usize) -> Result<JsonMap<String, Value>> {
    let mut members = JsonMap::new();
    while maker.more()? {
        members.insert(maker.text()?, json(maker, depth + 1)?);
    }
    Ok(members)
}

impl<'a, V: Arbitrary<'a>> Arbitrary<'a> for Map<V> {
    fn arbitrary(data: &mut Unstructured<'a>) -> Result<Self> {
        data.arbitrary_iter::<(String, V)>()?.collect()
    }
}

impl<'a, T: Arbitrary<'a>> Arbitrary<'a> for Nullable<T> {
    fn arbitrary(data: &mut Unstructured<'a>) -> Result<Self> {
        let value: Option<T> = data.arbitrary()?;
        Ok(value.map_or(Self::Null, Self::Value))
    }
}
