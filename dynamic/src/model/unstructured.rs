//! An object of any kind, as a JSON map that is paid for only when it is opened.
//!
//! An object from the API server is kept as its JSON text, checked once, with the position of
//! its metadata; name, namespace, version and a value at a path are read from that text. The
//! map is built on the first access, and replaces the text on the first change. A cache of such objects costs the bytes it holds.

mod embedded;
mod path;
pub(crate) mod problem;
mod text;
mod whole;

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use self::problem::UnstructuredProblem;
use self::text::Text;
#[cfg(feature = "cache")]
pub(crate) use self::text::opened;
use self::whole::Whole;
use crate::model::api_resource::ApiResource;
use crate::model::error::{Error, Result};
use crate::model::json::Checked;
use crate::model::meta::{self, ObjectMeta, OwnerReference};
use crate::model::object::Object;
use crate::model::object::problem::{JsonProblem, OfObject};

/// An object of any kind: behaves as a [`serde_json::Map`], costs its JSON text until it is
/// opened.
///
/// Metadata accessors and [`Unstructured::path`] read the text in place. Dereferencing
/// (`object.get("spec")`, `object["spec"]`, iteration) builds the map once and keeps it, about ten
/// times the size of the text; changing anything drops the text. Equality compares the maps.
///
/// That is what one wants of an object that was fetched, and not of one that a cache shares.
/// There, [`Unstructured::path`] reads a field and [`Unstructured::open`] all of them, and neither
/// keeps anything. A cache also closes opened objects, once no reader holds them.
///
/// Numbers keep their exact text until the map is built, which holds integers of 64 bits
/// and doubles, as `serde_json` does.
///
/// ```
/// use kubewright::Unstructured;
///
/// let mut web: Unstructured = r#"{"apiVersion":"apps/v1","kind":"Deployment",
///     "metadata":{"name":"web","namespace":"prod"},"spec":{"replicas":3}}"#.parse()?;
/// assert_eq!(web.name(), "web");
/// assert_eq!(web.path::<u32>("/spec/replicas")?, Some(3));
/// assert_eq!(web["spec"]["replicas"], 3);
/// web.set_path("/spec/replicas", 5)?;
/// assert_eq!(web["spec"]["replicas"], 5);
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone)]
pub struct Unstructured {
    state: State,
    /// A cache's transform changed it.
    altered: bool,
}

#[derive(Clone)]
enum State {
    /// The text as it arrived, and the map once it was asked for.
    Text(Text),
    /// Made or changed here.
    Map(Map<String, Value>),
}

impl Unstructured {
    /// An object with an address and nothing else, ready to be filled in.
    pub fn new(resource: &ApiResource, name: &str) -> Self {
        let mut map = Map::new();
        map.insert("apiVersion".into(), resource.api_version().into());
        map.insert("kind".into(), resource.kind.as_ref().into());
        map.insert(
            "metadata".into(),
            Map::from_iter([("name".to_owned(), Value::from(name))]).into(),
        );
        Unstructured::from(map)
    }

    /// Takes an object's JSON text as it is.
    ///
    /// # Errors
    /// When the text is not one JSON object, nests more than 127 deep, or holds a number or
    /// escape that cannot be opened as a value; the error names the byte.
    pub fn from_json(text: impl Into<String>) -> Result<Self> {
        Ok(Text::new(text.into())?.into())
    }

    /// Turns a typed object into a map. The type says nothing of `apiVersion` and `kind`
    /// unless its own JSON does; [`Unstructured::set_type`] adds them.
    ///
    /// # Errors
    /// When the value does not serialise to a JSON object.
    pub fn from_typed<T: Serialize>(object: &T) -> Result<Self> {
        match serde_json::to_value(object) {
            Ok(Value::Object(map)) => Ok(map.into()),
            Ok(other) => Err(JsonProblem::NotWrittenAsObject {
                found: path::type_name(&other),
            }
            .into()),
            Err(source) => Err(JsonProblem::Unwritable { source }.into()),
        }
    }

    /// Reads the object as a type: straight from the text, or from the map once it has one.
    ///
    /// # Errors
    /// When the type refuses the object; the error says which field where `serde` knows it.
    pub fn to_typed<T: DeserializeOwned>(&self) -> Result<T> {
        let result = match &self.state {
            State::Text(text) => serde_json::from_str(text.as_str()),
            State::Map(map) => T::deserialize(Whole(map)),
        };
        result.map_err(|error| self.context(JsonProblem::Json(error).into()))
    }

    fn context(&self, error: Error) -> Error {
        error.while_doing(OfObject(self.to_string()))
    }

    /// The object as JSON text; borrowed when it is still as it arrived.
    pub fn to_json(&self) -> Cow<'_, str> {
        match &self.state {
            State::Text(text) => Cow::Borrowed(text.as_str()),
            // A map of JSON values always serialises.
            State::Map(map) => Cow::Owned(serde_json::to_string(map).unwrap_or_default()),
        }
    }

    /// `apiVersion`; empty when absent.
    pub fn api_version(&self) -> &str {
        self.field(|text| text.head().api_version, &["apiVersion"])
            .unwrap_or_default()
    }

    /// `kind`; empty when absent.
    pub fn kind(&self) -> &str {
        self.field(|text| text.head().kind, &["kind"])
            .unwrap_or_default()
    }

    /// `metadata.name`; empty when absent.
    pub fn name(&self) -> &str {
        self.field(|text| text.head().name, &["metadata", "name"])
            .unwrap_or_default()
    }

    /// `metadata.namespace`.
    pub fn namespace(&self) -> Option<&str> {
        self.field(|text| text.head().namespace, &["metadata", "namespace"])
    }

    /// `metadata.uid`.
    pub fn uid(&self) -> Option<&str> {
        self.field(|text| text.head().uid, &["metadata", "uid"])
    }

    /// `metadata.resourceVersion`.
    pub fn resource_version(&self) -> Option<&str> {
        self.field(
            |text| text.head().resource_version,
            &["metadata", "resourceVersion"],
        )
    }

    /// `metadata.labels`; entries whose value is not a string are left out.
    pub fn labels(&self) -> meta::Map<String> {
        self.string_map(|text| text.head().labels, "labels")
    }

    /// `metadata.annotations`; entries whose value is not a string are left out.
    pub fn annotations(&self) -> meta::Map<String> {
        self.string_map(|text| text.head().annotations, "annotations")
    }

    /// The whole metadata, typed; empty when absent.
    ///
    /// # Errors
    /// When `metadata` does not have the shape of `meta/v1` `ObjectMeta`.
    pub fn metadata(&self) -> Result<ObjectMeta> {
        Ok(self.path("/metadata")?.unwrap_or_default())
    }

    /// Sets `apiVersion` and `kind`.
    pub fn set_type(&mut self, api_version: &str, kind: &str) {
        self.insert("apiVersion".into(), api_version.into());
        self.insert("kind".into(), kind.into());
    }

    /// Reads the value at a JSON pointer, such as `/spec/containers/0/image`, without
    /// opening the object.
    ///
    /// `None` when a key on the way is missing or null, or when null stands at the end and
    /// `T` has no use for it ([rule D1](crate::semantics#d1)).
    ///
    /// # Errors
    /// When the pointer does not begin with `/`, when something that is neither object nor
    /// array stands on the way, or when the value is not a `T`: an integer type refuses a
    /// number with a fraction ([rule D2](crate::semantics#d2)).
    pub fn path<T: DeserializeOwned>(&self, pointer: &str) -> Result<Option<T>> {
        match &self.state {
            State::Text(text) => path::read_text(text.as_str(), pointer),
            State::Map(map) => path::read_map(map, pointer),
        }
        .map_err(|error| self.context(error))
    }

    /// Writes a value at a JSON pointer, making the objects on the way that are missing
    /// ([rule D3](crate::semantics#d3)). In an array, an index replaces an element and `-` appends
    /// one.
    ///
    /// # Errors
    /// When something that is not an object or array stands on the way, or an index is
    /// beyond the end. The object is then as it was.
    pub fn set_path(&mut self, pointer: &str, value: impl Into<Value>) -> Result<()> {
        let written = path::write(self.map_mut(), pointer, value.into());
        written.map_err(|error| self.context(error))
    }

    /// Removes the value at a JSON pointer and returns it; a path that is not there is no
    /// error ([rule D3](crate::semantics#d3)).
    ///
    /// # Errors
    /// When the pointer does not begin with `/`.
    pub fn remove_path(&mut self, pointer: &str) -> Result<Option<Value>> {
        path::remove(self.map_mut(), pointer)
    }

    /// All of the object, opened for the caller: the map lives as long as the caller keeps it.
    /// Borrowed where the object is a map already.
    ///
    /// ```
    /// use kubewright::Unstructured;
    ///
    /// let web: Unstructured = r#"{"spec":{"replicas":3}}"#.parse()?;
    /// let opened = web.open();
    /// for (key, value) in opened.iter() {
    ///     println!("{key}: {value}");
    /// }
    /// assert_eq!(opened["spec"]["replicas"], 3);
    /// # Ok::<(), kubewright::Error>(())
    /// ```
    pub fn open(&self) -> Cow<'_, Map<String, Value>> {
        match &self.state {
            State::Text(text) => text.to_map(),
            State::Map(map) => Cow::Borrowed(map),
        }
    }

    /// Whether something stands at a JSON pointer, null not counted.
    fn has(&self, pointer: &str) -> bool {
        let value: Result<Option<Value>> = self.path(pointer);
        value.is_ok_and(|value| value.is_some_and(|value| !value.is_null()))
    }

    /// The object as a map, to be kept.
    pub fn into_map(self) -> Map<String, Value> {
        match self.state {
            State::Text(text) => text.into_map(),
            State::Map(map) => map,
        }
    }

    fn map(&self) -> &Map<String, Value> {
        match &self.state {
            State::Text(text) => text.map(),
            State::Map(map) => map,
        }
    }

    /// The map, and no text any more: what changes must not be read from the old text.
    fn map_mut(&mut self) -> &mut Map<String, Value> {
        if let State::Text(text) = &mut self.state {
            self.state = State::Map(text.take_map());
        }
        match &mut self.state {
            State::Map(map) => map,
            State::Text(_) => unreachable!("replaced by its map above"),
        }
    }

    fn field(
        &self,
        span: impl Fn(&Text) -> crate::model::json::Span,
        keys: &[&str],
    ) -> Option<&str> {
        match &self.state {
            State::Text(text) => span(text).of(text.as_str()),
            State::Map(map) => string_at(map, keys),
        }
    }

    fn string_map(
        &self,
        span: impl Fn(&Text) -> crate::model::json::Span,
        key: &str,
    ) -> meta::Map<String> {
        match &self.state {
            State::Text(text) => span(text)
                .of(text.as_str())
                .map(strings_of_text)
                .unwrap_or_default(),
            State::Map(map) => map
                .get("metadata")
                .and_then(|metadata| metadata.get(key))
                .map(strings_of_value)
                .unwrap_or_default(),
        }
    }
}

fn string_at<'a>(map: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a str> {
    let (first, rest) = keys.split_first()?;
    rest.iter()
        .try_fold(map.get(*first)?, |value, key| value.get(key))?
        .as_str()
}

fn strings_of_text(text: &str) -> meta::Map<String> {
    serde_json::from_str::<Value>(text)
        .as_ref()
        .map(strings_of_value)
        .unwrap_or_default()
}

fn strings_of_value(value: &Value) -> meta::Map<String> {
    let entries = value.as_object().into_iter().flatten();
    entries
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}

impl Object for Unstructured {
    fn name(&self) -> &str {
        self.name()
    }

    fn namespace(&self) -> Option<&str> {
        self.namespace()
    }

    fn uid(&self) -> Option<&str> {
        self.uid()
    }

    fn resource_version(&self) -> Option<&str> {
        self.resource_version()
    }

    fn labels(&self) -> Cow<'_, meta::Map<String>> {
        Cow::Owned(self.labels())
    }

    fn annotations(&self) -> Cow<'_, meta::Map<String>> {
        Cow::Owned(self.annotations())
    }

    fn controller(&self) -> Option<OwnerReference> {
        let owners: Vec<OwnerReference> = self.path("/metadata/ownerReferences").ok()??;
        owners
            .into_iter()
            .find(|owner| owner.controller == Some(true))
    }

    fn finalizers(&self) -> Cow<'_, [String]> {
        let names: Option<Vec<String>> = self.path("/metadata/finalizers").ok().flatten();
        Cow::Owned(names.unwrap_or_default())
    }

    fn is_being_deleted(&self) -> bool {
        self.has("/metadata/deletionTimestamp")
    }

    fn has_managed_fields(&self) -> bool {
        self.has("/metadata/managedFields")
    }

    fn from_json(text: &str) -> Result<Self> {
        Unstructured::from_json(text)
    }

    fn from_checked(checked: &Checked<'_>) -> Result<Self> {
        Ok(Text::copied(checked)?.into())
    }

    /// As it is; only what is missing of `apiVersion` and `kind` is added.
    fn to_json(&self, resource: &ApiResource) -> Result<String> {
        let typed = !self.api_version().is_empty() && !self.kind().is_empty();
        if typed || resource.kind.is_empty() {
            return Ok(self.to_json().into_owned());
        }
        let mut typed = self.clone();
        typed.set_type(&resource.api_version(), &resource.kind);
        Ok(typed.to_json().into_owned())
    }

    fn mark_altered(&mut self) {
        if let State::Map(_) = self.state
            && let Ok(text) = Text::new(self.to_json().into_owned())
        {
            self.state = State::Text(text);
        }
        self.altered = true;
    }

    fn is_altered(&self) -> bool {
        self.altered
    }

    fn is_open(&self) -> bool {
        matches!(&self.state, State::Text(text) if text.is_open())
    }

    fn close(&mut self) {
        if let State::Text(text) = &mut self.state {
            text.close();
        }
    }

    fn set_type_if_missing(&mut self, api_version: &str, kind: &str) {
        if self.api_version().is_empty() && self.kind().is_empty() {
            match &mut self.state {
                State::Text(text) => text.add_type(api_version, kind),
                State::Map(_) => self.set_type(api_version, kind),
            }
        }
    }
}

impl Deref for Unstructured {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        self.map()
    }
}

impl DerefMut for Unstructured {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.map_mut()
    }
}

/// As in [`Value`]: a key that is not there reads as null.
impl Index<&str> for Unstructured {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        static NULL: Value = Value::Null;
        self.get(key).unwrap_or(&NULL)
    }
}

/// As in [`Value`]: a key that is not there is made, holding null.
impl IndexMut<&str> for Unstructured {
    fn index_mut(&mut self, key: &str) -> &mut Value {
        self.map_mut().entry(key).or_insert(Value::Null)
    }
}

impl From<Map<String, Value>> for Unstructured {
    fn from(map: Map<String, Value>) -> Self {
        Unstructured {
            state: State::Map(map),
            altered: false,
        }
    }
}

impl From<Text> for Unstructured {
    fn from(text: Text) -> Self {
        Unstructured {
            state: State::Text(text),
            altered: false,
        }
    }
}

impl TryFrom<Value> for Unstructured {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self> {
        match value {
            Value::Object(map) => Ok(map.into()),
            other => Err(UnstructuredProblem::NotAnObject {
                found: path::type_name(&other),
            }
            .into()),
        }
    }
}

impl From<Unstructured> for Value {
    fn from(object: Unstructured) -> Self {
        Value::Object(object.into_map())
    }
}

impl std::str::FromStr for Unstructured {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Unstructured::from_json(text)
    }
}

impl PartialEq for Unstructured {
    fn eq(&self, other: &Self) -> bool {
        match (&self.state, &other.state) {
            (State::Text(a), State::Text(b)) if a.as_str() == b.as_str() => true,
            _ => self.open() == other.open(),
        }
    }
}

impl Serialize for Unstructured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.open().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Unstructured {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Unstructured::from)
    }
}

/// `Deployment prod/web`: names the object without showing what is in it.
impl fmt::Display for Unstructured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.kind().is_empty() {
            "object"
        } else {
            self.kind()
        };
        match (self.namespace(), self.name()) {
            (_, "") => f.write_str(kind),
            (None, name) => write!(f, "{kind} {name}"),
            (Some(namespace), name) => write!(f, "{kind} {namespace}/{name}"),
        }
    }
}

/// Names the object and its version; its content may be a Secret's, so it is not shown.
impl fmt::Debug for Unstructured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unstructured")
            .field("api_version", &self.api_version())
            .field("kind", &self.kind())
            .field("namespace", &self.namespace())
            .field("name", &self.name())
            .field("resource_version", &self.resource_version())
            .finish_non_exhaustive()
    }
}
