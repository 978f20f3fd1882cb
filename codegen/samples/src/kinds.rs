//! The kinds that documents define, with their schemas.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Kinds, and the definitions that their schemas refer to.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// In the order of group, version and kind.
    pub all: Vec<Kind>,
    definitions: BTreeMap<String, Value>,
}

/// One kind in one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// API group; empty for core.
    pub group: String,
    /// Version, such as `v1`.
    pub version: String,
    /// Kind, as in a manifest.
    pub kind: String,
    /// Of a CustomResourceDefinition: what it says. Nothing is said in OpenAPI.
    pub custom: Option<Custom>,
    /// The schema of the whole object.
    pub schema: Value,
}

/// What a CustomResourceDefinition says of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custom {
    /// Plural name, as in the URL.
    pub plural: String,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// Whether objects are stored in this version: others lose what this one does not know.
    pub stored: bool,
    /// Whether status is a subresource, which a create does not write.
    pub status: bool,
}

impl Kind {
    /// `v1`, `apps/v1`.
    #[must_use]
    pub fn api_version(&self) -> String {
        match self.group.is_empty() {
            true => self.version.clone(),
            false => format!("{}/{}", self.group, self.version),
        }
    }
}

impl Kinds {
    /// Those of an OpenAPI document of either version, or of a JSON object of documents.
    ///
    /// A kind is a definition with exactly one group, version and kind, and with metadata
    /// of its own.
    #[must_use]
    pub fn of_openapi(document: &Value) -> Self {
        let mut kinds = Self::default();
        kinds.read(document);
        let found = kinds.definitions.values().filter_map(kind);
        kinds.all = found.collect();
        kinds.sort();
        kinds
    }

    /// Those of a CustomResourceDefinition: one of each version that is served.
    #[must_use]
    pub fn of_definition(definition: &Value) -> Self {
        let spec = &definition["spec"];
        let versions = spec["versions"].as_array().into_iter().flatten();
        let served = versions.filter(|version| version["served"] != false);
        let mut kinds = Self {
            all: served.map(|version| custom(spec, version)).collect(),
            ..Self::default()
        };
        kinds.sort();
        kinds
    }

    /// Takes in the kinds of another document.
    pub fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.definitions.extend(other.definitions);
        self.sort();
    }

    /// The kind of this name.
    #[must_use]
    pub fn find(&self, group: &str, version: &str, kind: &str) -> Option<&Kind> {
        let mut all = self.all.iter();
        all.find(|own| own.group == group && own.version == version && own.kind == kind)
    }

    /// What a `$ref` leads to, with the name of the definition.
    pub(crate) fn definition(&self, reference: &str) -> Option<(&str, &Value)> {
        let name = reference.rsplit('/').next()?;
        let (name, schema) = self.definitions.get_key_value(name)?;
        Some((name, schema))
    }

    fn read(&mut self, document: &Value) {
        let v2 = document["definitions"].as_object();
        let v3 = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        if let Some(schemas) = v2.or(v3) {
            let schemas = schemas
                .iter()
                .map(|(name, schema)| (name.clone(), schema.clone()));
            self.definitions.extend(schemas);
        } else if document["openapi"].is_null() && document["swagger"].is_null() {
            let documents = document.as_object().into_iter().flat_map(Map::values);
            documents.for_each(|document| self.read(document));
        }
    }

    fn sort(&mut self) {
        let key = |kind: &Kind| (kind.group.clone(), kind.version.clone(), kind.kind.clone());
        self.all.sort_by_key(key);
    }
}

fn kind(schema: &Value) -> Option<Kind> {
    let [gvk] = schema["x-kubernetes-group-version-kind"]
        .as_array()?
        .as_slice()
    else {
        return None;
    };
    let metadata = schema["properties"]["metadata"].to_string();
    if !metadata.contains(".ObjectMeta\"") {
        return None;
    }
    let text = |key: &str| gvk[key].as_str().map(str::to_owned);
    Some(Kind {
        group: text("group")?,
        version: text("version")?,
        kind: text("kind")?,
        custom: None,
        schema: schema.clone(),
    })
}

fn custom(spec: &Value, version: &Value) -> Kind {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Kind {
        group: text(&spec["group"]),
        version: text(&version["name"]),
        kind: text(&spec["names"]["kind"]),
        custom: Some(Custom {
            plural: text(&spec["names"]["plural"]),
            namespaced: spec["scope"] == "Namespaced",
            stored: version["storage"] == true,
            status: version["subresources"]["status"].is_object(),
        }),
        schema: version["schema"]["openAPIV3Schema"].clone(),
    }
}
