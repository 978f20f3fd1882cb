//! Finds the resources that a specification serves, from its paths.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{self, Known};
use super::routes::{Route, Target, route, verb};
use crate::fixups;
use crate::ir::{GroupVersion, SubresourceVerb, Ty, Verb};
use crate::merge::Specification;
use crate::parse::{GroupVersionKind, Method, Operation, Parameter};

/// A resource as its paths describe it.
#[derive(Debug, Default)]
pub(super) struct FoundResource {
    pub(super) group_version: GroupVersion,
    pub(super) plural: String,
    pub(super) kind: String,
    pub(super) definition: String,
    pub(super) namespaced: bool,
    pub(super) verbs: BTreeSet<Verb>,
    pub(super) status: bool,
    pub(super) scale: bool,
    pub(super) strategic: bool,
    pub(super) subresources: BTreeMap<String, FoundSubresource>,
    pub(super) streams: BTreeMap<String, FoundStream>,
}

/// A subresource that takes and returns no object.
#[derive(Debug, Default)]
pub(super) struct FoundStream {
    pub(super) parameters: BTreeMap<String, Parameter>,
    connects: bool,
    methods: BTreeSet<Method>,
}

impl FoundStream {
    fn add(&mut self, operation: &Operation) {
        self.methods.insert(operation.method);
        self.connects |= operation.action.as_deref() == Some("connect");
        for parameter in &operation.parameters {
            self.parameters
                .insert(parameter.name.clone(), parameter.clone());
        }
        self.parameters.retain(|name, _| !fixups::is_useless(name));
    }

    /// Whether the answer is text: of a log, and of what a proxy leads to.
    pub(super) fn is_readable(&self) -> bool {
        !self.connects || fixups::is_proxy(&self.methods)
    }

    /// What it is asked with.
    pub(super) fn method(&self) -> &'static str {
        let methods = [
            (Method::Get, "GET"),
            (Method::Post, "POST"),
            (Method::Put, "PUT"),
            (Method::Patch, "PATCH"),
            (Method::Delete, "DELETE"),
        ];
        let first = methods
            .iter()
            .find(|(method, _)| self.methods.contains(method));
        first.map_or("GET", |(_, name)| name)
    }
}

/// A subresource that takes or returns an object.
#[derive(Debug, Default)]
pub(super) struct FoundSubresource {
    pub(super) body: String,
    /// What the operations say the body is.
    pub(super) kind: Option<GroupVersionKind>,
    pub(super) verbs: BTreeSet<SubresourceVerb>,
    /// The paths of operations that the runtime has no method for, with their verbs.
    pub(super) without_method: Vec<(String, Verb)>,
}

/// Every resource, in the order of group, version and plural.
pub(super) fn find(specification: &Specification) -> Vec<FoundResource> {
    let mut found: BTreeMap<(GroupVersion, String), FoundResource> = BTreeMap::new();
    for operation in &specification.operations {
        let Some(route) = route(&operation.path) else {
            continue;
        };
        let key = (route.group_version.clone(), route.plural.to_owned());
        found.entry(key).or_default().add(operation, &route);
    }
    let watched: BTreeSet<GroupVersion> = found
        .iter()
        .filter(|(_, resource)| resource.verbs.contains(&Verb::Watch))
        .map(|((gv, _), _)| gv.clone())
        .collect();
    found
        .into_iter()
        .filter_map(|((gv, plural), resource)| {
            let spelled = watched.contains(&gv);
            resource.finish(gv, plural, spelled, specification)
        })
        .collect()
}

impl FoundResource {
    fn add(&mut self, operation: &Operation, route: &Route<'_>) {
        self.namespaced |= route.namespaced;
        match route.target {
            Target::Subresource(name) => self.add_subresource(name, operation, route),
            Target::Deeper(name) => {
                self.streams.entry(name.to_owned()).or_default();
            }
            Target::Collection | Target::Object => self.add_verb(operation, route),
        }
    }

    fn add_verb(&mut self, operation: &Operation, route: &Route<'_>) {
        self.verbs.extend(verb(operation, route));
        self.strategic |= operation.strategic;
        let Some(body) = body_of_object(operation, route) else {
            return;
        };
        // The body of PUT is the object for certain; other operations may answer otherwise.
        if self.definition.is_empty() || operation.method == Method::Put {
            self.definition = body.to_owned();
        }
        if let Some(kind) = &operation.kind {
            self.kind.clone_from(&kind.kind);
        }
    }

    fn add_subresource(&mut self, name: &str, operation: &Operation, route: &Route<'_>) {
        let body = operation.request.as_ref().or(operation.response.as_ref());
        let is_patch = operation.method == Method::Patch;
        match (verb(operation, route), body) {
            _ if operation.raw_response => self.add_stream(name, operation),
            (Some(verb), Some(body)) => {
                let subresource = self.subresources.entry(name.to_owned()).or_default();
                match SubresourceVerb::of(verb) {
                    Some(verb) => _ = subresource.verbs.insert(verb),
                    None => subresource
                        .without_method
                        .push((operation.path.clone(), verb)),
                }
                if !is_patch {
                    subresource.body.clone_from(&body.0);
                    subresource.kind.clone_from(&operation.kind);
                }
            }
            _ => self.add_stream(name, operation),
        }
    }

    fn add_stream(&mut self, name: &str, operation: &Operation) {
        self.streams
            .entry(name.to_owned())
            .or_default()
            .add(operation);
    }

    /// Decides what takes all operations to know. `None` when no operation returns an object.
    fn finish(
        mut self,
        group_version: GroupVersion,
        plural: String,
        watch_is_spelled: bool,
        specification: &Specification,
    ) -> Option<Self> {
        if self.definition.is_empty() {
            return None;
        }
        if !watch_is_spelled {
            fixups::imply_watch(&mut self.verbs);
        }
        self.status = self.subresources.remove("status").is_some();
        self.scale = self
            .subresources
            .get("scale")
            .is_some_and(|scale| known::of(&scale.body) == Some(Known::Ty(Ty::Meta("Scale"))));
        if self.scale {
            self.subresources.remove("scale");
        }
        self.subresources
            .retain(|_, subresource| !subresource.body.is_empty());
        self.streams
            .retain(|name, _| !self.subresources.contains_key(name));
        self.kind = kind_of_definition(specification, &self.definition).unwrap_or(self.kind);
        if self.kind.is_empty() {
            self.kind = crate::naming::type_name(&self.definition);
        }
        self.group_version = group_version;
        self.plural = plural;
        Some(self)
    }
}

/// The definition of the object itself in an operation on it or on its collection.
fn body_of_object<'a>(operation: &'a Operation, route: &Route<'_>) -> Option<&'a str> {
    let reference = match operation.method {
        Method::Put | Method::Post => operation.request.as_ref(),
        Method::Get if route.target == Target::Object && !route.watch => {
            operation.response.as_ref()
        }
        _ => None,
    };
    reference.map(|reference| reference.0.as_str())
}

/// The kind that a definition claims to be, when it claims just one.
fn kind_of_definition(specification: &Specification, name: &str) -> Option<String> {
    let kinds = &specification.definitions.get(name)?.schema.kinds;
    match kinds.len() {
        1 => kinds.first().map(|kind| kind.kind.clone()),
        _ => None,
    }
}
