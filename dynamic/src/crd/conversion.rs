//! The conversion strategy of a definition, and its webhook.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::meta::{Bytes, null_as_default};

/// How objects change versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomResourceConversion {
    /// How objects are converted.
    pub strategy: ConversionStrategy,
    /// The webhook, for the strategy `Webhook`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookConversion>,
}

/// Whether anybody is asked to convert an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversionStrategy {
    /// No conversion: only the `apiVersion` changes.
    #[default]
    None,
    /// A webhook.
    Webhook,
    /// Something that this crate does not know.
    #[serde(untagged)]
    Other(String),
}

impl fmt::Display for ConversionStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Webhook => "Webhook",
            Self::Other(name) => name,
        })
    }
}

/// The webhook that converts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WebhookConversion {
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_config: Option<WebhookClientConfig>,
    /// The versions of `ConversionReview` that it reads, the best first.
    #[serde(deserialize_with = "null_as_default")]
    pub conversion_review_versions: Vec<String>,
}

/// Where a webhook is: a URL, or a service of the cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WebhookClientConfig {
    /// An `https` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A service of the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceReference>,
    /// The PEM certificates that vouch for the webhook's; the system's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_bundle: Option<Bytes>,
}

/// A service that is a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceReference {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The path of the webhook; `/` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The port; 443 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
}
