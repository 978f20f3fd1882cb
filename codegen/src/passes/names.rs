//! Makes every wished name legal and unique.

use std::collections::BTreeMap;

use crate::Names;
use crate::ir::{Body, GroupVersion, Model, OpenEnum, Resource, Stream, Struct, TypeDef, Verb};
use crate::naming::{
    RESERVED_TYPES, Scope, field_names, method_name, module_names, pascal_case, variant_names,
};

mod types;

/// The field that keeps properties the schema does not name.
pub(crate) const REST: &str = "unknown";

pub(super) fn run(model: &mut Model, locked: &Names) {
    let names = module_names(model.modules.keys(), |gv| locked.module(gv).cloned());
    let mut scopes = BTreeMap::new();
    for (gv, module) in &mut model.modules {
        module.name.clone_from(&names[gv]);
        scopes.insert(gv.clone(), Scope::reserving(RESERVED_TYPES));
    }
    types::run(model, &mut scopes, locked);
    name_members(model, &mut scopes, locked);
    name_methods(model, locked);
    for (gv, module) in &mut model.modules {
        if let Some(scope) = scopes.get_mut(gv) {
            let stem = pascal_case(&module.name);
            module.client = scope.claim(&format!("{stem}Client"), "");
            module.informers = scope.claim(&format!("{stem}Informers"), "");
        }
    }
    name_listers(model, &mut scopes);
}

/// Last of all: that a resource can be cached renames no type.
fn name_listers(model: &mut Model, scopes: &mut BTreeMap<GroupVersion, Scope>) {
    for definition in model.types.values_mut() {
        let wish = format!("{}Lister", definition.name);
        if let Some(scope) = scopes.get_mut(&definition.home)
            && let Some(resource) = definition.resource_mut()
            && resource.is_cacheable()
        {
            resource.lister = scope.claim(&wish, "");
        }
    }
}

fn name_members(model: &mut Model, scopes: &mut BTreeMap<GroupVersion, Scope>, locked: &Names) {
    for (id, definition) in &mut model.types {
        let locked = |wire: &str| locked.member(id, wire).cloned();
        match &mut definition.body {
            Body::Struct(body) => {
                name_fields(body, locked);
                if let Some(scope) = scopes.get_mut(&definition.home) {
                    name_subresources(body, scope);
                }
            }
            Body::Enum(body) => name_variants(body, locked),
            Body::Alias(..) => {}
        }
    }
}

/// The methods of each group's client, in the order of the plurals.
fn name_methods(model: &mut Model, locked: &Names) {
    let mut scopes: BTreeMap<GroupVersion, Scope> = BTreeMap::new();
    let mut resources: Vec<&mut Resource> = model
        .types
        .values_mut()
        .filter_map(TypeDef::resource_mut)
        .filter(|resource| resource.client)
        .collect();
    resources.sort_by(|a, b| (&a.plural, &a.kind).cmp(&(&b.plural, &b.kind)));
    let is_new = |resource: &&mut Resource| {
        locked
            .method(&resource.group_version, &resource.plural)
            .is_none()
    };
    resources.sort_by_key(is_new);
    for resource in resources {
        let scope = scopes
            .entry(resource.group_version.clone())
            .or_insert_with(|| Scope::reserving(&["new", "client", "clone", "factory"]));
        let known = locked.method(&resource.group_version, &resource.plural);
        let wish = known.cloned();
        let wish = wish.unwrap_or_else(|| method_name(&resource.kind, &resource.plural));
        resource.method = scope.claim(&wish, "_");
        resource.method_across =
            is_seen_across(resource).then(|| scope.claim(&format!("all_{}", resource.method), "_"));
    }
}

/// Only what is namespaced and can be listed is seen across namespaces.
fn is_seen_across(resource: &Resource) -> bool {
    let verbs = &resource.verbs;
    resource.namespaced && (verbs.contains(&Verb::List) || verbs.contains(&Verb::Watch))
}

fn name_fields(body: &mut Struct, locked: impl Fn(&str) -> Option<String>) {
    let wires: Vec<&str> = body
        .fields
        .iter()
        .map(|field| field.wire.as_str())
        .collect();
    let reserved: &[&str] = match body.rest {
        Some(_) => &[REST],
        None => &[],
    };
    let names = field_names(&wires, reserved, locked);
    for (field, name) in body.fields.iter_mut().zip(names) {
        field.name = name;
    }
}

fn name_variants(body: &mut OpenEnum, locked: impl Fn(&str) -> Option<String>) {
    let wires: Vec<&str> = body
        .variants
        .iter()
        .map(|variant| variant.wire.as_str())
        .collect();
    let names = variant_names(&wires, locked);
    for (variant, name) in body.variants.iter_mut().zip(names) {
        variant.name = name;
    }
}

fn name_subresources(body: &mut Struct, scope: &mut Scope) {
    let Some(resource) = &mut body.resource else {
        return;
    };
    for subresource in &mut resource.subresources {
        claim_marker(&mut subresource.name, "Subresource", scope);
    }
    for stream in &mut resource.streams {
        claim_marker(&mut stream.name, "Subresource", scope);
        claim_marker(&mut stream.options, "Parameters", scope);
        name_parameters(stream);
    }
}

/// The wished name, or with another ending where a type has it.
fn claim_marker(name: &mut String, ending: &str, scope: &mut Scope) {
    let wish = match scope.is_free(name) {
        true => name.clone(),
        false => format!("{name}{ending}"),
    };
    *name = scope.claim(&wish, "");
}

fn name_parameters(stream: &mut Stream) {
    let parameters = stream.parameters.iter();
    let wires: Vec<&str> = parameters
        .map(|parameter| parameter.wire.as_str())
        .collect();
    let names = field_names(&wires, &[], |_| None);
    for (parameter, name) in stream.parameters.iter_mut().zip(names) {
        parameter.name = name;
    }
}
