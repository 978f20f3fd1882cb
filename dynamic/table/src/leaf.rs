//! Leaves: values without fields of their own.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::empty::Empty;
use crate::{Datum, Form, LeafError};

/// A value that is one datum: a number, a time, an amount.
///
/// [`leaf!`](crate::leaf!) makes a leaf of a type that implements this.
pub trait Leaf: Empty + Clone + PartialEq + fmt::Debug + 'static {
    /// The expected type, for errors, as in "a number".
    const EXPECTED: &'static str;
    /// The form in JSON, for schemas and made-up values.
    const FORM: Form = Form::Json;
    /// Whether any JSON is taken; it then comes as [`Datum::Json`] or [`Datum::Tree`].
    const ANYTHING: bool = false;
    /// Whether an `Option` of this distinguishes `null` from absence.
    const KEEPS_NULL: bool = false;

    /// Reads a datum, which is not null.
    ///
    /// # Errors
    ///
    /// The datum is not such a value.
    fn read(datum: Datum<'_>) -> Result<Self, LeafError>;

    /// Shows the value as a datum.
    fn show(&self) -> Datum<'_>;
}

/// An enum of known texts and of others that it keeps.
pub trait OpenEnum: fmt::Debug {
    /// The value as JSON spells it.
    fn text(&self) -> &str;
    /// Becomes the value of a text.
    fn set(&mut self, text: Cow<'_, str>);
    /// The values that have a name.
    fn known() -> &'static [&'static str]
    where
        Self: Sized,
    {
        &[]
    }
}

/// A [`Leaf`] whose type is forgotten.
pub trait AnyLeaf: Any + fmt::Debug {
    /// Becomes what the datum says.
    ///
    /// # Errors
    ///
    /// The datum is not such a value; the leaf stays what it was.
    fn set(&mut self, datum: Datum<'_>) -> Result<(), LeafError>;
    /// The value as a datum.
    fn datum(&self) -> Datum<'_>;
    /// Becomes a copy of another leaf of the same type.
    fn copy(&mut self, other: &dyn AnyLeaf);
    /// Whether the other is of the same type and equal.
    fn equals(&self, other: &dyn AnyLeaf) -> bool;
    /// Becomes empty.
    fn reset(&mut self);
    /// [`Leaf::EXPECTED`].
    fn expected(&self) -> &'static str;
    /// [`Leaf::ANYTHING`].
    fn takes_anything(&self) -> bool;
}

impl<T: Leaf> AnyLeaf for T {
    fn set(&mut self, datum: Datum<'_>) -> Result<(), LeafError> {
        *self = T::read(datum)?;
        Ok(())
    }

    fn datum(&self) -> Datum<'_> {
        self.show()
    }

    fn copy(&mut self, other: &dyn AnyLeaf) {
        if let Some(other) = (other as &dyn Any).downcast_ref::<T>() {
            self.clone_from(other);
        }
    }

    fn equals(&self, other: &dyn AnyLeaf) -> bool {
        (other as &dyn Any).downcast_ref::<T>() == Some(self)
    }

    fn reset(&mut self) {
        *self = T::EMPTY;
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn takes_anything(&self) -> bool {
        T::ANYTHING
    }
}

impl Empty for bool {
    const EMPTY: Self = false;
}

impl Leaf for bool {
    const EXPECTED: &'static str = "a boolean";
    const FORM: Form = Form::Bool;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Bool(value) => Ok(value),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        Datum::Bool(*self)
    }
}

impl Empty for f64 {
    const EMPTY: Self = 0.0;
}

impl Leaf for f64 {
    const EXPECTED: &'static str = "a number";
    const FORM: Form = Form::Number;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Int(number) => Ok(number as f64),
            Datum::Uint(number) => Ok(number as f64),
            Datum::Float(number) => Ok(number),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        Datum::Float(*self)
    }
}

/// Why a number is not of the type of an integer.
#[derive(Debug)]
enum NumberError {
    Fraction,
    /// Holds the type.
    TooLarge(&'static str),
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fraction => f.write_str("expected a whole number"),
            Self::TooLarge(integer) => write!(f, "the number does not fit in {integer}"),
        }
    }
}

impl std::error::Error for NumberError {}

/// Beyond this, not every whole number is a float.
pub(crate) const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A whole number in whatever spelling: `1.0` and `1e3` are such.
fn whole(datum: &Datum<'_>) -> Result<i128, LeafError> {
    match *datum {
        Datum::Int(number) => Ok(number.into()),
        Datum::Uint(number) => Ok(number.into()),
        Datum::Float(number) if number.fract() == 0.0 && number.abs() <= LARGEST_EXACT => {
            Ok(number as i128)
        }
        Datum::Float(_) => Err(LeafError::value(NumberError::Fraction)),
        _ => Err(LeafError::Type),
    }
}

macro_rules! integers {
    ($($integer:ty: $form:ident)+) => {$(
        impl Empty for $integer {
            const EMPTY: Self = 0;
        }

        impl Leaf for $integer {
            const EXPECTED: &'static str = "a number";
            const FORM: Form = Form::$form;

            fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
                let number = whole(&datum)?;
                Self::try_from(number)
                    .map_err(|_| LeafError::value(NumberError::TooLarge(stringify!($integer))))
            }

            fn show(&self) -> Datum<'_> {
                match i64::try_from(*self) {
                    Ok(number) => Datum::Int(number),
                    // Only what is larger than that comes here, and it is positive.
                    Err(_) => Datum::Uint(*self as u64),
                }
            }
        }
    )+};
}

integers!(i32: Int32 i64: Int64 u32: Uint32 u64: Uint64);

impl Empty for Value {
    const EMPTY: Self = Self::Null;
}

impl Leaf for Value {
    const EXPECTED: &'static str = "JSON";
    const ANYTHING: bool = true;
    const KEEPS_NULL: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        datum.into_value()
    }

    fn show(&self) -> Datum<'_> {
        Datum::Tree(Cow::Borrowed(self))
    }
}
