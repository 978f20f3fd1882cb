//! The pair that names a kind inside a manifest.

use kubewright_table::record;

/// `apiVersion` and `kind`, as every manifest begins.
pub struct TypeMeta {
    /// Group and version, as in `apps/v1`; the core group is written `v1`.
    pub api_version: String,
    /// Kind, as in `Deployment`.
    pub kind: String,
}

record! {
    TypeMeta {
        "apiVersion" api_version,
        "kind" kind,
    }
}

impl Eq for TypeMeta {}
