//! What package the output becomes: its name, and where it takes its runtime from.

use std::convert::Infallible;
use std::path::{Path, PathBuf, absolute};
use std::str::FromStr;

use kubewright_codegen::{Manifest, Source};

use super::Failure;

/// The package, where the output stands alone.
#[derive(clap::Args)]
pub(super) struct PackageArgs {
    /// The name of the crate that is written to --out.
    ///
    /// Without it, `kubewright-generated`; with --crd alone `kubewright-custom-resources`, since
    /// core types then come from a crate of the first name.
    #[arg(long, value_name = "NAME", requires = "out")]
    crate_name: Option<String>,
    /// Where the crate takes kubewright from: `checkout` (this one), the folder of that
    /// crate, a git URL with a revision after `#`, or `registry`, which does not have it yet.
    #[arg(
        long,
        value_name = "checkout|FOLDER|URL[#REV]|registry",
        default_value = "checkout",
        requires = "out"
    )]
    runtime: SourceArg,
}

#[derive(Clone, Debug, PartialEq)]
enum SourceArg {
    Registry,
    Checkout,
    Folder(PathBuf),
    Git { url: String, rev: Option<String> },
}

impl FromStr for SourceArg {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "registry" => Self::Registry,
            "checkout" => Self::Checkout,
            url if url.contains("://") => {
                let (url, rev) = match url.split_once('#') {
                    Some((url, rev)) => (url, Some(rev.to_owned())),
                    None => (url, None),
                };
                let url = url.trim_start_matches("git+").to_owned();
                Self::Git { url, rev }
            }
            folder => Self::Folder(folder.into()),
        })
    }
}

/// The crate that generated code stands on.
pub(super) const RUNTIME: &str = "kubewright";
/// The crate of core types.
pub(super) const STOCK: &str = "kubewright-generated";
/// What a crate of nothing but custom resources is called.
const CUSTOM: &str = "kubewright-custom-resources";

impl PackageArgs {
    /// Whether the crate that is written would find its runtime, as far as that can be seen.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let SourceArg::Folder(folder) = &self.runtime else {
            return Ok(());
        };
        let holds_it = |folder: &Path| {
            let manifest = std::fs::read_to_string(folder.join("Cargo.toml"));
            manifest.is_ok_and(|text| text.contains(&format!("name = \"{RUNTIME}\"")))
        };
        if holds_it(folder) {
            return Ok(());
        }
        let inside = folder.join("dynamic");
        let advice = match holds_it(&inside) {
            true => format!("it is in {}", inside.display()),
            false => "name the folder `dynamic` of a checkout, or a git URL".to_owned(),
        };
        let folder = folder.display();
        Err(format!(
            "--runtime {folder}: {RUNTIME} is not in this folder; {advice}"
        ))
    }

    /// Where the crate of core types comes from: it lies beside its runtime.
    pub(super) fn stock(&self, root: &Path) -> Source {
        match self.runtime.clone().resolve(root) {
            Source::Path(runtime) => {
                let generated = Path::new(&runtime).with_file_name("generated");
                Source::Path(generated.to_string_lossy().into_owned())
            }
            elsewhere => elsewhere,
        }
    }

    /// `generated/` is a member of this workspace; anywhere else the crate stands alone.
    pub(super) fn manifest(self, root: &Path, out: &Path, is_custom: bool) -> Manifest {
        let same = |a: &Path, b: &Path| a.canonicalize().ok() == b.canonicalize().ok();
        if out.exists() && same(out, &root.join("generated")) {
            return Manifest::Member;
        }
        Manifest::Standalone {
            name: self
                .crate_name
                .unwrap_or_else(|| if is_custom { CUSTOM } else { STOCK }.to_owned()),
            runtime: self.runtime.resolve(root),
            own_workspace: absolute(out).is_ok_and(|out| out.starts_with(root)),
        }
    }
}

impl SourceArg {
    /// Folders as they are seen from everywhere.
    fn resolve(self, root: &Path) -> Source {
        let folder = |path: &Path| {
            let path = absolute(path).unwrap_or_else(|_| path.to_owned());
            Source::Path(path.to_string_lossy().into_owned())
        };
        match self {
            Self::Registry => Source::Registry,
            Self::Checkout => folder(&root.join("dynamic")),
            Self::Folder(path) => folder(&path),
            Self::Git { url, rev } => Source::Git { url, rev },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PackageArgs, SourceArg};

    #[test]
    fn a_runtime_in_a_folder_must_be_there() {
        let root = env!("CARGO_MANIFEST_DIR").replace("xtask", "");
        let check = |runtime: &str| {
            let runtime = runtime.parse().unwrap();
            let crate_name = None;
            PackageArgs {
                crate_name,
                runtime,
            }
            .check()
        };
        assert_eq!(check(&format!("{root}dynamic")), Ok(()));
        assert_eq!(check("checkout"), Ok(()));
        assert_eq!(check("https://example.com/k.git"), Ok(()));
        let above = check(&root).unwrap_err();
        assert!(above.ends_with("dynamic"), "{above}");
        let nowhere = check("/nonexistent").unwrap_err();
        assert!(nowhere.contains("/nonexistent"), "{nowhere}");
    }

    #[test]
    fn runtimes_are_told_apart_by_their_form() {
        let git = |url: &str, rev: Option<&str>| SourceArg::Git {
            url: url.to_owned(),
            rev: rev.map(str::to_owned),
        };
        for (text, expected) in [
            ("registry", SourceArg::Registry),
            ("checkout", SourceArg::Checkout),
            ("../dynamic", SourceArg::Folder("../dynamic".into())),
            (
                "https://example.com/k.git",
                git("https://example.com/k.git", None),
            ),
            (
                "git+ssh://git@example.com/k#v1",
                git("ssh://git@example.com/k", Some("v1")),
            ),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }
}
