//! A conversion webhook as a function from a review to its response.
//!
//! The stored version is the hub. Each other version converts to it and from it by `From`, or by
//! `TryFrom` where that can fail, so versions need not know each other. Metadata belongs
//! to the server: of what a conversion makes of it, labels and annotations alone count.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::problem::{ConversionProblem, Failed, cut};
use super::review::{ConversionRequest, ConversionResponse, ConversionReview};
use super::{CustomResource, Versioned};
use crate::model::meta::Status;

/// The version of reviews that is spoken here.
const REVIEW: (&str, &str) = ("apiextensions.k8s.io/v1", "ConversionReview");

/// Answers a conversion review for a kind: every object in the version that is wanted, in the
/// order of the request, or a failure that names the objects at fault.
///
/// It is a pure function, to be called from whatever serves HTTP:
///
/// ```
/// use kubewright::crd::{ConversionReview, CustomResource, convert};
///
/// /// The body of `POST /convert`, for any framework.
/// fn handle<K: CustomResource>(body: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
///     let review: ConversionReview = serde_json::from_slice(body)?;
///     serde_json::to_vec(&convert::<K>(review))
/// }
/// ```
///
/// Metadata of an object stays as it was, but for labels and annotations; a conversion that
/// leaves metadata out altogether changes neither. An object that is already of the wanted
/// version is returned untouched. The API knows no half success: if one object cannot be
/// converted, none is returned.
#[must_use]
pub fn convert<K: CustomResource>(review: ConversionReview) -> ConversionReview {
    let is_known = (review.api_version.as_str(), review.kind.as_str()) == REVIEW;
    let request = review.request.unwrap_or_default();
    let uid = request.uid.clone();
    let converted = match is_known {
        true => convert_all::<K>(request),
        false => Err(ConversionProblem::NotAReview {
            kind: review.kind,
            api_version: review.api_version,
        }),
    };
    ConversionReview {
        api_version: REVIEW.0.to_owned(),
        kind: REVIEW.1.to_owned(),
        request: None,
        response: Some(response(uid, converted)),
    }
}

fn response(uid: String, converted: Result<Vec<Value>, ConversionProblem>) -> ConversionResponse {
    let mut result = Status::default();
    let converted_objects = match converted {
        Ok(objects) => {
            result.status = Some("Success".to_owned());
            objects
        }
        Err(problem) => {
            result.status = Some("Failure".to_owned());
            result.message = Some(problem.to_string());
            Vec::new()
        }
    };
    ConversionResponse {
        uid,
        converted_objects,
        result,
    }
}

fn convert_all<K: CustomResource>(
    request: ConversionRequest,
) -> Result<Vec<Value>, ConversionProblem> {
    let wanted = version_of::<K>(&request.desired_api_version)?;
    let mut objects = Vec::with_capacity(request.objects.len());
    let mut failed = Vec::new();
    for object in request.objects {
        let name = name_of(&object);
        match convert_one::<K>(object, wanted) {
            Ok(object) => objects.push(object),
            Err(problem) => failed.push(Failed { name, problem }),
        }
    }
    match failed.is_empty() {
        true => Ok(objects),
        false => Err(ConversionProblem::Objects(failed)),
    }
}

/// The version in an `apiVersion`, if it is one of the kind's.
fn version_of<K: CustomResource>(api_version: &str) -> Result<&'static str, ConversionProblem> {
    let known = K::CONVERSIONS.iter().map(|conversion| conversion.version);
    let version = match api_version.split_once('/') {
        Some((group, version)) if group == K::GROUP => version,
        _ => "",
    };
    known
        .chain([K::VERSION])
        .find(|known| *known == version)
        .ok_or_else(|| ConversionProblem::NoVersion {
            api_version: api_version.to_owned(),
            plural: K::PLURAL,
            group: K::GROUP,
        })
}

fn convert_one<K: CustomResource>(object: Value, wanted: &str) -> Result<Value, ConversionProblem> {
    let kind = object["kind"].as_str().unwrap_or_default();
    if kind != K::KIND {
        return Err(ConversionProblem::OtherKind {
            expected: K::KIND,
            found: kind.to_owned(),
        });
    }
    let api_version = object["apiVersion"].as_str().unwrap_or_default();
    let version = version_of::<K>(api_version)?;
    if version == wanted {
        return Ok(object);
    }
    let metadata = object["metadata"].clone();
    let stored = match conversion::<K>(version) {
        Some(conversion) => (conversion.to_stored)(object)?,
        None => object,
    };
    let converted = match conversion::<K>(wanted) {
        Some(conversion) => (conversion.from_stored)(stored)?,
        None => stored,
    };
    complete::<K>(converted, wanted, metadata)
}

fn conversion<K: CustomResource>(version: &str) -> Option<&'static Conversion> {
    K::CONVERSIONS
        .iter()
        .find(|conversion| conversion.version == version)
}

/// Puts type and metadata back, which the structs hold in part or not at all.
fn complete<K: CustomResource>(
    object: Value,
    version: &str,
    metadata: Value,
) -> Result<Value, ConversionProblem> {
    let Value::Object(mut object) = object else {
        return Err(ConversionProblem::NotAnObject);
    };
    let changed = object.remove("metadata").unwrap_or_default();
    // What an `Option` writes when it is empty.
    object.retain(|_, value| !value.is_null());
    object.insert(
        "apiVersion".to_owned(),
        json!(format!("{}/{version}", K::GROUP)),
    );
    object.insert("kind".to_owned(), json!(K::KIND));
    object.insert("metadata".to_owned(), merge(metadata, &changed));
    Ok(object.into())
}

/// The server's metadata with the labels and annotations of the conversion.
fn merge(mut metadata: Value, changed: &Value) -> Value {
    let is_left_out = changed.as_object().is_none_or(Map::is_empty);
    if let (false, Some(metadata)) = (is_left_out, metadata.as_object_mut()) {
        for name in ["labels", "annotations"] {
            match changed.get(name) {
                Some(value) => metadata.insert(name.to_owned(), value.clone()),
                None => metadata.remove(name),
            };
        }
    }
    metadata
}

fn name_of(object: &Value) -> String {
    let metadata = &object["metadata"];
    let name = metadata["name"]
        .as_str()
        .unwrap_or("an object without a name");
    match metadata["namespace"].as_str() {
        Some(namespace) => format!("{}/{}", cut(namespace), cut(name)),
        None => cut(name).to_owned(),
    }
}

/// Between a version and the stored one.
#[derive(Clone, Copy, Debug)]
pub struct Conversion {
    version: &'static str,
    to_stored: Convert,
    from_stored: Convert,
}

type Convert = fn(Value) -> Result<Value, ConversionProblem>;

impl Conversion {
    /// By the `From` or `TryFrom` of the two structs.
    pub const fn between<V, K>() -> Self
    where
        V: Versioned + Serialize + DeserializeOwned + TryFrom<K, Error: Display>,
        K: Versioned + Serialize + DeserializeOwned + TryFrom<V, Error: Display>,
    {
        Self {
            version: V::VERSION,
            to_stored: through::<V, K>,
            from_stored: through::<K, V>,
        }
    }
}

fn through<A, B>(object: Value) -> Result<Value, ConversionProblem>
where
    A: DeserializeOwned,
    B: Serialize + TryFrom<A, Error: Display>,
{
    let read: A =
        serde_path_to_error::deserialize(object).map_err(ConversionProblem::Unreadable)?;
    let converted =
        B::try_from(read).map_err(|error| ConversionProblem::Refused(error.to_string()))?;
    serde_json::to_value(&converted).map_err(ConversionProblem::Unwritable)
}
