//! Custom resources: the kinds that you define.
//!
//! A struct that derives [`Resource`] is a kind, and so states its own
//! definition: [`CustomResource::crd`] gives it as plain data,
//! [`to_yaml`](CustomResourceDefinition::to_yaml) as a manifest, and [`install`] brings it to
//! a cluster. What the structs inside look like is said by [`Schema`], which they derive.
//!
//! Everything that can be wrong about a definition before a server sees it is found while the
//! program is compiled; see [`Shape`]. What is left to the server are CEL expressions and
//! regular expressions.
//!
//! Two things stand beside it. [`convert`] is a conversion webhook without the web: from a
//! review to a review. [`check_manifests`] holds manifests in a repository to the types.
//!
//! ```
//! use kubewright::{ObjectMeta, Resource, Schema};
//! use serde::{Deserialize, Serialize};
//!
//! /// Something that comes in sizes.
//! #[derive(Resource, Clone, Debug, Serialize, Deserialize)]
//! #[resource(group = "example.com", version = "v1", namespaced, shortname = "wd")]
//! #[resource(column(name = "Size", path = ".spec.size"))]
//! struct Widget {
//!     metadata: ObjectMeta,
//!     spec: WidgetSpec,
//! }
//!
//! #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
//! struct WidgetSpec {
//!     /// How large it is.
//!     #[schema(min = 1, default = 3)]
//!     size: i32,
//! }
//!
//! let definition = Widget::crd();
//! assert_eq!(definition.metadata.name.as_deref(), Some("widgets.example.com"));
//! assert!(definition.to_yaml()?.contains("description: How large it is."));
//! # Ok::<(), kubewright::Error>(())
//! ```

mod conversion;
mod convert;
mod definition;
mod facts;
mod install;
mod json_schema;
mod manifest;
pub(crate) mod problem;
mod render;
mod review;
mod shape;

pub use conversion::{
    ConversionStrategy, CustomResourceConversion, ServiceReference, WebhookClientConfig,
    WebhookConversion,
};
pub use convert::convert;
pub use definition::{
    CustomResourceDefinition, CustomResourceDefinitionSpec, CustomResourceDefinitionStatus,
    CustomResourceNames, CustomResourceSubresources, CustomResourceValidation,
    CustomResourceVersion, PrinterColumn, ScaleSubresource, SelectableField, StatusSubresource,
};
pub use install::{Install, install};
pub use json_schema::{ExternalDocumentation, JsonSchema, SchemaOrBool, ValidationRule};
pub use manifest::{ManifestError, check_manifests, write_manifests};
pub use review::{ConversionRequest, ConversionResponse, ConversionReview};
pub use shape::{Field, Limit, Schema, Segment, Shape};

/// Items that the derive uses; not for people.
#[doc(hidden)]
pub mod derived {
    pub use super::Versioned;
    pub use super::convert::Conversion;
    pub use super::facts::{Column, Facts, Scale, json};
    pub use super::shape::{DefaultValue, Rule, Style, Union, Variant};
}

use crate::model::resource::Resource;

/// A kind with a definition, in the version that is stored; implemented by
/// `#[derive(Resource)]`.
pub trait CustomResource: Versioned {
    /// Between this version and each of the others.
    #[doc(hidden)]
    const CONVERSIONS: &'static [derived::Conversion];

    /// The definition, of all versions.
    fn crd() -> CustomResourceDefinition {
        Self::FACTS.definition()
    }
}

/// One version of a kind.
#[doc(hidden)]
pub trait Versioned: Resource {
    /// The facts of its definition.
    const FACTS: derived::Facts;
}
