//! Lowers schemas and paths to the IR.
//!
//! Lowering starts from what was asked for (the resources of the included group-versions, or
//! every definition where a document has no paths) and follows references, so what cannot
//! be reached is never looked at. It decides what a schema *means*; legal names are given
//! later, by the passes.

use std::collections::BTreeMap;

use crate::fixups;
use crate::ir::{GroupVersion, Model, Resource};
use crate::merge::{Definition, Specification, pointer_of};
use crate::naming::type_name;
use crate::parse::KnownAs;
use crate::{Error, Options};

mod defaults;
mod definition;
mod embed;
mod enums;
mod homes;
mod known;
mod resources;
mod routes;
mod selection;
mod shape;
mod streams;

use homes::Homes;
use resources::FoundResource;

/// The longest name that may become an identifier; Kubernetes allows 253 for groups.
const LONGEST_NAME: usize = 512;

/// What was asked for, and what it refers to.
///
/// # Errors
/// When a reference leads nowhere, or a definition is nothing that a type can be made of.
pub(crate) fn lower(specification: &Specification, options: &Options) -> Result<Model, Error> {
    lower_from(specification, options, |lowering| {
        selection::check(&lowering.all(), options)?;
        Ok(lowering.roots(options))
    })
}

/// The core types that a specification defines.
///
/// # Errors
/// As [`lower`].
pub(crate) fn stock(specification: &Specification, options: &Options) -> Result<Model, Error> {
    lower_from(specification, options, |lowering| {
        let mut names = lowering.type_names();
        names.retain(|name| known::is_stock(name));
        Ok(names)
    })
}

fn lower_from(
    specification: &Specification,
    options: &Options,
    roots: impl Fn(&Lowering<'_>) -> Result<Vec<String>, Error>,
) -> Result<Model, Error> {
    let found = resources::find(specification);
    let homes = Homes::of(specification, &found);
    let mut lowering = Lowering {
        specification,
        resources: by_definition(&found, &homes, options),
        homes,
        model: Model {
            version: specification.version.clone(),
            hash: specification.hash.clone(),
            keep_unknown: options.keep_unknown,
            ..Model::default()
        },
        queue: Vec::new(),
    };
    lowering.queue = roots(&lowering)?;
    lowering.run()?;
    let mut model = lowering.model;
    fixups::apply(&mut model)?;
    embed::run(&mut model);
    Ok(model)
}

/// The state of one run: the model so far, and the definitions still to be looked at.
struct Lowering<'a> {
    specification: &'a Specification,
    resources: BTreeMap<String, Wanted<'a>>,
    homes: Homes,
    model: Model,
    queue: Vec<String>,
}

/// A resource and whether its group-version was asked for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    found: &'a FoundResource,
    included: bool,
}

impl<'a> Lowering<'a> {
    fn run(&mut self) -> Result<(), Error> {
        while let Some(name) = self.queue.pop() {
            if !self.model.types.contains_key(&name) {
                self.lower_definition(&name)?;
            }
        }
        Ok(())
    }

    /// Everything that could be asked for, as group-version and kind.
    fn all(&self) -> Vec<(&GroupVersion, String)> {
        let definitions = self.specification.definitions.keys();
        let resources = self.resources.values().map(|wanted| wanted.found);
        resources
            .map(|found| (&found.group_version, found.kind.clone()))
            .chain(definitions.map(|name| (self.homes.of_definition(name), type_name(name))))
            .collect()
    }

    fn roots(&self, options: &Options) -> Vec<String> {
        let served = self.resources.iter();
        let served = served.filter(|(_, wanted)| wanted.included);
        let mut names = self.type_names();
        names.retain(|name| {
            let home = self.homes.of_definition(name);
            let is_included = selection::is_included(home, &type_name(name), options);
            self.specification.pathless.contains(name) && is_included
        });
        names.extend(served.map(|(name, _)| name.clone()));
        names
    }

    /// The definitions that become types.
    fn type_names(&self) -> Vec<String> {
        let all = self.specification.definitions.iter();
        let types = all.filter(|(name, definition)| {
            known::of(name).is_none() && shape::is_type(&definition.schema)
        });
        types.map(|(name, _)| name.clone()).collect()
    }

    /// The definition called `name`; `origin` and `pointer` are where the name was read.
    fn definition(&self, name: &str, origin: &str, pointer: &str) -> Result<&'a Definition, Error> {
        self.specification.definitions.get(name).ok_or_else(|| {
            Error::new(
                origin,
                pointer,
                format!("`$ref` to `{name}`, which is not defined"),
            )
        })
    }

    /// Names the place of a definition, for errors about the whole of it.
    fn complain(&self, name: &str, message: impl Into<String>) -> Error {
        match self.specification.definitions.get(name) {
            Some(definition) => {
                Error::new(&definition.origin, pointer_of(definition, name), message)
            }
            None => Error::new("", "", message),
        }
    }
}

fn check_length(name: &str) -> Result<(), String> {
    match name.len() > LONGEST_NAME {
        true => Err(format!(
            "a name of {} bytes; at most {LONGEST_NAME} are accepted",
            name.len()
        )),
        false => Ok(()),
    }
}

/// Each kind once: where two resources share a definition, the first by plural speaks for it.
fn by_definition<'a>(
    found: &'a [FoundResource],
    homes: &Homes,
    options: &Options,
) -> BTreeMap<String, Wanted<'a>> {
    let mut resources = BTreeMap::new();
    for resource in found {
        // A definition that lives elsewhere is a borrowed body, as in an aggregated server's
        // subresource groups: its own group-version describes it.
        if homes.of_definition(&resource.definition) == &resource.group_version {
            resources
                .entry(resource.definition.clone())
                .or_insert(Wanted {
                    found: resource,
                    included: selection::is_included(
                        &resource.group_version,
                        &resource.kind,
                        options,
                    ),
                });
        }
    }
    resources
}

impl FoundResource {
    /// The facts of this resource, with the subresources' bodies lowered by the caller.
    fn to_resource(&self, included: bool) -> Resource {
        Resource {
            group_version: self.group_version.clone(),
            kind: self.kind.clone(),
            plural: self.plural.clone(),
            namespaced: self.namespaced,
            verbs: self.verbs.clone(),
            status: self.status,
            scale: self.scale,
            strategic: self.strategic,
            subresources: Vec::new(),
            streams: Vec::new(),
            known_as: KnownAs::default(),
            rules: Vec::new(),
            client: included,
            defaults: None,
        }
    }
}
