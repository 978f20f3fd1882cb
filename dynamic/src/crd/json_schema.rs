//! A schema as a definition holds it: `JSONSchemaProps` of `apiextensions.k8s.io/v1`.
//!
//! This is the written form: it has every member of the API's type, has no `$ref`, and is what
//! [`Shape`](super::Shape) is rendered to. The generator reads schemas of three dialects into a model
//! of its own, which keeps less and knows places.
//!
//! Plain data, every field of it public; what a schema must be to be accepted is the
//! server's to say. Numbers keep their JSON form, so that `1` is not written as `1.0`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// A schema: the values that are valid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct JsonSchema {
    /// Identifier of the schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The dialect.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// A reference, which custom resources may not use.
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// A description for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `object`, `array`, `string`, `integer`, `number` or `boolean`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// How a string or number is to be read, as in `date-time` or `int32`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// A title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The value that the server fills in if the field is absent.
    #[serde(skip_serializing_if = "Option::is_none", with = "present")]
    pub default: Option<Value>,
    /// The largest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// Whether `maximum` itself is too large.
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive_maximum: bool,
    /// The smallest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// Whether `minimum` itself is too small.
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive_minimum: bool,
    /// The most characters of a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// The fewest characters of a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// A regular expression that a string matches somewhere (RE2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The most items of an array.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// The fewest items of an array.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Whether items are all different, which custom resources may not ask; see
    /// [`JsonSchema::list_type`].
    #[serde(skip_serializing_if = "is_false")]
    pub unique_items: bool,
    /// The number that a value must be a multiple of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,
    /// The only values.
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub enum_: Vec<Value>,
    /// The most properties of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<u64>,
    /// The fewest properties of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<u64>,
    /// The properties that must be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// The schema of each item of an array.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<JsonSchema>>,
    /// All of these must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<JsonSchema>,
    /// Exactly one of these must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<JsonSchema>,
    /// At least one of these must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<JsonSchema>,
    /// This must not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<JsonSchema>>,
    /// The schema of each property.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, JsonSchema>,
    /// The schema of properties with other names: the values of a map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<SchemaOrBool>,
    /// Where more is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<ExternalDocumentation>,
    /// A value that holds, for people.
    #[serde(skip_serializing_if = "Option::is_none", with = "present")]
    pub example: Option<Value>,
    /// Whether `null` is kept as a value of its own.
    #[serde(skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether fields that the schema does not name are kept, where they would be pruned.
    #[serde(
        rename = "x-kubernetes-preserve-unknown-fields",
        skip_serializing_if = "Option::is_none"
    )]
    pub preserve_unknown_fields: Option<bool>,
    /// Whether the value is an object of Kubernetes, with `apiVersion`, `kind` and metadata.
    #[serde(
        rename = "x-kubernetes-embedded-resource",
        skip_serializing_if = "is_false"
    )]
    pub embedded_resource: bool,
    /// Whether the value is a number or a string.
    #[serde(
        rename = "x-kubernetes-int-or-string",
        skip_serializing_if = "is_false"
    )]
    pub int_or_string: bool,
    /// Which fields identify the items of a list, when [`JsonSchema::list_type`] is `map`.
    #[serde(
        rename = "x-kubernetes-list-map-keys",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub list_map_keys: Vec<String>,
    /// How two appliers share a list: `atomic`, `set` or `map`.
    #[serde(
        rename = "x-kubernetes-list-type",
        skip_serializing_if = "Option::is_none"
    )]
    pub list_type: Option<String>,
    /// How two appliers share an object: `granular` or `atomic`.
    #[serde(
        rename = "x-kubernetes-map-type",
        skip_serializing_if = "Option::is_none"
    )]
    pub map_type: Option<String>,
    /// Rules in CEL.
    #[serde(
        rename = "x-kubernetes-validations",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub validations: Vec<ValidationRule>,
}

/// A schema, or whether anything is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SchemaOrBool {
    /// All or nothing.
    Bool(bool),
    /// The schema of allowed values.
    Schema(Box<JsonSchema>),
}

/// Where more is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExternalDocumentation {
    /// A description of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A rule in CEL, the Common Expression Language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ValidationRule {
    /// The expression, which sees the value as `self` and, on updates, the one before as
    /// `oldSelf`.
    pub rule: String,
    /// The message of the server if the rule is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// An expression that makes the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_expression: Option<String>,
    /// `FieldValueInvalid`, `FieldValueForbidden`, `FieldValueRequired` or
    /// `FieldValueDuplicate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The field at fault, as a path below the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_path: Option<String>,
    /// Whether a rule that names `oldSelf` is asked on creation too; it is then optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional_old_self: Option<bool>,
}

/// Whether a flag is not worth writing; the signature is serde's.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}

/// A value that is there may be `null`, which is not the same as none.
mod present {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    pub(super) fn serialize<S: Serializer>(
        value: &Option<Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Value>, D::Error> {
        Value::deserialize(deserializer).map(Some)
    }
}
