//! A request body as an object of the resource it was sent to.

use serde_json::Value;

use super::cluster::Call;
use super::metadata;
use super::object::{self, Object};
use super::resource::ResourceType;
use super::status::{Cause, Failure, Named};

/// Reads a body; `media` is its content type without parameters.
///
/// The kind and version in it must be the resource's own. Built-in kinds may leave them out; a
/// custom resource has nothing else to be recognised by and may not.
pub(crate) fn object(resource: &ResourceType, media: &str, body: &[u8]) -> Result<Object, Failure> {
    let value = parse(&resource.kind, media, body)?;
    let Value::Object(mut object) = value else {
        let why = format!(
            "{} in version {:?} cannot be handled as a {0}: not a JSON object",
            resource.kind, resource.version
        );
        return Err(Failure::bad_request(why));
    };
    check_type(resource, &object)?;
    metadata::tidy(&mut object).map_err(|why| unfit(resource, &why))?;
    object.insert("apiVersion".into(), resource.api_version().into());
    object.insert("kind".into(), resource.kind.as_str().into());
    Ok(object)
}

/// Reads a body sent to a path under an object, whose kind may be another than the object's.
pub(crate) fn sub(call: &Call, media: &str, body: &[u8]) -> Result<Object, Failure> {
    let own = call.resource.subresource(&call.target.subresource);
    let Some(sub) = own.filter(|sub| sub.kind != call.resource.kind) else {
        return object(&call.resource, media, body);
    };
    let mut resource = ResourceType::clone(&call.resource);
    (resource.group, resource.version) = (sub.group.clone(), sub.version.clone());
    resource.kind = sub.kind.clone();
    object(&resource, media, body)
}

/// Reads JSON or YAML, whatever it says.
pub(crate) fn parse(kind: &str, media: &str, body: &[u8]) -> Result<Value, Failure> {
    let parsed = match media {
        "" | "application/json" | "*/*" => {
            serde_json::from_slice(body).map_err(|error| error.to_string())
        }
        "application/yaml" => yaml(body),
        _ => return Err(unknown_media()),
    };
    parsed.map_err(|error| {
        let start: String = String::from_utf8_lossy(body).chars().take(30).collect();
        Failure::bad_request(format!(
            "the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; \
             json parse error: {error} ({start} ...)"
        ))
    })
}

pub(crate) fn yaml(body: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    serde_saphyr::from_str(text).map_err(|error| error.to_string())
}

/// A body whose fields do not fit the kind.
pub(crate) fn unfit(resource: &ResourceType, why: &str) -> Failure {
    let (kind, version) = (&resource.kind, &resource.version);
    Failure::bad_request(format!(
        "{kind} in version {version:?} cannot be handled as a {kind}: {why}"
    ))
}

fn unknown_media() -> Failure {
    Failure::unsupported_media_type(
        "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml",
    )
}

fn check_type(resource: &ResourceType, object: &Object) -> Result<(), Failure> {
    let (wanted_version, wanted_kind) = (resource.api_version(), resource.kind.as_str());
    let text = |field: &str| {
        object
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (version, kind) = (text("apiVersion"), text("kind"));
    if resource.is_custom() {
        return check_custom_type(resource, object, version, kind);
    }
    if !kind.is_empty() && kind != wanted_kind {
        let short = version.rsplit('/').next().unwrap_or_default();
        let why = format!(
            "{kind} in version {short:?} cannot be handled as a {wanted_kind}: it is another kind"
        );
        return Err(Failure::bad_request(why));
    }
    if version.is_empty() || version == wanted_version {
        Ok(())
    } else {
        Err(wrong_version(version, &wanted_version))
    }
}

/// A custom resource is recognised by what it says alone.
fn check_custom_type(
    resource: &ResourceType,
    object: &Object,
    version: &str,
    kind: &str,
) -> Result<(), Failure> {
    if kind.is_empty() {
        let why = format!(
            "the object provided is unrecognized (must be of type {}): Object 'Kind' is missing in it",
            resource.kind
        );
        return Err(Failure::bad_request(why));
    }
    if version != resource.api_version() {
        return Err(wrong_version(version, &resource.api_version()));
    }
    if kind != resource.kind {
        let cause = Cause::invalid("kind", &kind.into(), &format!("must be {}", resource.kind));
        let named = Named {
            group: &resource.group,
            what: kind,
        };
        return Err(Failure::invalid(named, object::name(object), &[cause]));
    }
    Ok(())
}

fn wrong_version(found: &str, wanted: &str) -> Failure {
    let why = format!(
        "the API version in the data ({found}) does not match the expected API version ({wanted})"
    );
    Failure::bad_request(why)
}
