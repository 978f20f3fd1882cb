//! The type of a field, from its schema.

use std::collections::BTreeSet;

use super::known::{self, Known};
use super::{Lowering, enums};
use crate::Error;
use crate::fixups;
use crate::ir::{Body, GroupVersion, Location, SchemaOr, Ty, TypeDef};
use crate::merge::Definition;
use crate::naming::{singular, type_name};
use crate::parse::{Additional, Format, Schema, SchemaType, custom_name};

/// How deep a type may nest, through definitions that are only names for others too. A
/// document alone cannot nest deeper; definitions that name each other never end.
const DEEPEST: usize = 128;

/// Where a schema stands: what a type found there would be called.
#[derive(Clone)]
pub(super) struct Site<'a> {
    pub(super) origin: &'a str,
    pub(super) home: GroupVersion,
    /// The identity of a type found here.
    pub(super) id: String,
    /// The location that a type found here is named after.
    pub(super) location: Location,
    /// Whether the schema is structural, that is of a CustomResourceDefinition: the server
    /// drops what such a schema does not name, so an object without properties is empty.
    pub(super) structural: bool,
    /// How many schemas this one is inside of.
    pub(super) depth: usize,
}

impl<'a> Site<'a> {
    pub(super) fn property(&self, wire: &str) -> Self {
        let mut site = self.below(wire);
        site.location.path.push(wire.to_owned());
        site
    }

    /// An item or value: called by the singular of what holds it.
    fn inside(&self, mark: &str) -> Self {
        let mut site = self.below(mark);
        let Location { owner, path } = &mut site.location;
        let name = path.last_mut().unwrap_or(owner);
        *name = singular(name);
        site
    }

    fn below(&self, mark: &str) -> Self {
        Self {
            id: format!("{}/{mark}", self.id),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// The last property on the way, in the singular inside lists.
    fn last_property(&self) -> &str {
        self.location.path.last().map_or("", String::as_str)
    }
}

impl<'a> Lowering<'a> {
    /// The type of a value with this schema. Objects and enums met on the way are added to
    /// the model under the name of the site.
    pub(super) fn shape(&mut self, schema: &'a Schema, site: &Site<'a>) -> Result<Ty, Error> {
        let schema = unwrapped(schema);
        if site.depth > DEEPEST {
            return Err(Error::new(
                site.origin,
                &schema.pointer,
                format!("the schema nests deeper than {DEEPEST} levels, or endlessly"),
            ));
        }
        if let Some(reference) = &schema.reference {
            return self.reference(&reference.0, schema, site);
        }
        if is_int_or_string(schema) {
            return Ok(Ty::Meta(match fixups::is_quantity(schema) {
                true => "Quantity",
                false => "IntOrString",
            }));
        }
        if let Some(known) = enums::values(schema) {
            return self.lift_enum(known, schema, site);
        }
        match schema.single_type() {
            Some(SchemaType::Array) => self.list(schema, site),
            Some(SchemaType::Boolean) => Ok(Ty::Bool),
            Some(SchemaType::Integer) => Ok(integer(schema)),
            Some(SchemaType::Number) => Ok(Ty::F64),
            Some(SchemaType::String) => Ok(string(schema)),
            Some(SchemaType::Object) => self.object(schema, site),
            None if !schema.properties.is_empty() => self.object(schema, site),
            None => Ok(Ty::Json),
        }
    }

    fn reference(&mut self, name: &str, from: &Schema, site: &Site<'a>) -> Result<Ty, Error> {
        match known::of(name) {
            Some(Known::Ty(ty)) => return Ok(ty),
            Some(Known::SchemaOr(or)) => return self.schema_or(or, name),
            None => {}
        }
        let definition = self.definition(name, site.origin, &from.pointer)?;
        if is_type(&definition.schema) {
            self.queue.push(name.to_owned());
            return Ok(Ty::Named(name.to_owned()));
        }
        let mut alias = self.site_of(name)?;
        alias.depth = site.depth + 1;
        self.shape(&definition.schema, &alias)
    }

    /// The site of a whole definition.
    pub(super) fn site_of(&self, name: &str) -> Result<Site<'a>, Error> {
        super::check_length(name).map_err(|message| self.complain(name, message))?;
        let definition = self.definition(name, "", "")?;
        Ok(Site {
            origin: &definition.origin,
            home: self.homes.of_definition(name).clone(),
            id: name.to_owned(),
            location: Location {
                owner: type_name(name),
                path: Vec::new(),
            },
            structural: is_structural(name, definition),
            depth: 0,
        })
    }

    /// `JSONSchemaPropsOr…` has no schema; its name says what it is.
    fn schema_or(&mut self, or: SchemaOr, name: &str) -> Result<Ty, Error> {
        let inner = name
            .rsplit_once("Or")
            .map(|(inner, _)| inner.replace("OrString", ""))
            .unwrap_or_default();
        self.queue.push(inner.clone());
        let site = self.site_of(name)?;
        self.model.types.entry(name.to_owned()).or_insert(TypeDef {
            home: site.home,
            wish: site.location.owner,
            location: None,
            description: None,
            body: Body::Alias(or, inner),
        });
        Ok(Ty::Named(name.to_owned()))
    }

    fn list(&mut self, schema: &'a Schema, site: &Site<'a>) -> Result<Ty, Error> {
        let item = match &schema.items {
            Some(items) => self.element(items, &site.inside("[]"))?,
            None => Ty::Json,
        };
        Ok(Ty::List(Box::new(item)))
    }

    /// An item of a list or a value of a map.
    pub(super) fn element(&mut self, schema: &'a Schema, site: &Site<'a>) -> Result<Ty, Error> {
        let ty = self.shape(schema, site)?;
        Ok(match schema.nullable && !holds_null(&ty) {
            true => Ty::Nullable(Box::new(ty)),
            false => ty,
        })
    }

    fn object(&mut self, schema: &'a Schema, site: &Site<'a>) -> Result<Ty, Error> {
        if schema.embedded_resource {
            return Ok(Ty::Meta("RawExtension"));
        }
        if !schema.properties.is_empty() {
            return self.lift_struct(schema, site);
        }
        if site.structural && schema.additional.is_none() && !schema.preserve_unknown {
            return match site.last_property() {
                // What Go's ObjectMeta becomes: its fields are left out of every schema.
                "metadata" => Ok(Ty::Meta("ObjectMeta")),
                _ => self.lift_struct(schema, site),
            };
        }
        let value = match &schema.additional {
            Some(Additional::Of(value)) => self.element(value, &site.inside("{}"))?,
            Some(Additional::Any) | None => Ty::Json,
        };
        Ok(Ty::Map(Box::new(value)))
    }

    fn lift_struct(&mut self, schema: &'a Schema, site: &Site<'a>) -> Result<Ty, Error> {
        if !self.model.types.contains_key(&site.id) {
            let body = Body::Struct(self.structure(schema, site)?);
            self.lift(body, schema, site);
        }
        Ok(Ty::Named(site.id.clone()))
    }

    fn lift_enum(
        &mut self,
        known: Vec<enums::Value>,
        schema: &Schema,
        site: &Site<'_>,
    ) -> Result<Ty, Error> {
        let body = enums::body(known, schema, site.last_property())
            .map_err(|message| Error::new(site.origin, &schema.pointer, message))?;
        self.lift(Body::Enum(body), schema, site);
        Ok(Ty::Named(site.id.clone()))
    }

    fn lift(&mut self, body: Body, schema: &Schema, site: &Site<'_>) {
        self.model.types.insert(
            site.id.clone(),
            TypeDef {
                home: site.home.clone(),
                wish: site.location.full_name(),
                location: Some(site.location.clone()),
                description: schema.description.clone(),
                body,
            },
        );
    }
}

/// Whether null is a value of the type like any other.
pub(super) fn holds_null(ty: &Ty) -> bool {
    matches!(ty, Ty::Json | Ty::Meta("RawExtension"))
}

/// Whether a definition is a CustomResourceDefinition's schema: one itself, or what a server
/// publishes in v3 for one, under a name that is made of its kind alone. v2 does not count: a
/// server leaves out of it what it cannot say, and an object without properties may have been
/// anything.
fn is_structural(name: &str, definition: &Definition) -> bool {
    let is_published = || {
        let kinds = &definition.schema.kinds;
        let own = kinds
            .first()
            .filter(|kind| kinds.len() == 1 && kind.group.contains('.'));
        own.is_some_and(|kind| name == custom_name(kind))
    };
    match definition.format {
        Format::CustomResource => true,
        Format::OpenApi3 => is_published(),
        Format::Swagger2 => false,
    }
}

/// v3 wraps a reference in `allOf` to put a description or default beside it.
pub(super) fn unwrapped(schema: &Schema) -> &Schema {
    match &schema.all_of[..] {
        [only] if schema.reference.is_none() && !says_what_it_is(schema) => unwrapped(only),
        _ => schema,
    }
}

/// Whether the schema beside an `allOf` types the value; the `allOf` then only limits it, as
/// in structural schemas.
fn says_what_it_is(schema: &Schema) -> bool {
    !schema.types.is_empty() || !schema.properties.is_empty() || schema.int_or_string
}

/// Whether a definition is a type of its own rather than another name for one.
pub(super) fn is_type(schema: &Schema) -> bool {
    let is_struct = !schema.properties.is_empty()
        || (schema.single_type() == Some(SchemaType::Object)
            && schema.additional.is_none()
            && !schema.preserve_unknown);
    is_struct || enums::values(schema).is_some()
}

/// All spellings: the format, the extension, a list of types, and unions of types.
fn is_int_or_string(schema: &Schema) -> bool {
    let int_and_string = BTreeSet::from([SchemaType::Integer, SchemaType::String]);
    let union = |branches: &[Schema]| -> BTreeSet<SchemaType> {
        branches
            .iter()
            .flat_map(|branch| branch.types.iter().copied())
            .collect()
    };
    schema.int_or_string
        || (schema.format.as_deref() == Some("int-or-string")
            && schema.types.is_subset(&int_and_string))
        || schema.types == int_and_string
        || union(&schema.one_of) == int_and_string
        || union(&schema.any_of) == int_and_string
}

fn integer(schema: &Schema) -> Ty {
    match schema.format.as_deref() {
        Some("int32" | "int16" | "int8") => Ty::I32,
        Some("uint32" | "uint16" | "uint8") => Ty::U32,
        Some("uint64" | "uint") => Ty::U64,
        _ => Ty::I64,
    }
}

fn string(schema: &Schema) -> Ty {
    match schema.format.as_deref() {
        Some("byte") => Ty::Meta("Bytes"),
        Some("date-time") => Ty::Meta("Time"),
        _ => Ty::String,
    }
}
