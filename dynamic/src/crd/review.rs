//! The request to a conversion webhook, and its answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::meta::{Status, null_as_default};

/// Question or answer (`ConversionReview` of `apiextensions.k8s.io/v1`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConversionReview {
    /// `apiextensions.k8s.io/v1`.
    pub api_version: String,
    /// `ConversionReview`.
    pub kind: String,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<ConversionRequest>,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ConversionResponse>,
}

/// Objects to be converted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConversionRequest {
    /// Names the question; the answer repeats it.
    pub uid: String,
    /// The version that is wanted, with its group.
    #[serde(rename = "desiredAPIVersion")]
    pub desired_api_version: String,
    /// The objects, each in a version of its own.
    #[serde(deserialize_with = "null_as_default")]
    pub objects: Vec<Value>,
}

/// Converted objects, or the reason why they could not be converted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConversionResponse {
    /// The question's.
    pub uid: String,
    /// As many as were asked for, in their order; none after a failure.
    #[serde(deserialize_with = "null_as_default")]
    pub converted_objects: Vec<Value>,
    /// `Success`, or `Failure` with a message for the sender of the request.
    pub result: Status,
}
