//! JSON of any shape inside a typed object.

use std::borrow::Cow;

use kubewright_table::{Datum, Empty, Leaf, LeafError, leaf, record};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ObjectMeta, TypeMeta};

/// An embedded object of any kind, or plain JSON (`runtime` `RawExtension`, and every field
/// that a CustomResourceDefinition marks as an embedded resource).
///
/// The JSON is kept as it came. [`type_meta`](Self::type_meta) and
/// [`metadata`](Self::metadata) look at what every object has, [`to`](Self::to) and
/// [`from_object`](Self::from_object) go from and to the struct of a kind.
///
/// ```
/// use kubewright::meta::RawExtension;
/// use serde_json::json;
///
/// let input = RawExtension::from(json!({
///     "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}, "data": {"a": "b"},
/// }));
/// let type_meta = input.type_meta().unwrap_or_default();
/// assert_eq!((type_meta.api_version.as_str(), type_meta.kind.as_str()), ("v1", "ConfigMap"));
/// assert_eq!(input.metadata().unwrap_or_default().name.as_deref(), Some("web"));
/// assert_eq!(input.0["data"]["a"], "b");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawExtension(pub Value);

impl RawExtension {
    /// `apiVersion` and `kind`; `None` unless it is an object that has both.
    #[must_use]
    pub fn type_meta(&self) -> Option<TypeMeta> {
        let text = |key: &str| self.0.get(key)?.as_str().map(str::to_owned);
        Some(TypeMeta {
            api_version: text("apiVersion")?,
            kind: text("kind")?,
        })
    }

    /// The metadata; `None` if it is missing or cannot be read.
    #[must_use]
    pub fn metadata(&self) -> Option<ObjectMeta> {
        let metadata = self.0.get("metadata").filter(|value| value.is_object())?;
        ObjectMeta::deserialize(metadata).ok()
    }
}

impl Empty for RawExtension {
    const EMPTY: Self = Self(Value::Null);
}

impl Leaf for RawExtension {
    const EXPECTED: &'static str = "JSON";
    const ANYTHING: bool = true;
    const KEEPS_NULL: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        datum.into_value().map(Self)
    }

    fn show(&self) -> Datum<'_> {
        Datum::Tree(Cow::Borrowed(&self.0))
    }
}

leaf!(RawExtension);

impl From<Value> for RawExtension {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

/// One frame of a watch with its object still untyped (`meta/v1` `WatchEvent`), for schemas that
/// refer to that type. A [`Watch`](crate::Watch) yields [`WatchEvent`](crate::WatchEvent)s.
#[doc(alias = "WatchEvent")]
pub struct RawWatchEvent {
    /// `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`.
    pub type_: String,
    /// The object; a [`Status`](super::Status) when the type is `ERROR`.
    pub object: RawExtension,
}

record! {
    RawWatchEvent {
        "type" type_,
        "object" object,
    }
}

impl Eq for RawWatchEvent {}
