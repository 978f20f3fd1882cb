//! One document of a specification, whatever form it had.

use std::collections::BTreeMap;

use super::declared::Declared;
use super::{Operation, Schema};

/// What generation reads of one document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) origin: String,
    pub(crate) format: Format,
    /// `info.version`.
    pub(crate) version: String,
    pub(crate) schemas: BTreeMap<String, Schema>,
    pub(crate) operations: Vec<Operation>,
    /// The resources that this document alone decides about.
    pub(crate) resources: Vec<Declared>,
    /// The whole document as canonical text without prose.
    pub(crate) facts: String,
}

/// Where a document stands when two describe the same definition: the greater is believed,
/// since v2 publishing drops nullability, unions and preserve-unknown, and v3 is made from
/// the CustomResourceDefinition itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Swagger2,
    OpenApi3,
    CustomResource,
}
