//! The lock file of a table: the names that the next generation should give again.

use super::{Identifiers, TypeNames};
use crate::Names;
use crate::ir::{Body, Model, TypeDef, TypeId};
use crate::naming::{is_natural_field, is_natural_variant};

impl Identifiers {
    /// The names of a model that another one could not be sure to give again.
    pub(crate) fn lock(&self, model: &Model) -> Names {
        let mut locked = Names::default();
        for (gv, names) in &self.modules {
            locked.add_module(gv, &names.module);
        }
        for (id, definition) in &model.types {
            if let Some(names) = self.types.get(id) {
                lock_type(id, definition, names, &mut locked);
            }
        }
        locked
    }
}

fn lock_type(id: &TypeId, definition: &TypeDef, names: &TypeNames, locked: &mut Names) {
    locked.add_type(id, &definition.home, &names.name);
    if let (Some(resource), Some(method)) = (definition.resource(), &names.method) {
        locked.add_method(&resource.group_version, &resource.plural, method);
    }
    // What is called by the rule alone stays so whatever comes: nothing is named before it.
    let mut lock = |wire: &str, name: &str, is_natural: bool| {
        if !is_natural {
            locked.add_member(id, wire, name);
        }
    };
    match &definition.body {
        Body::Struct(body) => {
            for (field, name) in body.fields.iter().zip(&names.members) {
                lock(&field.wire, name, is_natural_field(name, &field.wire));
            }
        }
        Body::Enum(body) => {
            for (variant, name) in body.variants.iter().zip(&names.members) {
                lock(&variant.wire, name, is_natural_variant(name, &variant.wire));
            }
        }
        Body::Alias(..) => {}
    }
}
