//! Features of Kubernetes that a case may need, and the releases that have them.

use std::sync::OnceLock;

use kubewright_envtest::control_plane::Binaries;

/// Something that older servers lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    /// `selectableFields` of a definition (KEP-4358).
    SelectableFields,
    /// Consistent reads from the watch cache (KEP-2340).
    ConsistentCache,
    /// Watches that begin with the objects that are there (KEP-3157).
    StreamingLists,
    /// The same, as tables: the bookmark that ends the beginning is in one.
    StreamedTables,
}

impl Feature {
    /// Whether Kubernetes 1.`minor` has it without being asked.
    fn is_in(self, minor: u32) -> bool {
        match self {
            Feature::SelectableFields | Feature::ConsistentCache => minor >= 31,
            // 1.33 switched it off again.
            Feature::StreamingLists => minor == 32 || minor >= 34,
            Feature::StreamedTables => minor >= 34,
        }
    }
}

/// Whether the real servers have a feature. A version that cannot be found out has everything, so
/// that no case is left out by accident.
pub(crate) fn has(feature: Feature) -> bool {
    static MINOR: OnceLock<Option<u32>> = OnceLock::new();
    let minor = MINOR.get_or_init(|| minor(&Binaries::locate().ok()?.version().ok()?));
    minor.is_none_or(|minor| feature.is_in(minor))
}

/// 37 of `v1.37.2`.
fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}
