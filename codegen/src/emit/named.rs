//! Parts of a model, each with its names.

use crate::identifiers::{Identifiers, ModuleNames, StreamNames, TypeNames};
use crate::ir::{
    Field, GroupVersion, Model, Module, OpenEnum, Resource, Stream, Struct, Subresource, TypeDef,
    TypeId, Variant,
};

/// A type with its name.
#[derive(Clone, Copy)]
pub(super) struct NamedType<'a> {
    pub(super) definition: &'a TypeDef,
    pub(super) name: &'a str,
    pub(super) names: &'a TypeNames,
}

impl<'a> NamedType<'a> {
    /// The type of a model, when it has one of this identity.
    pub(super) fn of(id: &TypeId, model: &'a Model, names: &'a Identifiers) -> Option<Self> {
        let names = names.types.get(id)?;
        Some(Self {
            definition: model.types.get(id)?,
            name: &names.name,
            names,
        })
    }

    pub(super) fn fields(self, body: &'a Struct) -> impl Iterator<Item = (&'a Field, &'a str)> {
        body.fields.iter().zip(texts(&self.names.members))
    }

    pub(super) fn variants(
        self,
        body: &'a OpenEnum,
    ) -> impl Iterator<Item = (&'a Variant, &'a str)> {
        body.variants.iter().zip(texts(&self.names.members))
    }

    /// What makes it a resource, when it is one.
    pub(super) fn resource(self) -> Option<&'a Resource> {
        self.definition.resource()
    }

    pub(super) fn subresources(self) -> impl Iterator<Item = (&'a Subresource, &'a str)> {
        let resource = self.resource().into_iter();
        let subresources = resource.flat_map(|resource| &resource.subresources);
        subresources.zip(texts(&self.names.subresources))
    }

    pub(super) fn streams(self) -> impl Iterator<Item = (&'a Stream, &'a StreamNames)> {
        let resource = self.resource().into_iter();
        let streams = resource.flat_map(|resource| &resource.streams);
        streams.zip(&self.names.streams)
    }
}

fn texts(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().map(String::as_str)
}

/// A group-version with its names.
#[derive(Clone, Copy)]
pub(super) struct NamedModule<'a> {
    pub(super) gv: &'a GroupVersion,
    pub(super) module: &'a Module,
    /// The name of the module and of its feature.
    pub(super) name: &'a str,
    pub(super) names: &'a ModuleNames,
}

impl<'a> NamedModule<'a> {
    /// The module of a model, when it has one for this group-version.
    pub(super) fn of(gv: &GroupVersion, model: &'a Model, names: &'a Identifiers) -> Option<Self> {
        let (gv, module) = model.modules.get_key_value(gv)?;
        let names = names.modules.get(gv)?;
        Some(Self {
            gv,
            module,
            name: &names.module,
            names,
        })
    }
}
