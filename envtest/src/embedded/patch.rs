//! The languages of patches, on JSON values.

mod strategic;

use json_patch::PatchOperation;
use serde_json::{Value, from_slice};

use super::content;
use super::object::Object;
use super::resource::ResourceType;
use super::status::Failure;

/// More operations than this in one JSON patch are refused, as the real server does.
const MOST_OPERATIONS: usize = 10_000;

/// Bytes that the operations of one patch may copy.
const MOST_COPIED: usize = 3 * 1024 * 1024;

/// The languages of patches that are spoken, by content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatchKind {
    Json,
    Merge,
    Strategic,
    Apply,
}

impl PatchKind {
    pub(crate) fn from_content_type(media: &str) -> Option<Self> {
        match media {
            "application/json-patch+json" => Some(Self::Json),
            "application/merge-patch+json" => Some(Self::Merge),
            "application/strategic-merge-patch+json" => Some(Self::Strategic),
            "application/apply-patch+yaml" => Some(Self::Apply),
            _ => None,
        }
    }
}

/// A patch that has been read.
#[derive(Debug)]
pub(crate) enum Change {
    Operations(Vec<PatchOperation>),
    Merge(Value),
}

/// Reads a patch; a body that is not one is a 400.
pub(crate) fn parse(kind: PatchKind, body: &[u8]) -> Result<Change, Failure> {
    let value: Value = from_slice(body).map_err(|_| Failure::bad_request("invalid JSON patch"))?;
    match kind {
        PatchKind::Json => operations(value),
        _ if value.is_object() => Ok(Change::Merge(value)),
        _ => Err(Failure::bad_request(
            "error decoding patch: the patch must be a JSON object",
        )),
    }
}

fn operations(value: Value) -> Result<Change, Failure> {
    let Value::Array(list) = &value else {
        return Err(Failure::bad_request(
            "error decoding patch: a JSON patch must be a list of operations",
        ));
    };
    if list.len() > MOST_OPERATIONS {
        return Err(Failure::too_large());
    }
    // An operation that does not exist is refused like one that cannot be done.
    serde_json::from_value(value)
        .map(Change::Operations)
        .map_err(|_| Failure::unprocessable())
}

/// The object as the patch leaves it.
pub(crate) fn apply(
    kind: PatchKind,
    resource: &ResourceType,
    mut object: Value,
    change: &Change,
) -> Result<Value, Failure> {
    match (kind, change) {
        (PatchKind::Json, Change::Operations(operations)) => perform(&mut object, operations)?,
        (PatchKind::Merge, Change::Merge(merge)) => json_patch::merge(&mut object, merge),
        (PatchKind::Strategic, Change::Merge(Value::Object(merge))) if !resource.is_custom() => {
            merge_strategically(resource, &mut object, merge)?;
        }
        _ => return Err(unsupported(resource)),
    }
    Ok(object)
}

/// Performs the operations in order, as far as what they copy stays within a body's size: copies
/// of copies would grow without end.
fn perform(object: &mut Value, operations: &[PatchOperation]) -> Result<(), Failure> {
    let mut copied = 0;
    for operation in operations {
        if let PatchOperation::Copy(copy) = operation {
            let source = object.pointer(copy.from.as_str());
            copied += source.map_or(0, |source| source.to_string().len());
        }
        if copied > MOST_COPIED {
            return Err(Failure::too_large());
        }
        json_patch::patch(object, std::slice::from_ref(operation))
            .map_err(|_| Failure::unprocessable())?;
    }
    Ok(())
}

fn merge_strategically(
    resource: &ResourceType,
    object: &mut Value,
    patch: &Object,
) -> Result<(), Failure> {
    let Value::Object(object) = object else {
        return Err(Failure::unprocessable());
    };
    let merged = content::with_schema(resource, |schema| strategic::merge(schema, object, patch));
    merged.map_err(Failure::bad_request)
}

fn unsupported(resource: &ResourceType) -> Failure {
    let mut media = vec![
        "application/json-patch+json",
        "application/merge-patch+json",
    ];
    if !resource.is_custom() {
        media.push("application/strategic-merge-patch+json");
    }
    let why = "the body of the request was in an unknown format - accepted media types include: ";
    Failure::unsupported_media_type(format!("{why}{}", media.join(", ")))
}
