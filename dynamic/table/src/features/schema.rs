//! `schemars::JsonSchema`, by the table: what is written, and what is taken.
//!
//! - A field is `required` when it is always written. It may be `null` where null differs from
//!   absence; a field that is only left out is not `nullable`, although reading forgives it.
//! - A struct is a definition of its own and a `$ref` wherever it is used, so that one that
//!   contains itself comes to an end.
//! - What is more than JSON Schema knows is written as in a CustomResourceDefinition:
//!   `x-kubernetes-int-or-string`, `x-kubernetes-preserve-unknown-fields`.
//! - Known values of an open enum are `examples`, since others are taken too.
//! - Texts are not here: a table has no documentation.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map as JsonMap, Value, json};

use crate::place::shape::{Desc, Field, Inner, Kind, Record, Shape};
use crate::{Form, Map, Nullable};

/// The schema of a struct, in full.
pub fn schema_of_record<T: Record>(generator: &mut SchemaGenerator) -> Schema {
    record(T::desc(), generator)
}

/// The schema of a value, where structs are referred to.
pub fn schema<T: Shape>(generator: &mut SchemaGenerator) -> Schema {
    item(T::KIND, generator)
}

fn record(desc: &Desc, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = json_schema!({"type": "object"});
    let named = desc.named();
    let properties: JsonMap<String, Value> = named
        .iter()
        .map(|field| (field.name.to_owned(), property(field, generator).to_value()))
        .collect();
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), properties.into());
    }
    let required: Vec<&str> = named
        .iter()
        .filter(|field| is_required(field))
        .map(|field| field.name)
        .collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if let (Some(_), Some(rest)) = (desc.rest, desc.fields.last()) {
        add_rest(rest.kind, &mut schema, generator);
    }
    schema
}

/// What there may be beside the properties.
fn add_rest(kind: Kind, schema: &mut Schema, generator: &mut SchemaGenerator) {
    let Inner::Map(_, values) = kind.0 else {
        return;
    };
    let values = item(*values, generator);
    match values.get(PRESERVE) {
        Some(_) => schema.insert(PRESERVE.to_owned(), true.into()),
        None => schema.insert("additionalProperties".to_owned(), values.to_value()),
    };
}

/// Whether the field is always written.
fn is_required(field: &Field) -> bool {
    let may_be_left_out = matches!(
        field.kind.0,
        Inner::Option(..) | Inner::Boxed(_) | Inner::List(..) | Inner::Map(..)
    );
    field.flags.always || !may_be_left_out
}

/// The schema of a field. An option may be left out, or may be null if it is always written.
fn property(field: &Field, generator: &mut SchemaGenerator) -> Schema {
    match (field.kind.0, field.flags.always) {
        (Inner::Option(_, inner), false) => item(*inner, generator),
        (Inner::Boxed(desc), false) => (desc().refer)(generator),
        _ => item(field.kind, generator),
    }
}

/// The schema of what is always there; an option is null instead of absent.
fn item(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    match kind.0 {
        Inner::Text => json_schema!({"type": "string"}),
        Inner::Leaf(ops) => leaf(ops.form),
        Inner::Enum(ops) => json_schema!({"type": "string", "examples": (ops.known)()}),
        Inner::Record(desc) => (desc().refer)(generator),
        Inner::Boxed(desc) => or_null((desc().refer)(generator)),
        Inner::Option(_, inner) => or_null(item(*inner, generator)),
        Inner::List(_, items) => json_schema!({"type": "array", "items": item(*items, generator)}),
        Inner::Map(_, values) => {
            json_schema!({"type": "object", "additionalProperties": item(*values, generator)})
        }
        Inner::Either(_, desc, other) => {
            json_schema!({"anyOf": [(desc().refer)(generator), item(*other, generator)]})
        }
    }
}

const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";

/// As the API server's own schemas have it.
const QUANTITY: &str = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

fn leaf(form: Form) -> Schema {
    match form {
        Form::Bool => json_schema!({"type": "boolean"}),
        Form::Int32 => json_schema!({"type": "integer", "format": "int32"}),
        Form::Int64 => json_schema!({"type": "integer", "format": "int64"}),
        Form::Uint32 => json_schema!({"type": "integer", "format": "uint32", "minimum": 0}),
        Form::Uint64 => json_schema!({"type": "integer", "format": "uint64", "minimum": 0}),
        Form::Integers(known) => {
            json_schema!({"type": "integer", "format": "int64", "examples": known})
        }
        Form::Number => json_schema!({"type": "number", "format": "double"}),
        Form::Text => json_schema!({"type": "string"}),
        Form::Time | Form::MicroTime => json_schema!({"type": "string", "format": "date-time"}),
        Form::Base64 => json_schema!({"type": "string", "format": "byte"}),
        Form::IntOrString => int_or_string(),
        Form::Quantity => {
            let mut schema = int_or_string();
            schema.insert("pattern".to_owned(), QUANTITY.into());
            schema
        }
        Form::Object => json_schema!({"type": "object", PRESERVE: true}),
        Form::Objects => {
            json_schema!({"type": "array", "items": {"type": "object", PRESERVE: true}})
        }
        Form::Json => json_schema!({PRESERVE: true}),
    }
}

/// The only form of `anyOf` with types that a structural schema may have.
fn int_or_string() -> Schema {
    json_schema!({
        "anyOf": [{"type": "integer"}, {"type": "string"}],
        "x-kubernetes-int-or-string": true,
    })
}

/// The same, or null.
fn or_null(mut schema: Schema) -> Schema {
    let text = match schema.get("type") {
        Some(Value::String(text)) => text.clone(),
        // A schema that says nothing of the type takes null already.
        None if schema.get(PRESERVE).is_some() => return schema,
        _ => return json_schema!({"anyOf": [schema, {"type": "null"}]}),
    };
    schema.insert("type".to_owned(), json!([text, "null"]));
    schema
}

impl<V: JsonSchema> JsonSchema for Map<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Map_of_{}", V::schema_name()).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("kubewright_table::Map<{}>", V::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<V>()})
    }
}

/// That of an option: the same, or null.
impl<T: JsonSchema> JsonSchema for Nullable<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Option::<T>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}
