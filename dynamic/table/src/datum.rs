//! The data between a format and a leaf.

use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;

use serde_json::Value;

/// The value of a leaf in any format, for reading and writing.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum<'a> {
    /// Nothing; leaves may show it, and are never asked to read it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond [`Datum::Int`].
    Uint(u64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// Any JSON, as valid text; only for leaves that take anything.
    Json(Cow<'a, str>),
    /// Any JSON, as a tree; only for leaves that take anything.
    Tree(Cow<'a, Value>),
}

/// Why a leaf refuses a datum.
#[derive(Clone, Debug)]
pub enum LeafError {
    /// The datum is of the wrong type: the error says what was expected and found.
    Type,
    /// The datum has the right type and a wrong value: the reason, as [`LeafError::value`]
    /// takes it.
    Value(Arc<dyn Error + Send + Sync>),
}

impl LeafError {
    /// A datum of the right type whose value is wrong. The text of the reason must not quote
    /// what may be secret.
    pub fn value(reason: impl Error + Send + Sync + 'static) -> Self {
        Self::Value(Arc::new(reason))
    }
}

impl Datum<'_> {
    /// The type of this, for errors: never the value itself.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Uint(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::Json(_) | Self::Tree(_) => "JSON",
        }
    }

    /// The tree of any datum.
    ///
    /// # Errors
    /// [`Datum::Json`] holds text that is not JSON.
    pub fn into_value(self) -> Result<Value, LeafError> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(number) => number.into(),
            Self::Uint(number) => number.into(),
            Self::Float(number) => number.into(),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::Json(text) => serde_json::from_str(&text).map_err(LeafError::value)?,
            Self::Tree(value) => value.into_owned(),
        })
    }
}
