//! The options of a generation, as plain data.

use std::fmt;
use std::str::FromStr;

use crate::{Names, Spec};

/// How to generate.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Whether to write upstream's descriptions.
    pub docs: Docs,
    /// The group-versions to generate clients for; empty means all of the input.
    pub include: Vec<Filter>,
    /// The group-versions to leave out, after `include`.
    pub exclude: Vec<Filter>,
    /// A crate, or one file for a crate that a person wrote.
    pub layout: Layout,
    /// The manifest of the generated crate; a module has none.
    pub manifest: Manifest,
    /// A crate that holds the types of stock Kubernetes, for the shapes of
    /// CustomResourceDefinitions that are such types. Not looked at when the input holds the
    /// OpenAPI of stock Kubernetes itself.
    pub stock: Option<StockCrate>,
    /// Whether every struct keeps, in a map, members that it does not know, so that an object
    /// of a newer server can be read, changed and written back as a whole without a loss. Not
    /// those with secrets, nor types of the runtime such as `ObjectMeta` or of another crate.
    pub keep_unknown: bool,
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
    source: Source,
}

/// Another generated crate, as a dependency.
#[derive(Clone, Debug)]
pub(crate) struct ForeignCrate {
    pub(crate) package: String,
    pub(crate) source: Source,
}

impl StockCrate {
    /// The crate called `package`, generated from these documents and from nothing else.
    #[must_use]
    pub fn new(package: impl Into<String>, specs: Vec<Spec>) -> Self {
        Self {
            package: package.into(),
            specs,
            names: Names::default(),
            source: Source::Registry,
        }
    }

    /// Where the crate comes from, if not from the registry.
    #[must_use]
    pub fn taken_from(mut self, source: Source) -> Self {
        self.source = source;
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
            source: self.source.clone(),
        }
    }
}

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A crate: `src/lib.rs`, a module and a feature for each group-version, `informers`
    /// behind a feature of its own.
    #[default]
    Crate,
    /// One file, `api.rs`, without features: what a build script writes and a module of the
    /// crate includes. The crate needs `kubewright`.
    ///
    /// ```no_run
    /// // build.rs
    /// use kubewright_codegen::{Layout, Options, Spec, generate};
    ///
    /// fn main() -> Result<(), Box<dyn std::error::Error>> {
    ///     let crds = Spec::manifests("crds.yaml", std::fs::read("crds.yaml")?);
    ///     let mut options = Options::default();
    ///     options.layout = Layout::Module;
    ///     let output = generate(&[crds], &options)?;
    ///     let folder = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    ///     std::fs::write(folder.join("api.rs"), &output.files["api.rs"])?;
    ///     println!("cargo::rerun-if-changed=crds.yaml");
    ///     Ok(())
    /// }
    /// ```
    ///
    /// ```text
    /// // src/main.rs
    /// mod api {
    ///     include!(concat!(env!("OUT_DIR"), "/api.rs"));
    /// }
    /// ```
    Module,
}

/// The use of the descriptions in a spec.
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
    /// For a crate that stands alone, which other workspaces may depend on.
    Standalone {
        /// The package's name, such as `my-api`.
        name: String,
        /// Where `kubewright` comes from.
        runtime: Source,
        /// Whether it says that it is a workspace of its own, as it must inside the folder of
        /// another one that does not list it.
        own_workspace: bool,
    },
}

/// Where a generated crate takes a dependency from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The registry, in the version that generated it.
    #[default]
    Registry,
    /// A folder.
    Path(String),
    /// A git repository, at a revision where one is given.
    Git {
        /// Its URL.
        url: String,
        /// A commit or a tag.
        rev: Option<String>,
    },
}

impl Manifest {
    /// The name of the crate.
    pub(crate) fn crate_name(&self) -> &str {
        match self {
            Self::Standalone { name, .. } => name,
            Self::Absent | Self::Member => MEMBER,
        }
    }

    /// Whether the name is one that cargo accepts and Rust can spell.
    pub(crate) fn check(&self, dependency: Option<&ForeignCrate>) -> Result<(), crate::Error> {
        let name = self.crate_name();
        if dependency.is_some_and(|dependency| dependency.package == name) {
            return Err(crate::Error::new(
                "",
                "",
                format!(
                    "the crate cannot be called `{name}`: it takes core types from the crate of that name"
                ),
            ));
        }
        let mut chars = name.chars();
        let is_legal = chars.next().is_some_and(|c| c.is_ascii_lowercase())
            && chars
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
        match is_legal && name.len() <= LONGEST_CRATE_NAME {
            true => Ok(()),
            false => Err(crate::Error::new(
                "",
                "",
                format!(
                    "`{}` is not a valid name for a crate: expected at most {LONGEST_CRATE_NAME} lower case \
                     letters, digits, `-` and `_`, beginning with a letter",
                    name.escape_debug()
                ),
            )),
        }
    }
}

/// The crate that is a member of kubewright's own workspace.
const MEMBER: &str = "kubewright-generated";
const LONGEST_CRATE_NAME: usize = 64;

/// A group, one version of it, or one kind: `apps`, `apps/v1`, `apps/v1/Deployment`; the core
/// group is `core` or `v1`.
///
/// ```
/// use kubewright_codegen::Filter;
///
/// let core: Filter = "v1".parse()?;
/// assert!(core.matches("", "v1", "Pod"));
/// let pods: Filter = "v1/Pod".parse()?;
/// assert!(pods.matches("", "v1", "Pod") && !pods.matches("", "v1", "Node"));
/// let batch: Filter = "batch".parse()?;
/// assert!(batch.matches("batch", "v1", "Job") && batch.matches("batch", "v1beta1", "Job"));
/// assert!("a/b/c".parse::<Filter>().is_err());
/// # Ok::<(), kubewright_codegen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    group: String,
    version: Option<String>,
    kind: Option<String>,
}

impl Filter {
    /// Whether a kind is meant.
    #[must_use]
    pub fn matches(&self, group: &str, version: &str, kind: &str) -> bool {
        self.group == group
            && self.version.as_deref().is_none_or(|own| own == version)
            && self.kind.as_deref().is_none_or(|own| own == kind)
    }

    /// Whether every kind of a group-version is meant.
    #[must_use]
    pub fn matches_all_of(&self, group: &str, version: &str) -> bool {
        self.kind.is_none() && self.matches(group, version, "")
    }
}

impl FromStr for Filter {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (group, version, kind) = match text.split('/').collect::<Vec<_>>()[..] {
            ["core"] => ("", None, None),
            ["core", version] => ("", Some(version), None),
            ["core", version, kind] if is_kind(kind) => ("", Some(version), Some(kind)),
            [version] if is_version(version) => ("", Some(version), None),
            [version, kind] if is_version(version) && is_kind(kind) => {
                ("", Some(version), Some(kind))
            }
            [group] if !group.is_empty() => (group, None, None),
            [group, version] if is_version(version) => (group, Some(version), None),
            [group, version, kind] if is_version(version) && is_kind(kind) => {
                (group, Some(version), Some(kind))
            }
            _ => return Err(no_filter(text)),
        };
        Ok(Self {
            group: group.to_owned(),
            version: version.map(str::to_owned),
            kind: kind.map(str::to_owned),
        })
    }
}

fn no_filter(text: &str) -> crate::Error {
    crate::Error::new(
        "",
        "",
        format!(
            "`{}` is not a group, group/version or group/version/Kind, such as apps, apps/v1 or \
             apps/v1/Deployment",
            text.escape_debug()
        ),
    )
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = match self.group.as_str() {
            "" => "core",
            group => group,
        };
        f.write_str(group)?;
        let rest = [&self.version, &self.kind].into_iter().flatten();
        rest.into_iter().try_for_each(|part| write!(f, "/{part}"))
    }
}

/// `v1`, `v2beta3`: what distinguishes a version of the core group from a group.
fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Kinds begin with a capital, which groups and versions cannot.
fn is_kind(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
}
