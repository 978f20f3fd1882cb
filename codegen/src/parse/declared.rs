//! A resource that a CustomResourceDefinition declares, and what it says beyond OpenAPI.

use crate::group_version::GroupVersion;

/// What only a CustomResourceDefinition says of its kind: no form of OpenAPI has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KnownAs {
    pub(crate) short_names: Vec<String>,
    pub(crate) categories: Vec<String>,
    /// The columns that `kubectl get` prints, by title, with their paths.
    pub(crate) columns: Vec<(String, String)>,
    /// Whether the version is deprecated, and what it warns of.
    pub(crate) deprecated: Option<String>,
}

/// A resource that a document declares as a whole: what others say of its paths is void.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) plural: String,
    pub(crate) known_as: KnownAs,
}

impl Declared {
    pub(crate) fn is_called(&self, gv: &GroupVersion, plural: &str) -> bool {
        self.group == gv.group && self.version == gv.version && self.plural == plural
    }

    /// Whether a path is of this resource: its collection, object, or below.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        let Some(path) = path.strip_prefix(&format!("/apis/{}/{}/", self.group, self.version))
        else {
            return false;
        };
        let path = path.strip_prefix("watch/").unwrap_or(path);
        let path = path.strip_prefix("namespaces/{namespace}/").unwrap_or(path);
        path.split('/').next() == Some(&self.plural)
    }
}

#[cfg(test)]
mod tests {
    use super::{Declared, KnownAs};

    #[test]
    fn a_resource_knows_its_paths() {
        let widgets = Declared {
            group: "example.com".to_owned(),
            version: "v1".to_owned(),
            plural: "widgets".to_owned(),
            known_as: KnownAs::default(),
        };
        for (path, expected) in [
            ("/apis/example.com/v1/widgets", true),
            ("/apis/example.com/v1/watch/widgets", true),
            ("/apis/example.com/v1/namespaces/{namespace}/widgets", true),
            (
                "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}/status",
                true,
            ),
            ("/apis/example.com/v1/widgetsets", false),
            ("/apis/example.com/v1beta1/widgets", false),
            ("/api/v1/widgets", false),
        ] {
            assert_eq!(widgets.is_at(path), expected, "{path}");
        }
    }
}
