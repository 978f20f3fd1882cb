//! The kind `Site`: a spec that people write, and a status that the controller writes.

use std::collections::BTreeMap;

use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

/// A web site: a domain, and the pages to serve under it.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "sites.example.com",
    version = "v1",
    namespaced,
    column(name = "Domain", path = ".spec.domain"),
    column(name = "Ready", path = ".status.ready"),
    column(name = "Message", path = ".status.message", priority = 1)
)]
pub(crate) struct Site {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: SiteSpec,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<SiteStatus>,
}

/// The site that is wanted.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SiteSpec {
    /// Where the pages are served.
    pub(crate) domain: String,
    /// The text of each page, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) pages: BTreeMap<String, String>,
}

/// The state of the site.
#[derive(Schema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SiteStatus {
    /// The generation of the spec that this status is about.
    pub(crate) observed_generation: i64,
    /// Whether the pages are served.
    pub(crate) ready: bool,
    /// An explanation for people.
    pub(crate) message: String,
}
