//! OpenAPI schemas as the server uses them: to drop what a kind does not have, to fill in what it
//! defaults, to say what is wrong.
//!
//! A [`Schema`] is a view on a JSON schema that follows references by itself. Built-in kinds bring
//! theirs from the OpenAPI documents, custom ones from their definitions; both are walked alike.
//! There is no model of a schema here, on purpose: a server that shared one with the client would
//! share its mistakes.

mod defaults;
mod fit;
mod formats;
mod validate;

use serde_json::{Map, Value};

pub(crate) use defaults::fill;
pub(crate) use fit::{Misfit, fit};
pub(crate) use validate::causes;

/// References chained longer than this lead nowhere.
const LONGEST_CHAIN: usize = 16;

/// A schema and the definitions that its references name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema<'a> {
    node: &'a Map<String, Value>,
    definitions: &'a Map<String, Value>,
}

/// What the members of an object that are not properties may be.
pub(crate) enum Additional<'a> {
    None,
    Anything,
    Schema(Schema<'a>),
}

impl<'a> Schema<'a> {
    /// A schema within a document of definitions; `None` when it is not a schema at all.
    pub(crate) fn new(node: &'a Value, definitions: &'a Map<String, Value>) -> Option<Self> {
        let node = node.as_object()?;
        Some(Self { node, definitions }.followed())
    }

    /// The definition of a name.
    pub(crate) fn definition(name: &str, definitions: &'a Map<String, Value>) -> Option<Self> {
        Self::new(definitions.get(name)?, definitions)
    }

    /// The schema of a property; `None` when there is no such property.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        self.child(self.node.get("properties")?.get(name)?)
    }

    pub(crate) fn properties(&self) -> impl Iterator<Item = (&'a str, Schema<'a>)> + use<'a> {
        let schema = *self;
        let properties = self
            .node
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        properties.filter_map(move |(name, node)| Some((name.as_str(), schema.child(node)?)))
    }

    pub(crate) fn has_properties(&self) -> bool {
        self.node.contains_key("properties")
    }

    pub(crate) fn additional(&self) -> Additional<'a> {
        match self.node.get("additionalProperties") {
            None | Some(Value::Bool(false)) => Additional::None,
            Some(node) => self
                .child(node)
                .map_or(Additional::Anything, Additional::Schema),
        }
    }

    pub(crate) fn items(&self) -> Option<Self> {
        self.child(self.node.get("items")?)
    }

    pub(crate) fn json_type(&self) -> Option<&'a str> {
        self.text("type")
    }

    pub(crate) fn format(&self) -> Option<&'a str> {
        self.text("format")
    }

    pub(crate) fn default(&self) -> Option<&'a Value> {
        self.node.get("default")
    }

    pub(crate) fn is_nullable(&self) -> bool {
        self.flag("nullable")
    }

    pub(crate) fn preserves_unknown(&self) -> bool {
        self.flag("x-kubernetes-preserve-unknown-fields")
    }

    pub(crate) fn is_embedded_resource(&self) -> bool {
        self.flag("x-kubernetes-embedded-resource")
    }

    pub(crate) fn is_int_or_string(&self) -> bool {
        self.flag("x-kubernetes-int-or-string") || self.format() == Some("int-or-string")
    }

    /// How lists are merged by apply: atomic, set or map; none is atomic.
    pub(crate) fn list_type(&self) -> &'a str {
        self.text("x-kubernetes-list-type").unwrap_or("atomic")
    }

    /// The fields that identify the items of a map-like list.
    pub(crate) fn list_map_keys(&self) -> Vec<&'a str> {
        self.texts("x-kubernetes-list-map-keys")
    }

    /// Whether an object is replaced as a whole by apply.
    pub(crate) fn is_atomic_map(&self) -> bool {
        self.text("x-kubernetes-map-type") == Some("atomic")
    }

    /// The field by which a strategic merge patch identifies items.
    pub(crate) fn patch_merge_key(&self) -> Option<&'a str> {
        self.text("x-kubernetes-patch-merge-key")
    }

    /// Whether strategic merge patch merges here (`merge`) or only sets keys (`retainKeys`).
    pub(crate) fn has_patch_strategy(&self, strategy: &str) -> bool {
        let strategies = self.text("x-kubernetes-patch-strategy").unwrap_or_default();
        strategies.split(',').any(|own| own == strategy)
    }

    pub(super) fn required(&self) -> Vec<&'a str> {
        self.texts("required")
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.node.get(keyword)
    }

    pub(super) fn number(&self, keyword: &str) -> Option<f64> {
        self.node.get(keyword)?.as_f64()
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.node.get(keyword)?.as_str()
    }

    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.node
            .get(keyword)
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// The alternatives under `allOf`, `anyOf` or `oneOf`.
    pub(super) fn alternatives(&self, keyword: &str) -> Vec<Schema<'a>> {
        let list = self
            .node
            .get(keyword)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        list.filter_map(|node| self.child(node)).collect()
    }

    pub(super) fn child(&self, node: &'a Value) -> Option<Self> {
        Self::new(node, self.definitions)
    }

    fn texts(&self, keyword: &str) -> Vec<&'a str> {
        self.node
            .get(keyword)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// Through `$ref`, alone or as the single element of `allOf`, which is how documents write a
    /// reference that has a default beside it.
    fn followed(self) -> Self {
        let mut schema = self;
        for _ in 0..LONGEST_CHAIN {
            match schema
                .reference()
                .and_then(|name| self.definitions.get(name)?.as_object())
            {
                Some(node) => schema.node = node,
                None => break,
            }
        }
        schema
    }

    fn reference(&self) -> Option<&'a str> {
        let all_of = self.node.get("allOf").and_then(Value::as_array);
        let wrapped = all_of
            .filter(|list| list.len() == 1)
            .and_then(|list| list.first()?.get("$ref"));
        self.node
            .get("$ref")
            .or(wrapped)?
            .as_str()?
            .rsplit('/')
            .next()
    }
}
