//! Amounts of a resource: `500m` of a CPU, `1.5Gi` of memory.
//!
//! A [`Quantity`] is the text that the API holds, and a number on demand. What was read is
//! written back letter by letter, so that a client which only passes an object on never
//! changes it; comparing and computing go by value. The arithmetic is exact: a count of
//! nano-units in 128 bits, which is as fine as the API goes and reaches well beyond the
//! 2^63 units to which it is limited.

mod canonical;
mod error;
mod number;
mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf, share};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use error::QuantityError;
use number::Number;

/// Thousandths of a thousandth of a thousandth: the finest step of a quantity.
const NANOS_PER_UNIT: i128 = 1_000_000_000;
const NANOS_PER_MILLI: i128 = 1_000_000;
/// The greatest amount that binary suffixes can express; more is cut down to it.
const BINARY_LIMIT: i128 = i64::MAX as i128 * NANOS_PER_UNIT;

/// An amount of a resource, as in `500m`, `1.5Gi` or `1e3` (`resource` `Quantity`).
///
/// Reading never fails on the text, so that one odd field does not hide a whole list;
/// [`FromStr`] and everything that asks for the value do. `==`, `<` and `Hash` go by value
/// (`1Gi` equals `1073741824`); a text that is not a quantity equals only itself, and sorts
/// before every number. `Display` is the canonical form, [`Quantity::as_str`] the original.
/// Written is what was read: `1000m` stays `1000m`, and where a custom resource has the JSON
/// number `2`, that stays a number.
///
/// # Examples
///
/// ```
/// use kubewright::meta::Quantity;
///
/// let request: Quantity = "1500m".parse()?;
/// let limit: Quantity = "2.0".parse()?;
/// assert!(request < limit);
/// assert_eq!(request.try_add(&limit)?.to_string(), "3500m");
/// assert_eq!((limit.as_str(), limit.to_string().as_str()), ("2.0", "2"));
/// # Ok::<(), kubewright::meta::QuantityError>(())
/// ```
#[derive(Clone)]
pub struct Quantity {
    /// Nothing for `0`, so that there is a constant; shared, for objects ask for the same
    /// few amounts.
    text: Option<Arc<str>>,
    /// Whether it is a number in JSON: what was read as one is written as one.
    is_number: bool,
}

/// How a quantity is written: which suffixes its canonical form uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantityFormat {
    /// Powers of ten by letter: `n u m k M G T P E`.
    DecimalSi,
    /// Powers of 1024: `Ki Mi Gi Ti Pi Ei`.
    BinarySi,
    /// Powers of ten by exponent: `1e3`.
    DecimalExponent,
}

impl Quantity {
    /// A quantity of this many nano-units, in canonical form.
    ///
    /// ```
    /// use kubewright::meta::{Quantity, QuantityFormat};
    ///
    /// let half = Quantity::from_nanos(500_000_000, QuantityFormat::DecimalSi);
    /// assert_eq!(half.as_str(), "500m");
    /// ```
    #[must_use]
    pub fn from_nanos(nanos: i128, format: QuantityFormat) -> Self {
        Number { nanos, format }.into()
    }

    /// The text as it was given or read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_deref().unwrap_or("0")
    }

    /// The exact value, in nano-units.
    ///
    /// Finer values are rounded away from zero, as the API server does.
    ///
    /// # Errors
    ///
    /// The text is not a quantity, or its value does not fit.
    pub fn nanos(&self) -> Result<i128, QuantityError> {
        Ok(self.number()?.nanos)
    }

    /// The value in whole units; a fraction is rounded away from zero, as by `Value` in Go.
    ///
    /// # Errors
    ///
    /// The text is not a quantity, or its value does not fit.
    pub fn value(&self) -> Result<i64, QuantityError> {
        self.counted_in(NANOS_PER_UNIT)
    }

    /// The value in thousandths, rounded as in [`Quantity::value`]; the usual way to count
    /// CPU.
    ///
    /// # Errors
    ///
    /// The text is not a quantity, or its value does not fit.
    pub fn milli_value(&self) -> Result<i64, QuantityError> {
        self.counted_in(NANOS_PER_MILLI)
    }

    /// The value as a floating-point number, for charts and ratios; not exact.
    ///
    /// # Errors
    ///
    /// The text is not a quantity, or its value does not fit.
    pub fn to_f64(&self) -> Result<f64, QuantityError> {
        Ok(self.nanos()? as f64 / NANOS_PER_UNIT as f64)
    }

    /// Which suffixes the canonical form uses.
    ///
    /// # Errors
    ///
    /// The text is not a quantity.
    pub fn format(&self) -> Result<QuantityFormat, QuantityError> {
        Ok(self.number()?.format)
    }

    /// The sum, in the format of `self`; when `self` is zero, in that of `other`.
    ///
    /// # Errors
    ///
    /// One of the two is not a quantity, or the sum does not fit.
    pub fn try_add(&self, other: &Self) -> Result<Self, QuantityError> {
        self.combine(other, i128::checked_add)
    }

    /// The difference, in the format of `self`; when `self` is zero, in that of `other`.
    ///
    /// # Errors
    ///
    /// One of the two is not a quantity, or the difference does not fit.
    pub fn try_sub(&self, other: &Self) -> Result<Self, QuantityError> {
        self.combine(other, i128::checked_sub)
    }

    /// The same amount with the other sign.
    ///
    /// # Errors
    ///
    /// The text is not a quantity.
    pub fn try_neg(&self) -> Result<Self, QuantityError> {
        let Number { nanos, format } = self.number()?;
        let nanos = nanos
            .checked_neg()
            .ok_or_else(|| QuantityError::out_of_range(self.as_str()))?;
        Ok(Self::from_nanos(nanos, format))
    }

    fn number(&self) -> Result<Number, QuantityError> {
        parse::parse(self.as_str())
    }

    fn counted_in(&self, nanos_per_step: i128) -> Result<i64, QuantityError> {
        let nanos = self.nanos()?;
        let steps = nanos / nanos_per_step + (nanos % nanos_per_step).signum();
        i64::try_from(steps).map_err(|_| QuantityError::out_of_range(self.as_str()))
    }

    fn combine(
        &self,
        other: &Self,
        operation: fn(i128, i128) -> Option<i128>,
    ) -> Result<Self, QuantityError> {
        let (left, right) = (self.number()?, other.number()?);
        let format = if left.nanos == 0 {
            right.format
        } else {
            left.format
        };
        let nanos = operation(left.nanos, right.nanos)
            .ok_or_else(|| QuantityError::out_of_range(other.as_str()))?;
        Ok(Self::from_nanos(nanos, format))
    }

    fn of_text(text: impl AsRef<str>) -> Self {
        Self {
            text: Some(share(text.as_ref())),
            is_number: false,
        }
    }

    /// A number as JSON has it.
    fn of_number(number: &impl ToString) -> Self {
        Self {
            is_number: true,
            ..Self::of_text(number.to_string())
        }
    }

    fn key(&self) -> Key<'_> {
        match self.number() {
            Ok(number) => Key::Nanos(number.nanos),
            Err(_) => Key::Text(self.as_str()),
        }
    }
}

/// The value that equality, order and hash use.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key<'a> {
    Text(&'a str),
    Nanos(i128),
}

impl Default for Quantity {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Empty for Quantity {
    const EMPTY: Self = Self {
        text: None,
        is_number: false,
    };
}

impl Leaf for Quantity {
    const EXPECTED: &'static str = "a quantity, as in 500m, 2 or 1.5Gi";
    const FORM: Form = Form::Quantity;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        Ok(match datum {
            Datum::Text(text) => Self::of_text(text),
            Datum::Int(number) => Self::of_number(&number),
            Datum::Uint(number) => Self::of_number(&number),
            Datum::Float(number) => Self::of_number(&number),
            _ => return Err(LeafError::Type),
        })
    }

    fn show(&self) -> Datum<'_> {
        match self.is_number {
            true => Datum::Json(self.as_str().into()),
            false => Datum::Text(self.as_str().into()),
        }
    }
}

leaf!(Quantity);

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.show().serialize(serializer)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Takes a number with an optional sign and an optional suffix, and keeps the text.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        parse::parse(text)?;
        Ok(Self::of_text(text.trim()))
    }
}

impl fmt::Display for Quantity {
    /// The canonical form; a text that is not a quantity appears as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            Ok(number) => number.fmt(f),
            Err(_) => f.write_str(self.as_str()),
        }
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({:?})", self.as_str())
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.key() == other.key()
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl From<Number> for Quantity {
    fn from(number: Number) -> Self {
        Self::of_text(number.to_string())
    }
}

/// The integers that always fit.
macro_rules! from_integer {
    ($($integer:ty)+) => {$(
        impl From<$integer> for Quantity {
            fn from(units: $integer) -> Self {
                Self::from_nanos(i128::from(units) * NANOS_PER_UNIT, QuantityFormat::DecimalSi)
            }
        }
    )+};
}

from_integer!(u8 u16 u32 u64 i8 i16 i32 i64);

impl TryFrom<&Quantity> for i64 {
    type Error = QuantityError;

    /// The value where it is whole; unlike [`Quantity::value`] it does not round.
    fn try_from(quantity: &Quantity) -> Result<Self, QuantityError> {
        if quantity.nanos()? % NANOS_PER_UNIT != 0 {
            return Err(QuantityError::not_whole(quantity.as_str()));
        }
        quantity.value()
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

/// JSON numbers count as well: people write `cpu: 2` and YAML makes a number of it.
struct QuantityVisitor;

impl Visitor<'_> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity, as in 500m, 2 or 1.5Gi")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Quantity, E> {
        Ok(Quantity::of_text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Quantity, E> {
        Ok(Quantity::of_text(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Quantity, E> {
        Ok(Quantity::of_number(&number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Quantity, E> {
        Ok(Quantity::of_number(&number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Quantity, E> {
        Ok(Quantity::of_number(&number))
    }

    fn visit_unit<E: Error>(self) -> Result<Quantity, E> {
        Ok(Quantity::default())
    }
}
