//! Group and version, which every type and every path belongs to.

/// Group and version; the group of core is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GroupVersion {
    pub(crate) group: String,
    pub(crate) version: String,
}

impl GroupVersion {
    pub(crate) fn new(group: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            version: version.into(),
        }
    }

    /// As in a manifest: `v1`, `apps/v1`.
    pub(crate) fn api_version(&self) -> String {
        let parts = [self.group.as_str(), self.version.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("/")
    }
}
