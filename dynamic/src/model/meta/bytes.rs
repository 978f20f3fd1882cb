//! Binary data inside JSON.

use std::fmt;
use std::ops::{Deref, DerefMut};

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::problem::ValueProblem;

/// Bytes that travel as base64 text, as in a Secret.
///
/// Reading takes what Go's encoder and people produce: padding may be missing, line breaks
/// are skipped and `null` is empty. `Debug` shows the length alone, because these fields are
/// where the API keeps its secrets.
///
/// # Examples
///
/// ```
/// use kubewright::meta::Bytes;
///
/// let password: Bytes = serde_json::from_str(r#""aHVudGVyMg==""#)?;
/// assert_eq!(&*password, b"hunter2");
/// assert_eq!(format!("{password:?}"), "Bytes(7)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub Vec<u8>);

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl Deref for Bytes {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Bytes {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl From<String> for Bytes {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl Empty for Bytes {
    const EMPTY: Self = Self(Vec::new());
}

impl Leaf for Bytes {
    const EXPECTED: &'static str = "base64 text";
    const FORM: Form = Form::Base64;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Text(text) => decode(&text)
                .map(Self)
                .ok_or_else(|| LeafError::value(ValueProblem::NotBase64)),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        Datum::Text(BASE64.encode(&self.0).into())
    }
}

leaf!(Bytes);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BytesVisitor)
    }
}

struct BytesVisitor;

impl Visitor<'_> for BytesVisitor {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
        decode(text).map(Bytes).ok_or_else(not_base64)
    }

    fn visit_unit<E: Error>(self) -> Result<Bytes, E> {
        Ok(Bytes::default())
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    if text.contains(['\r', '\n']) {
        return BASE64.decode(text.replace(['\r', '\n'], "")).ok();
    }
    BASE64.decode(text).ok()
}

/// Quotes neither the text nor its wrong byte: both may be part of a secret.
fn not_base64<E: Error>() -> E {
    E::custom(ValueProblem::NotBase64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> Result<Bytes, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn reads_what_go_and_people_write() {
        for json in [r#""aGk=""#, r#""aGk""#, r#""aG\nk=\r\n""#] {
            assert_eq!(read(json).unwrap(), Bytes::from("hi"), "{json}");
        }
        assert!(read("null").unwrap().is_empty());
        assert!(read(r#""""#).unwrap().is_empty());
    }

    #[test]
    fn an_error_does_not_show_the_text() {
        let error = read(r#""s3cr3t!""#).unwrap_err().to_string();
        assert!(error.contains("not base64"), "{error}");
        assert!(!error.contains("s3cr3t") && !error.contains('!'), "{error}");
    }

    proptest! {
        #[test]
        fn round_trips(bytes: Vec<u8>) {
            let json = serde_json::to_string(&Bytes(bytes.clone())).unwrap();
            prop_assert_eq!(read(&json).unwrap().0, bytes);
        }
    }
}
