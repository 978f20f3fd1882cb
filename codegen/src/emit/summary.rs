//! Figures about what was emitted.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::ir::{Body, Model};
use crate::{Kind, Summary};

pub(super) fn of(model: &Model, files: &BTreeMap<String, String>) -> Summary {
    let groups: BTreeSet<&str> = model.modules.keys().map(|gv| gv.group.as_str()).collect();
    let mut summary = Summary {
        version: model.version.clone(),
        hash: model.hash.clone(),
        groups: groups.len(),
        versions: model.modules.len(),
        ..Summary::default()
    };
    for definition in model.types.values() {
        match &definition.body {
            Body::Struct(body) => {
                summary.structs += 1;
                summary.fields += body.fields.len();
                if let Some(resource) = &body.resource {
                    summary.kinds += 1;
                    summary.resources += usize::from(resource.client);
                }
            }
            Body::Enum(_) => summary.enums += 1,
            Body::Alias(..) => {}
        }
    }
    summary.lines = files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| text.lines().count())
        .sum();
    summary
}

/// The resources, as a program names them.
pub(super) fn kinds(context: &Context<'_>) -> Vec<Kind> {
    let all = context.modules().flat_map(|module| {
        let types = context.types_of(module.gv).iter();
        types.filter_map(move |named| {
            let resource = named.resource()?;
            Some(Kind {
                path: format!("{}::{}", module.name, named.name),
                group: resource.group_version.group.clone(),
                version: resource.group_version.version.clone(),
                kind: resource.kind.clone(),
                plural: resource.plural.clone(),
                namespaced: resource.namespaced,
            })
        })
    });
    let mut all: Vec<Kind> = all.collect();
    all.sort();
    all
}
