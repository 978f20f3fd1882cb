//! Turns a definition, or an object inside one, into a struct.

use super::known::{self, Known};
use super::resources::{FoundResource, FoundSubresource};
use super::shape::{Site, holds_null, unwrapped};
use super::{Lowering, defaults, enums, streams};
use crate::Error;
use crate::fixups::{self, documented_default};
use crate::ir::{
    Body, Facts, Field, GroupVersion, Presence, Resource, Struct, Subresource, Ty, TypeDef,
};
use crate::parse::{Additional, GroupVersionKind, KnownAs, Schema};

impl<'a> Lowering<'a> {
    pub(super) fn lower_definition(&mut self, name: &str) -> Result<(), Error> {
        if known::of(name).is_some() {
            return Ok(());
        }
        let site = self.site_of(name)?;
        let schema = &self.definition(name, "", "")?.schema;
        let body = match enums::values(schema) {
            Some(values) => Body::Enum(
                enums::body(values, schema, "").map_err(|message| self.complain(name, message))?,
            ),
            None => Body::Struct(self.root_structure(name, schema, &site)?),
        };
        let description = schema.description.clone();
        self.model.types.insert(
            name.to_owned(),
            TypeDef {
                home: site.home,
                wish: site.location.owner,
                location: None,
                description,
                body,
            },
        );
        Ok(())
    }

    fn root_structure(
        &mut self,
        name: &str,
        schema: &'a Schema,
        site: &Site<'a>,
    ) -> Result<Struct, Error> {
        let mut structure = self.structure(schema, site)?;
        structure.resource = match self.resources.get(name).copied() {
            Some(wanted) => {
                let mut resource = wanted.found.to_resource(wanted.included);
                resource.subresources = self.subresources(wanted.found, wanted.included, site)?;
                resource.known_as = self
                    .specification
                    .known_as(&resource.group_version, &resource.plural);
                resource.rules.clone_from(&schema.limits.rules);
                resource.streams = streams::of(wanted.found, &site.location.owner);
                resource.defaults = site.structural.then(|| defaults::of(schema)).flatten();
                Some(Box::new(resource))
            }
            None => body_kind(schema).map(Box::new),
        };
        if !has_object_meta(&structure) {
            structure.resource = None;
        }
        if structure.resource.is_some() {
            as_resource(&mut structure.fields);
        }
        Ok(structure)
    }

    fn subresources(
        &mut self,
        found: &'a FoundResource,
        included: bool,
        site: &Site<'a>,
    ) -> Result<Vec<Subresource>, Error> {
        let mut subresources = Vec::new();
        for (wire, subresource) in &found.subresources {
            if matches!(known::of(&subresource.body), Some(Known::SchemaOr(_))) {
                continue;
            }
            if included {
                check_methods(wire, subresource)?;
            }
            let body = self.named(&subresource.body, site)?;
            let kind = self.kind_of_body(found, subresource);
            subresources.push(Subresource {
                wire: wire.clone(),
                wish: format!("{}{}", site.location.owner, fixups::subresource_name(wire)),
                body,
                group_version: GroupVersion::new(kind.group, kind.version),
                kind: kind.kind,
                verbs: subresource.verbs.clone(),
            });
        }
        Ok(subresources)
    }

    /// What the body's definition says it is, else what the operations say, else the parent.
    fn kind_of_body(
        &self,
        parent: &FoundResource,
        subresource: &FoundSubresource,
    ) -> GroupVersionKind {
        let definition = self.specification.definitions.get(&subresource.body);
        let kinds = definition.map(|definition| &definition.schema.kinds);
        let own = kinds
            .filter(|kinds| kinds.len() == 1)
            .and_then(|kinds| kinds.first());
        own.or(subresource.kind.as_ref())
            .cloned()
            .unwrap_or_else(|| GroupVersionKind {
                group: parent.group_version.group.clone(),
                version: parent.group_version.version.clone(),
                kind: parent.kind.clone(),
            })
    }

    fn named(&mut self, name: &str, site: &Site<'a>) -> Result<Ty, Error> {
        if let Some(Known::Ty(ty)) = known::of(name) {
            return Ok(ty);
        }
        self.definition(name, site.origin, "/paths")?;
        self.queue.push(name.to_owned());
        Ok(Ty::Named(name.to_owned()))
    }

    /// The struct of an object schema.
    pub(super) fn structure(
        &mut self,
        schema: &'a Schema,
        site: &Site<'a>,
    ) -> Result<Struct, Error> {
        let mut fields = Vec::new();
        for (wire, property) in &schema.properties {
            super::check_length(wire)
                .map_err(|message| Error::new(site.origin, &property.pointer, message))?;
            fields.push(self.field(wire, property, schema.required.contains(wire), site)?);
        }
        let rest = match &schema.additional {
            Some(Additional::Of(value)) => Some(self.element(value, &site.property("*"))?),
            Some(Additional::Any) => Some(Ty::Json),
            None => schema.preserve_unknown.then_some(Ty::Json),
        };
        Ok(Struct {
            fields,
            rest,
            resource: None,
        })
    }

    fn field(
        &mut self,
        wire: &str,
        schema: &'a Schema,
        required: bool,
        site: &Site<'a>,
    ) -> Result<Field, Error> {
        let ty = self.shape(schema, &site.property(wire))?;
        let has_default = site.structural && schema.default.is_some();
        // The server fills in a default before it asks for what is required.
        let required = required && !has_default;
        let ty = match !required && schema.nullable && !holds_null(&ty) {
            true => Ty::OrNull(Box::new(ty)),
            false => ty,
        };
        let description = schema.description.as_ref();
        Ok(Field {
            wire: wire.to_owned(),
            presence: presence(&ty, required, schema.nullable, has_default),
            ty,
            boxed: false,
            sensitive: false,
            description: description
                .or(unwrapped(schema).description.as_ref())
                .cloned(),
            facts: Facts {
                list_type: schema.list_type.clone(),
                list_map_keys: schema.list_map_keys.clone(),
                map_type: schema.map_type.clone(),
                default: match site.structural {
                    true => schema
                        .default
                        .as_ref()
                        .map(|default| default.to_value().to_string()),
                    false => documented_default(schema.default.as_ref()),
                },
            },
            limits: schema.limits.clone(),
        })
    }
}

/// A client without one of the operations would look complete and not be.
fn check_methods(wire: &str, subresource: &FoundSubresource) -> Result<(), Error> {
    let Some((path, verb)) = subresource.without_method.first() else {
        return Ok(());
    };
    Err(Error::new(
        "",
        "",
        format!(
            "{path}: the subresource `{wire}` has the verb {verb:?}, and a client has no method \
             for that; leave the kind out (`exclude`), or take the operation out of the document"
        ),
    ))
}

fn presence(ty: &Ty, required: bool, nullable: bool, has_default: bool) -> Presence {
    match (required, ty) {
        (true, ty) if nullable || fixups::is_null_when_zero(ty) => Presence::Nullable,
        (true, _) => Presence::Required,
        // An empty list is not the default that comes where there is none.
        (false, ty) if ty.is_collection() && !has_default => Presence::Collection,
        (false, _) => Presence::Optional,
    }
}

fn has_object_meta(structure: &Struct) -> bool {
    structure
        .fields
        .iter()
        .any(|field| field.wire == "metadata" && field.ty == Ty::Meta("ObjectMeta"))
}

/// A kind that no path serves: the body of a subresource, such as `Eviction`. The client
/// needs its apiVersion and kind to write it.
fn body_kind(schema: &Schema) -> Option<Resource> {
    let kinds = &schema.kinds;
    let only = kinds.first().filter(|_| kinds.len() == 1)?;
    Some(Resource {
        group_version: GroupVersion::new(&only.group, &only.version),
        kind: only.kind.clone(),
        plural: String::new(),
        namespaced: true,
        verbs: Default::default(),
        status: false,
        scale: false,
        strategic: false,
        subresources: Vec::new(),
        streams: Vec::new(),
        known_as: KnownAs::default(),
        rules: Vec::new(),
        client: false,
        defaults: None,
    })
}

/// Of a resource, metadata always is, and apiVersion and kind are its type.
fn as_resource(fields: &mut Vec<Field>) {
    fields.retain(|field| {
        let type_meta = matches!(field.wire.as_str(), "apiVersion" | "kind");
        !(type_meta && field.ty == Ty::String)
    });
    for field in fields {
        if field.wire == "metadata" {
            field.presence = Presence::Required;
        }
    }
}
