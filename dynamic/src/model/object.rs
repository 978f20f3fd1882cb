//! The instance side of a resource: what a cache and a client ask of one stored object.

pub(crate) mod problem;

use std::borrow::Cow;

use kubewright_table::abi::Record;
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::problem::JsonProblem;
use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::json::Checked;
use crate::model::meta::{Map, ObjectMeta, OwnerReference, Scale};

/// The outcome of reading the object at the front of a text in one pass.
#[doc(hidden)]
#[derive(Debug)]
pub enum Front<K> {
    /// The object, and where it ends.
    Whole(K, usize),
    /// The text ends inside the object.
    Cut,
    /// No object: the type has no such way, or something is wrong. Checking the text and then
    /// reading it says what.
    Unread,
}

impl<K> Front<K> {
    pub(crate) fn map<T>(self, make: impl FnOnce(K) -> T) -> Front<T> {
        match self {
            Front::Whole(object, end) => Front::Whole(make(object), end),
            Front::Cut => Front::Cut,
            Front::Unread => Front::Unread,
        }
    }
}

/// One object as the API server stores it, typed or not.
///
/// The accessors are what a cache needs: identity, version and labels. A struct gets this
/// trait through [`HasMetadata`], which `#[derive(Resource)]` implements; `Unstructured`
/// answers from its text without building a tree.
pub trait Object: Clone + Send + Sync + 'static {
    /// Whether the client asks for metadata alone (`as=PartialObjectMetadata`).
    #[doc(hidden)]
    const METADATA_ONLY: bool = false;

    /// `metadata.name`; empty when the object has none yet (`generateName`).
    fn name(&self) -> &str;
    /// `metadata.namespace`; `None` for cluster-scoped objects.
    fn namespace(&self) -> Option<&str>;
    /// `metadata.uid`: distinguishes objects that had the same name one after the other.
    fn uid(&self) -> Option<&str>;
    /// `metadata.resourceVersion`: opaque but for the comparison of
    /// [rule S12](crate::semantics#s12).
    fn resource_version(&self) -> Option<&str>;
    /// `metadata.labels`.
    fn labels(&self) -> Cow<'_, Map<String>>;
    /// `metadata.annotations`.
    fn annotations(&self) -> Cow<'_, Map<String>>;

    /// The owner that controls the object: the one of `metadata.ownerReferences` that says
    /// `controller`.
    fn controller(&self) -> Option<OwnerReference>;

    /// `metadata.finalizers`: the cleanups that must finish before the object is deleted.
    fn finalizers(&self) -> Cow<'_, [String]>;

    /// Whether `metadata.deletionTimestamp` is set: the object goes with its last finalizer.
    fn is_being_deleted(&self) -> bool;

    /// Whether there is `metadata.managedFields`, as in every object that was read.
    #[doc(hidden)]
    fn has_managed_fields(&self) -> bool;

    /// Reads one object from JSON text.
    ///
    /// # Errors
    /// When the text is not JSON or not of this type; the error names the field or byte.
    fn from_json(text: &str) -> Result<Self>;

    /// Reads the object at the front of a text in one pass, where the type can. The text is part
    /// of a longer one, in which the object is inside `depth` others.
    #[doc(hidden)]
    fn read_front(_text: &str, _depth: u32) -> Front<Self> {
        Front::Unread
    }

    /// Reads an object whose text was checked already, in one copy at most.
    #[doc(hidden)]
    fn from_checked(checked: &Checked<'_>) -> Result<Self> {
        Self::from_json(&checked.text())
    }

    /// Writes the object as JSON text, `apiVersion` and `kind` of `resource` included.
    ///
    /// # Errors
    /// When the type's own serialisation fails or gives something other than an object.
    fn to_json(&self, resource: &ApiResource) -> Result<String>;

    /// The object was changed on its way into a cache: it goes back to its leanest form, and
    /// remembers where it can that it is not what the server has.
    #[doc(hidden)]
    fn mark_altered(&mut self) {}

    /// Whether it remembers that.
    #[doc(hidden)]
    fn is_altered(&self) -> bool {
        false
    }

    /// Whether the object keeps more than its text, because a reader opened it.
    #[doc(hidden)]
    fn is_open(&self) -> bool {
        false
    }

    /// Lets go of that.
    #[doc(hidden)]
    fn close(&mut self) {}

    /// Takes the type that a list states for its items, where the object can hold it
    /// ([rule D4](crate::semantics#d4)).
    #[doc(hidden)]
    fn set_type_if_missing(&mut self, _api_version: &str, _kind: &str) {}
}

/// A struct that holds its metadata as a field; implemented by `#[derive(Resource)]`.
pub trait HasMetadata {
    /// Whether the struct is metadata and nothing else.
    #[doc(hidden)]
    const METADATA_ONLY: bool = false;

    /// Whether the struct may have fields for `apiVersion` and `kind`.
    #[doc(hidden)]
    const HOLDS_TYPE: bool = true;

    /// The object's metadata.
    fn metadata(&self) -> &ObjectMeta;
    /// The object's metadata, to be changed.
    fn metadata_mut(&mut self) -> &mut ObjectMeta;

    /// Reads the struct; generated types have a way that is faster than serde's.
    #[doc(hidden)]
    fn read_json(text: &str) -> Result<Self>
    where
        Self: DeserializeOwned,
    {
        from_json(text)
    }

    /// [`Object::read_front`], for structs without a place for `apiVersion` and `kind`.
    #[doc(hidden)]
    fn read_front(_text: &str, _depth: u32) -> Front<Self>
    where
        Self: Sized,
    {
        Front::Unread
    }

    /// Writes the struct, with the type where there is a way to put it in front.
    #[doc(hidden)]
    fn write_json(&self, resource: &ApiResource) -> Result<String>
    where
        Self: Serialize + Sized,
    {
        to_json(self, resource)
    }
}

impl HasMetadata for Scale {
    const HOLDS_TYPE: bool = false;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }

    fn read_json(text: &str) -> Result<Self> {
        read_json(text)
    }

    fn read_front(text: &str, depth: u32) -> Front<Self> {
        read_front(text, depth)
    }

    fn write_json(&self, resource: &ApiResource) -> Result<String> {
        write_json(self, resource)
    }
}

impl<T: HasMetadata + Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Object for T {
    const METADATA_ONLY: bool = T::METADATA_ONLY;

    fn name(&self) -> &str {
        self.metadata().name.as_deref().unwrap_or_default()
    }

    fn namespace(&self) -> Option<&str> {
        self.metadata().namespace.as_deref()
    }

    fn uid(&self) -> Option<&str> {
        self.metadata().uid.as_deref()
    }

    fn resource_version(&self) -> Option<&str> {
        self.metadata().resource_version.as_deref()
    }

    fn labels(&self) -> Cow<'_, Map<String>> {
        Cow::Borrowed(&self.metadata().labels)
    }

    fn annotations(&self) -> Cow<'_, Map<String>> {
        Cow::Borrowed(&self.metadata().annotations)
    }

    fn controller(&self) -> Option<OwnerReference> {
        let owners = &self.metadata().owner_references;
        owners
            .iter()
            .find(|owner| owner.controller == Some(true))
            .cloned()
    }

    fn finalizers(&self) -> Cow<'_, [String]> {
        Cow::Borrowed(&self.metadata().finalizers)
    }

    fn is_being_deleted(&self) -> bool {
        self.metadata().deletion_timestamp.is_some()
    }

    fn has_managed_fields(&self) -> bool {
        self.metadata().managed_fields.is_some()
    }

    fn from_json(text: &str) -> Result<Self> {
        T::read_json(text)
    }

    fn read_front(text: &str, depth: u32) -> Front<Self> {
        T::read_front(text, depth)
    }

    fn from_checked(checked: &Checked<'_>) -> Result<Self> {
        match T::HOLDS_TYPE {
            true => T::read_json(&checked.text()),
            false => T::read_json(&checked.untyped_text()),
        }
    }

    fn to_json(&self, resource: &ApiResource) -> Result<String> {
        self.write_json(resource)
    }
}

/// Decodes a value; the path of the field at fault is looked for only after a failure.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    if text.is_empty() {
        return Err(JsonProblem::Empty.into());
    }
    serde_json::from_str(text).map_err(|error| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let located = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
        match located.err() {
            Some(located) => JsonProblem::AtField(located).into(),
            None => JsonProblem::Json(error).into(),
        }
    })
}

fn to_json<T: Serialize>(value: &T, resource: &ApiResource) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|source| JsonProblem::Unwritable { source })?;
    with_type(text, resource)
}

/// Reads a struct by its table.
pub fn read_json<T: Record>(text: &str) -> Result<T> {
    if text.is_empty() {
        return Err(JsonProblem::Empty.into());
    }
    Ok(kubewright_table::from_json(text).map_err(JsonProblem::Record)?)
}

/// Reads a struct by its table from the front of a text.
pub fn read_front<T: Record>(text: &str, depth: u32) -> Front<T> {
    match kubewright_table::from_json_front(text, depth) {
        Ok((object, end)) => Front::Whole(object, end),
        Err(error) if error.is_cut() => Front::Cut,
        Err(_) => Front::Unread,
    }
}

/// Writes a struct by its table, `apiVersion` and `kind` in front.
pub fn write_json<T: Record>(value: &T, resource: &ApiResource) -> Result<String> {
    let api_version = resource.api_version();
    let head = [
        ("apiVersion", api_version.as_ref()),
        ("kind", resource.kind.as_ref()),
    ];
    Ok(kubewright_table::to_json_headed(value, &head))
}

/// The type of a JSON text, in words for messages.
fn type_of(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Puts `apiVersion` and `kind` in front: structs do not hold them, manifests do.
fn with_type(text: String, resource: &ApiResource) -> Result<String> {
    if text.starts_with(r#"{"apiVersion":"#) {
        return Ok(text);
    }
    let Some(inner) = text.strip_prefix('{') else {
        return Err(JsonProblem::NotWrittenAsObject {
            found: type_of(&text),
        }
        .into());
    };
    let comma = if inner.starts_with('}') { "" } else { "," };
    let api_version = serde_json::Value::from(resource.api_version());
    let kind = serde_json::Value::from(resource.kind.as_ref());
    Ok(format!(
        "{{\"apiVersion\":{api_version},\"kind\":{kind}{comma}{inner}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::partial::PartialObjectMetadata;
    use crate::model::unstructured::Unstructured;

    /// Finalizers, whether it is being deleted, whether it has managed fields.
    fn state(object: &impl Object) -> (Vec<String>, bool, bool) {
        let finalizers = object.finalizers().into_owned();
        (
            finalizers,
            object.is_being_deleted(),
            object.has_managed_fields(),
        )
    }

    #[test]
    fn typed_text_and_map_say_the_same_of_an_object() {
        for (metadata, finalizers, is_going, is_managed) in [
            (r#"{"name":"a"}"#, vec![], false, false),
            (
                r#"{"finalizers":["x/a","b"],"deletionTimestamp":"2024-01-01T00:00:00Z"}"#,
                vec!["x/a", "b"],
                true,
                false,
            ),
            (
                r#"{"managedFields":[{"manager":"kubectl"}]}"#,
                vec![],
                false,
                true,
            ),
            (
                r#"{"finalizers":null,"deletionTimestamp":null,"managedFields":null}"#,
                vec![],
                false,
                false,
            ),
        ] {
            let text = format!(r#"{{"metadata":{metadata}}}"#);
            let typed = PartialObjectMetadata::from_json(&text).unwrap();
            let kept = Unstructured::from_json(text.as_str()).unwrap();
            let opened = Unstructured::from(kept.clone().into_map());
            let finalizers: Vec<String> = finalizers.into_iter().map(str::to_owned).collect();
            let expected = (finalizers, is_going, is_managed);
            assert_eq!(state(&typed), expected, "{metadata}");
            assert_eq!(state(&kept), expected, "{metadata}");
            assert_eq!(state(&opened), expected, "{metadata}");
        }
    }
}
