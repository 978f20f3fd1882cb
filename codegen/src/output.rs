//! The result of a generation.

use std::collections::BTreeMap;

/// The generated files and what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Text by path. Paths are relative, use `/`, and are made of safe names alone.
    pub files: BTreeMap<String, String>,
    /// The kinds among the types, by module and name: what a program needs that goes
    /// through all of them.
    pub kinds: Vec<Kind>,
    /// Figures for a person.
    pub summary: Summary,
}

/// A generated struct that is a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Kind {
    /// Its path inside the crate, such as `apps_v1::Deployment`.
    pub path: String,
    /// API group; empty for core.
    pub group: String,
    /// Version, such as `v1`.
    pub version: String,
    /// Kind, as in a manifest.
    pub kind: String,
    /// Plural name, as in the URL.
    pub plural: String,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
}

/// Figures about one generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// `info.version` of the input.
    pub version: String,
    /// Hash of the input's facts: descriptions and the order of keys and documents do not count.
    pub hash: String,
    /// API groups.
    pub groups: usize,
    /// Group-versions, each a module.
    pub versions: usize,
    /// Kinds, each a struct that is a resource.
    pub kinds: usize,
    /// Resources with a client: kinds that have a path.
    pub resources: usize,
    /// Structs, kinds included.
    pub structs: usize,
    /// Open enums.
    pub enums: usize,
    /// Fields of all structs.
    pub fields: usize,
    /// Documents that were passed over: those of manifests that are not
    /// CustomResourceDefinitions, those of a folder that do not describe an API.
    pub skipped: usize,
    /// Lines of Rust.
    pub lines: usize,
}
