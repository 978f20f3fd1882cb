//! What to generate, as plain data.

use std::fmt;
use std::str::FromStr;

use crate::Names;
use crate::ir::ForeignCrate;

/// One input document, or a file that holds several.
///
/// What it is (Swagger 2.0, OpenAPI v3, an object of v3 documents, CustomResourceDefinitions)
/// is told by its content, and so is whether it is JSON or YAML.
#[derive(Clone)]
pub struct Spec {
    name: String,
    bytes: Vec<u8>,
    manifests: bool,
}

impl Spec {
    /// A document and the name that errors call it by, usually its path.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            manifests: false,
        }
    }

    /// A file of manifests: its CustomResourceDefinitions are read, what else it holds is
    /// passed over and counted in [`Summary::skipped`](crate::Summary::skipped).
    ///
    /// ```
    /// use kubewright_codegen::{Options, Spec, generate};
    ///
    /// let manifests = Spec::manifests("widgets.yaml", "
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: widgets}
    /// ---
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec:
    ///   group: example.com
    ///   names: {kind: Widget, plural: widgets}
    ///   scope: Namespaced
    ///   versions:
    ///     - name: v1
    ///       served: true
    ///       storage: true
    ///       schema:
    ///         openAPIV3Schema:
    ///           type: object
    ///           properties:
    ///             spec:
    ///               type: object
    ///               properties:
    ///                 size: {type: integer, format: int32}
    /// ");
    /// let output = generate(&[manifests], &Options::default())?;
    /// assert!(output.files["src/example_com_v1/types.rs"].contains("pub size: Option<i32>,"));
    /// assert_eq!(output.summary.skipped, 1);
    /// # Ok::<(), kubewright_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn manifests(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            manifests: true,
            ..Self::new(name, bytes)
        }
    }

    /// The name that errors call it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether anything but CustomResourceDefinitions is passed over.
    pub(crate) fn is_manifests(&self) -> bool {
        self.manifests
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spec")
            .field("name", &self.name)
            .field("len", &self.bytes.len())
            .finish()
    }
}

/// How to generate.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// What becomes of upstream's descriptions.
    pub docs: Docs,
    /// The group-versions to generate clients for; empty means all of the input.
    pub include: Vec<Filter>,
    /// The group-versions to leave out, after `include`.
    pub exclude: Vec<Filter>,
    /// The manifest of the generated crate.
    pub manifest: Manifest,
    /// A crate that holds the types of stock Kubernetes, for the shapes of
    /// CustomResourceDefinitions that are such types. Not looked at when the input holds the
    /// OpenAPI of stock Kubernetes itself.
    pub stock: Option<StockCrate>,
    /// What the output was called before: the [`Names::FILE`] of an earlier generation.
    pub names: Names,
}

/// A crate that was generated from the OpenAPI of stock Kubernetes, with a feature for each
/// group-version: `kubewright-generated`, or one like it.
#[derive(Clone, Debug)]
pub struct StockCrate {
    package: String,
    specs: Vec<Spec>,
    names: Names,
    path: Option<String>,
}

impl StockCrate {
    /// The crate called `package`, generated from these documents and from nothing else.
    #[must_use]
    pub fn new(package: impl Into<String>, specs: Vec<Spec>) -> Self {
        Self {
            package: package.into(),
            specs,
            names: Names::default(),
            path: None,
        }
    }

    /// The folder of the crate, where it is not to come from the registry.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The names that the crate was generated with.
    #[must_use]
    pub fn named(mut self, names: Names) -> Self {
        self.names = names;
        self
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn specs(&self) -> &[Spec] {
        &self.specs
    }

    pub(crate) fn found_in(&self) -> ForeignCrate {
        ForeignCrate {
            package: self.package.clone(),
            path: self.path.clone(),
        }
    }
}

/// What becomes of the descriptions in a spec.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// They become rustdoc.
    Full,
    /// They are dropped; what is written instead are facts: kind, JSON name, required or not.
    #[default]
    None,
}

/// The `Cargo.toml` to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Manifest {
    /// None: the output becomes part of a crate that has one.
    #[default]
    Absent,
    /// For a member of kubewright's own workspace.
    Member,
    /// For a crate that stands alone.
    Standalone {
        /// The path of `kubewright-dynamic`, where it is not to come from the registry.
        runtime: Option<String>,
    },
}

/// A group, or one version of it: `apps`, `apps/v1`; the core group is `core` or `v1`.
///
/// ```
/// use kubewright_codegen::Filter;
///
/// let core: Filter = "v1".parse()?;
/// assert!(core.matches("", "v1"));
/// let batch: Filter = "batch".parse()?;
/// assert!(batch.matches("batch", "v1") && batch.matches("batch", "v1beta1"));
/// assert!("a/b/c".parse::<Filter>().is_err());
/// # Ok::<(), kubewright_codegen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    group: String,
    version: Option<String>,
}

impl Filter {
    /// Whether a group-version is meant.
    #[must_use]
    pub fn matches(&self, group: &str, version: &str) -> bool {
        self.group == group && self.version.as_deref().is_none_or(|own| own == version)
    }
}

impl FromStr for Filter {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (group, version) = match text.split('/').collect::<Vec<_>>()[..] {
            ["core"] => ("", None),
            ["core", version] => ("", Some(version)),
            [version] if is_version(version) => ("", Some(version)),
            [group] if !group.is_empty() => (group, None),
            [group, version] if is_version(version) => (group, Some(version)),
            _ => {
                return Err(crate::Error::new(
                    "",
                    "",
                    format!("`{text}` is no group or group/version, such as apps or apps/v1"),
                ));
            }
        };
        Ok(Self {
            group: group.to_owned(),
            version: version.map(str::to_owned),
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = if self.group.is_empty() {
            "core"
        } else {
            &self.group
        };
        match &self.version {
            Some(version) => write!(f, "{group}/{version}"),
            None => f.write_str(group),
        }
    }
}

/// `v1`, `v2beta3`: what distinguishes a version of the core group from a group.
fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
