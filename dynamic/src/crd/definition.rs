//! `CustomResourceDefinition` of `apiextensions.k8s.io/v1`, as plain data.
//!
//! A definition of one's own comes from a struct that derives `Resource`; these types hold it, and
//! any other that a cluster has. Reading is lenient and writing strict, as in `meta`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::conversion::{
    ConversionStrategy, CustomResourceConversion, WebhookClientConfig, WebhookConversion,
};
use super::json_schema::{JsonSchema, is_false};
use super::problem::CrdProblem;
use crate::model::error::Result;
use crate::model::meta::{Condition, ObjectMeta, null_as_default};
use crate::model::object::{HasMetadata, Object};
use crate::model::resource::{Cluster, Resource};
use crate::model::verbs;

/// The definition of a kind that a cluster serves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomResourceDefinition {
    /// Metadata; the name is the plural name, a dot and the group.
    #[serde(deserialize_with = "null_as_default")]
    pub metadata: ObjectMeta,
    /// The definition itself.
    pub spec: CustomResourceDefinitionSpec,
    /// The state that the server reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CustomResourceDefinitionStatus>,
}

impl CustomResourceDefinition {
    /// The definition as a manifest, `apiVersion` and `kind` included.
    ///
    /// # Errors
    /// `is_request()` when YAML cannot hold it; a definition that is derived always can be
    /// written.
    pub fn to_yaml(&self) -> Result<String> {
        let text = self.to_json(&Self::api_resource())?;
        let tree: Value = crate::model::object::from_json(&text)?;
        let options = serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX };
        let written = serde_saphyr::to_string_with_options(&tree, options);
        Ok(written.map_err(|source| CrdProblem::Unwritable { source })?)
    }

    /// The same with a webhook that converts between its versions.
    ///
    /// ```
    /// # use kubewright::crd::{CustomResourceDefinition, ServiceReference, WebhookClientConfig};
    /// # let definition = CustomResourceDefinition::default();
    /// let service = ServiceReference {
    ///     namespace: "widgets".to_owned(),
    ///     name: "webhook".to_owned(),
    ///     path: Some("/convert".to_owned()),
    ///     port: None,
    /// };
    /// let ca = b"-----BEGIN CERTIFICATE-----".to_vec();
    /// let definition = definition.with_conversion_webhook(WebhookClientConfig {
    ///     service: Some(service),
    ///     ca_bundle: Some(ca.into()),
    ///     url: None,
    /// });
    /// ```
    #[must_use]
    pub fn with_conversion_webhook(mut self, webhook: WebhookClientConfig) -> Self {
        self.spec.conversion = Some(CustomResourceConversion {
            strategy: ConversionStrategy::Webhook,
            webhook: Some(WebhookConversion {
                client_config: Some(webhook),
                conversion_review_versions: vec!["v1".to_owned()],
            }),
        });
        self
    }

    /// Whether the server serves it.
    #[must_use]
    pub fn is_established(&self) -> bool {
        self.condition("Established")
            .is_some_and(Condition::is_true)
    }

    /// A condition that the server reports, such as `Established` or `NamesAccepted`.
    #[must_use]
    pub fn condition(&self, type_: &str) -> Option<&Condition> {
        let conditions = &self.status.as_ref()?.conditions;
        conditions.iter().find(|condition| condition.type_ == type_)
    }
}

impl HasMetadata for CustomResourceDefinition {
    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl Resource for CustomResourceDefinition {
    type Scope = Cluster;
    const GROUP: &'static str = "apiextensions.k8s.io";
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "CustomResourceDefinition";
    const PLURAL: &'static str = "customresourcedefinitions";
}

impl verbs::Get for CustomResourceDefinition {}
impl verbs::List for CustomResourceDefinition {}
impl verbs::Watch for CustomResourceDefinition {}
impl verbs::Create for CustomResourceDefinition {}
impl verbs::Replace for CustomResourceDefinition {}
impl verbs::Patch for CustomResourceDefinition {}
impl verbs::Delete for CustomResourceDefinition {}
impl verbs::DeleteCollection for CustomResourceDefinition {}
impl verbs::HasStatus for CustomResourceDefinition {}

/// The definition itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomResourceDefinitionSpec {
    /// API group.
    pub group: String,
    /// The names that the kind has.
    pub names: CustomResourceNames,
    /// `Namespaced` or `Cluster`.
    pub scope: String,
    /// Every version, one of which is stored.
    #[serde(deserialize_with = "null_as_default")]
    pub versions: Vec<CustomResourceVersion>,
    /// How objects change versions; by their `apiVersion` alone when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<CustomResourceConversion>,
    /// Whether nothing is ever pruned, which new definitions may not ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preserve_unknown_fields: Option<bool>,
}

/// The names that a kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomResourceNames {
    /// In the URL: `widgets`.
    pub plural: String,
    /// For people: `widget`; the kind in lower case when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub singular: Option<String>,
    /// Short forms for the command line: `wd`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub short_names: Vec<String>,
    /// In a manifest: `Widget`.
    pub kind: String,
    /// Of a list: `WidgetList`, also when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_kind: Option<String>,
    /// Groups of kinds that are asked for together, such as `all`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub categories: Vec<String>,
}

/// One version of a kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomResourceVersion {
    /// The version: `v1`.
    pub name: String,
    /// Whether clients can ask for it.
    pub served: bool,
    /// Whether objects are stored in it; one version is.
    pub storage: bool,
    /// Whether asking for it brings a warning.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The warning, where the server's own does not do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecation_warning: Option<String>,
    /// The schema of objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<CustomResourceValidation>,
    /// Parts of an object with a path of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subresources: Option<CustomResourceSubresources>,
    /// The columns of a table besides the name; only the age if empty.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub additional_printer_columns: Vec<PrinterColumn>,
    /// The fields that field selectors can use, besides name and namespace.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub selectable_fields: Vec<SelectableField>,
}

/// The schema of the objects of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomResourceValidation {
    /// The schema.
    #[serde(rename = "openAPIV3Schema", skip_serializing_if = "Option::is_none")]
    pub open_api_v3_schema: Option<JsonSchema>,
}

/// Parts of an object with a path of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomResourceSubresources {
    /// There is a `/status`, and only it changes the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusSubresource>,
    /// There is a `/scale`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleSubresource>,
}

/// There is a `/status`; it has no options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSubresource {}

/// The paths of the `/scale` subresource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScaleSubresource {
    /// Where the wanted number is, below `.spec`.
    pub spec_replicas_path: String,
    /// Where the number that there is is, below `.status`.
    pub status_replicas_path: String,
    /// Where the selector of what is counted is, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_selector_path: Option<String>,
}

/// A column of the kind's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PrinterColumn {
    /// The heading.
    pub name: String,
    /// `integer`, `number`, `string`, `boolean` or `date`.
    #[serde(rename = "type")]
    pub type_: String,
    /// How the value is to be read, as in `int32`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// A description for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Zero is always shown, more only in wide tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// Where the value is.
    pub json_path: String,
}

/// A field that selectors can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SelectableField {
    /// Where it is.
    pub json_path: String,
}

/// The state of a definition, as the server reports it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomResourceDefinitionStatus {
    /// `NamesAccepted`, `Established`, `NonStructuralSchema` and others.
    #[serde(deserialize_with = "null_as_default")]
    pub conditions: Vec<Condition>,
    /// The names that it serves.
    pub accepted_names: CustomResourceNames,
    /// Every version in which an object may still be stored.
    #[serde(deserialize_with = "null_as_default")]
    pub stored_versions: Vec<String>,
    /// The generation that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
}
