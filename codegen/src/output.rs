//! What generation returns.

use std::collections::BTreeMap;

/// The generated files and what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Text by path. Paths are relative, use `/`, and are made of safe names alone.
    pub files: BTreeMap<String, String>,
    /// Figures for a person.
    pub summary: Summary,
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
    /// Documents among manifests that are no CustomResourceDefinition.
    pub skipped: usize,
    /// Lines of Rust.
    pub lines: usize,
}
