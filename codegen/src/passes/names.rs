//! Names everything in a model, with names that are legal and unique.

use std::collections::BTreeMap;

use crate::Names;
use crate::identifiers::{Identifiers, ModuleNames, REST, StreamNames, TypeNames};
use crate::ir::{Body, GroupVersion, Model, OpenEnum, Resource, Stream, Struct, TypeDef};
use crate::naming::{RESERVED_TYPES, Scope, field_names, module_names, pascal_case, variant_names};

mod files;
mod methods;
mod types;

/// The names taken in each module.
type Scopes = BTreeMap<GroupVersion, Scope>;

/// Types choose first, what belongs to them and to their module after them.
pub(super) fn run(model: &Model, locked: &Names) -> Identifiers {
    let modules = module_names(model.modules.keys(), |gv| locked.module(gv).cloned());
    let homes = model.modules.keys();
    let mut scopes: Scopes = homes
        .map(|gv| (gv.clone(), Scope::reserving(RESERVED_TYPES)))
        .collect();
    let type_names = types::run(model, &mut scopes, locked);
    let mut methods = methods::run(model, locked);
    let mut types = BTreeMap::new();
    for (id, name) in &type_names {
        if let Some(definition) = model.types.get(id)
            && let Some(scope) = scopes.get_mut(&definition.home)
        {
            let locked = |wire: &str| locked.member(id, wire).cloned();
            let mut names = of_type(definition, name, scope, locked);
            if let Some(methods) = methods.remove(id) {
                names.method = Some(methods.one);
                names.method_across = methods.across;
            }
            types.insert(id.clone(), names);
        }
    }
    let modules = modules.into_iter().filter_map(|(gv, name)| {
        let files = files::run(model, &model.modules.get(&gv)?.parts, &type_names);
        let scope = scopes.get_mut(&gv)?;
        Some((gv, of_module(name, files, scope)))
    });
    let modules = modules.collect();
    name_listers(model, &mut types, &mut scopes);
    Identifiers { modules, types }
}

fn of_module(module: String, files: Vec<String>, scope: &mut Scope) -> ModuleNames {
    let stem = pascal_case(&module);
    ModuleNames {
        client: scope.claim(&format!("{stem}Client"), ""),
        informers: scope.claim(&format!("{stem}Informers"), ""),
        module,
        files,
    }
}

/// What is inside a type, and what stands beside it in its module.
fn of_type(
    definition: &TypeDef,
    name: &str,
    scope: &mut Scope,
    locked: impl Fn(&str) -> Option<String>,
) -> TypeNames {
    let mut names = TypeNames {
        name: name.to_owned(),
        members: match &definition.body {
            Body::Struct(body) => of_fields(body, locked),
            Body::Enum(body) => of_variants(body, locked),
            Body::Alias(..) => Vec::new(),
        },
        ..TypeNames::default()
    };
    if let Some(resource) = definition.resource() {
        let subresources = resource.subresources.iter();
        names.subresources = subresources
            .map(|subresource| marker(&subresource.wish, "Subresource", scope))
            .collect();
        let streams = resource.streams.iter();
        names.streams = streams.map(|stream| of_stream(stream, scope)).collect();
    }
    names
}

fn of_fields(body: &Struct, locked: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let fields = body.fields.iter();
    let wires: Vec<&str> = fields.map(|field| field.wire.as_str()).collect();
    let reserved: &[&str] = match body.rest {
        Some(_) => &[REST],
        None => &[],
    };
    field_names(&wires, reserved, locked)
}

fn of_variants(body: &OpenEnum, locked: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let variants = body.variants.iter();
    let wires: Vec<&str> = variants.map(|variant| variant.wire.as_str()).collect();
    variant_names(&wires, locked)
}

fn of_stream(stream: &Stream, scope: &mut Scope) -> StreamNames {
    let parameters = stream.parameters.iter();
    let wires: Vec<&str> = parameters
        .map(|parameter| parameter.wire.as_str())
        .collect();
    StreamNames {
        marker: marker(&stream.wish, "Subresource", scope),
        options: marker(&format!("{}Options", stream.wish), "Parameters", scope),
        parameters: field_names(&wires, &[], |_| None),
    }
}

/// The wished name, or with another ending where a type has it.
fn marker(wish: &str, ending: &str, scope: &mut Scope) -> String {
    match scope.is_free(wish) {
        true => scope.claim(wish, ""),
        false => scope.claim(&format!("{wish}{ending}"), ""),
    }
}

/// Last of all: that a resource can be cached renames no type.
fn name_listers(model: &Model, types: &mut BTreeMap<String, TypeNames>, scopes: &mut Scopes) {
    for (id, names) in types {
        if let Some(definition) = model.types.get(id)
            && definition.resource().is_some_and(Resource::is_cacheable)
            && let Some(scope) = scopes.get_mut(&definition.home)
        {
            names.lister = Some(scope.claim(&format!("{}Lister", names.name), ""));
        }
    }
}
