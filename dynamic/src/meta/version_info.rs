//! What `/version` answers.

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// The version of a server (`version` `Info`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VersionInfo {
    /// Major version, as in `1`.
    #[serde(deserialize_with = "null_as_default")]
    pub major: String,
    /// Minor version, as in `37`; some vendors add a `+`.
    #[serde(deserialize_with = "null_as_default")]
    pub minor: String,
    /// Major version whose behaviour the server shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emulation_major: Option<String>,
    /// Minor version whose behaviour the server shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emulation_minor: Option<String>,
    /// Oldest major version with which the server can be mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_compatibility_major: Option<String>,
    /// Oldest minor version with which the server can be mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_compatibility_minor: Option<String>,
    /// The full version, as in `v1.37.2`.
    #[serde(deserialize_with = "null_as_default")]
    pub git_version: String,
    /// The commit that it was built from.
    #[serde(deserialize_with = "null_as_default")]
    pub git_commit: String,
    /// `clean` or `dirty`.
    #[serde(deserialize_with = "null_as_default")]
    pub git_tree_state: String,
    /// When it was built.
    #[serde(deserialize_with = "null_as_default")]
    pub build_date: String,
    /// The Go that built it.
    #[serde(deserialize_with = "null_as_default")]
    pub go_version: String,
    /// The compiler that built it.
    #[serde(deserialize_with = "null_as_default")]
    pub compiler: String,
    /// Operating system and architecture, as in `linux/amd64`.
    #[serde(deserialize_with = "null_as_default")]
    pub platform: String,
}
