//! The key of an object in its table.

/// `namespace/name`, or `name` alone for cluster-scoped objects.
///
/// Held as one path because etcd orders lists by the bytes of the path, in which `/` sorts after
/// `-` and before every letter: a pair of namespace and name would order `a-b` and `a` wrongly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(String);

impl Key {
    /// The key of an object; an empty namespace is cluster scope.
    pub(crate) fn new(namespace: &str, name: &str) -> Self {
        if namespace.is_empty() {
            Self(name.to_owned())
        } else {
            Self(format!("{namespace}/{name}"))
        }
    }

    /// The least key that can lie in `namespace`.
    pub(crate) fn start_of(namespace: Option<&str>) -> Self {
        Self(
            namespace
                .map(|namespace| format!("{namespace}/"))
                .unwrap_or_default(),
        )
    }

    /// The least key after this one.
    pub(crate) fn successor(&self) -> Self {
        Self(format!("{}\0", self.0))
    }

    /// A position that a continue token carried; any text is a position.
    pub(crate) fn from_position(position: &str) -> Self {
        Self(position.to_owned())
    }

    pub(crate) fn as_position(&self) -> &str {
        &self.0
    }

    pub(crate) fn namespace(&self) -> &str {
        self.0
            .split_once('/')
            .map_or("", |(namespace, _)| namespace)
    }

    pub(crate) fn name(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Whether the key lies in `namespace` (`None`: everywhere).
    pub(crate) fn is_in(&self, namespace: Option<&str>) -> bool {
        namespace.is_none_or(|namespace| self.namespace() == namespace)
    }
}
