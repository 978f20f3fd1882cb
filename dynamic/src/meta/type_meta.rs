//! The pair that names a kind inside a manifest.

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// `apiVersion` and `kind`, as every manifest begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TypeMeta {
    /// Group and version, as in `apps/v1`; the core group is written `v1`.
    #[serde(deserialize_with = "null_as_default")]
    pub api_version: String,
    /// Kind, as in `Deployment`.
    #[serde(deserialize_with = "null_as_default")]
    pub kind: String,
}
