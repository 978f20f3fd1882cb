//! What `/api` and `/apis` answer, in the form that every server speaks.
//!
//! These are the documents alone; what a client makes of them is discovery's work.

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// The versions of the core group: the answer of `/api`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct APIVersions {
    /// The versions, as in `v1`.
    #[serde(deserialize_with = "null_as_default")]
    pub versions: Vec<String>,
    /// Where clients of a network reach the server.
    #[serde(
        rename = "serverAddressByClientCIDRs",
        deserialize_with = "null_as_default"
    )]
    pub server_address_by_client_cidrs: Vec<ServerAddressByClientCIDR>,
}

/// All named groups: the answer of `/apis`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct APIGroupList {
    /// The groups, in the server's order of preference.
    #[serde(deserialize_with = "null_as_default")]
    pub groups: Vec<APIGroup>,
}

/// One group with its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct APIGroup {
    /// The group, as in `apps`.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Its versions, in the server's order of preference.
    #[serde(deserialize_with = "null_as_default")]
    pub versions: Vec<GroupVersionForDiscovery>,
    /// The version to use when nothing speaks for another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_version: Option<GroupVersionForDiscovery>,
    /// Where clients of a network reach the server.
    #[serde(
        rename = "serverAddressByClientCIDRs",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub server_address_by_client_cidrs: Vec<ServerAddressByClientCIDR>,
}

/// One version of a group, in both spellings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GroupVersionForDiscovery {
    /// Group and version, as in `apps/v1`.
    #[serde(deserialize_with = "null_as_default")]
    pub group_version: String,
    /// The version alone, as in `v1`.
    #[serde(deserialize_with = "null_as_default")]
    pub version: String,
}

/// The address at which clients of a network reach the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServerAddressByClientCIDR {
    /// The network, in CIDR notation.
    #[serde(rename = "clientCIDR", deserialize_with = "null_as_default")]
    pub client_cidr: String,
    /// The address: host, host and port, or IP.
    #[serde(deserialize_with = "null_as_default")]
    pub server_address: String,
}

/// The resources of one group and version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct APIResourceList {
    /// Group and version, as in `apps/v1`.
    #[serde(deserialize_with = "null_as_default")]
    pub group_version: String,
    /// The resources; subresources are listed as `pods/log`.
    #[serde(deserialize_with = "null_as_default")]
    pub resources: Vec<APIResource>,
}

/// One resource or subresource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct APIResource {
    /// Plural name as in the URL, with the subresource after a slash.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Singular name; empty where the kind in lower case serves.
    #[serde(deserialize_with = "null_as_default")]
    pub singular_name: String,
    /// Whether objects live in namespaces.
    #[serde(deserialize_with = "null_as_default")]
    pub namespaced: bool,
    /// Group of the kind, where it is not the list's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Version of the kind, where it is not the list's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Kind of the objects.
    #[serde(deserialize_with = "null_as_default")]
    pub kind: String,
    /// What can be done: `get`, `list`, `watch`, `create` and so on.
    #[serde(deserialize_with = "null_as_default")]
    pub verbs: Vec<String>,
    /// Names that people may type instead, as in `po`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub short_names: Vec<String>,
    /// Sets of resources that this one belongs to, as in `all`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "null_as_default"
    )]
    pub categories: Vec<String>,
    /// Changes when the stored form of the resource does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_version_hash: Option<String>,
}
