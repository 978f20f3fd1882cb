//! Acting as somebody else.

use std::collections::BTreeMap;

/// The user that requests are made as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(dead_code, reason = "for the headers, which are not built yet")]
pub(crate) struct Impersonation {
    pub(crate) user: String,
    pub(crate) uid: Option<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) extra: BTreeMap<String, Vec<String>>,
}
