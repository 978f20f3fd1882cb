//! The package that the output becomes: its name, and where its runtime comes from.

use std::convert::Infallible;
use std::path::{Component, Path, PathBuf, absolute};
use std::str::FromStr;

use kubewright_codegen::{Manifest, Source};

use super::Failure;
use crate::checkout::{Checkout, RUNTIME, holds_runtime};

/// The package, where the output stands alone.
#[derive(clap::Args)]
pub(super) struct PackageArgs {
    /// The name of the crate that is written to --out.
    ///
    /// Without it, `kubewright-generated`; with --crd alone `kubewright-custom-resources`, since
    /// core types then come from a crate of the first name.
    #[arg(long, value_name = "NAME", requires = "out")]
    crate_name: Option<String>,
    /// Where the crate takes kubewright from: `registry`, `checkout`, the folder of that crate,
    /// or a git URL with a revision after `#`.
    ///
    /// `registry` takes the version of this program. `checkout` is the folder that this program
    /// was built in, and the default if it was built in one.
    #[arg(
        long,
        value_name = "registry|checkout|FOLDER|URL[#REV]",
        requires = "out"
    )]
    runtime: Option<SourceArg>,
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

/// The crate of core types.
pub(super) const STOCK: &str = "kubewright-generated";
/// What a crate of nothing but custom resources is called.
const CUSTOM: &str = "kubewright-custom-resources";

impl PackageArgs {
    /// Where the runtime comes from.
    ///
    /// # Errors
    /// When it is said to be in a folder that does not hold it.
    pub(super) fn runtime(&self) -> Result<Runtime, Failure> {
        match &self.runtime {
            Some(SourceArg::Registry) => Ok(Runtime::Registry),
            Some(SourceArg::Checkout) => match Checkout::found() {
                Some(checkout) => Ok(Runtime::Folder(checkout.runtime())),
                None => Err(
                    "--runtime checkout: this program was not built in a checkout of kubewright, \
                     or that is gone; name the folder `dynamic` of one"
                        .to_owned(),
                ),
            },
            Some(SourceArg::Folder(folder)) => in_folder(folder),
            Some(SourceArg::Git { url, rev }) => Ok(Runtime::Git {
                url: url.clone(),
                rev: rev.clone(),
            }),
            None => Ok(Checkout::found().map_or(Runtime::Registry, |checkout| {
                Runtime::Folder(checkout.runtime())
            })),
        }
    }

    /// `generated/` is a member of the workspace of its checkout, whose xtask alone may write
    /// it so; anywhere else the crate stands alone.
    pub(super) fn manifest(
        self,
        runtime: &Runtime,
        out: &Path,
        is_custom: bool,
        own: Option<&Checkout>,
    ) -> Manifest {
        let is_generated = |checkout: &Checkout| real(&checkout.generated()) == real(out);
        if own.is_some_and(is_generated) {
            return Manifest::Member;
        }
        let is_inside = |checkout: Checkout| real(out).starts_with(real(checkout.root()));
        Manifest::Standalone {
            name: self
                .crate_name
                .unwrap_or_else(|| if is_custom { CUSTOM } else { STOCK }.to_owned()),
            runtime: runtime.seen_from(out),
            own_workspace: Checkout::found().is_some_and(is_inside),
        }
    }
}

fn in_folder(folder: &Path) -> Result<Runtime, Failure> {
    if holds_runtime(folder) {
        return Ok(Runtime::Folder(folder.to_owned()));
    }
    let inside = folder.join("dynamic");
    let advice = match holds_runtime(&inside) {
        true => format!("it is in {}", inside.display()),
        false => "name the folder `dynamic` of a checkout, or a git URL".to_owned(),
    };
    let folder = folder.display();
    Err(format!(
        "--runtime {folder}: {RUNTIME} is not in this folder; {advice}"
    ))
}

/// Where the runtime of generated code comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Runtime {
    Registry,
    Folder(PathBuf),
    Git { url: String, rev: Option<String> },
}

impl Runtime {
    /// The source as it is seen from everywhere.
    pub(super) fn source(&self) -> Source {
        self.with_folder(|folder| absolute(folder).unwrap_or_else(|_| folder.to_owned()))
    }

    /// The source as the manifest of a crate in the folder `out` names it: folders by the way
    /// from there, so that both can be moved together.
    fn seen_from(&self, out: &Path) -> Source {
        self.with_folder(|folder| way(out, folder))
    }

    /// The source of the crate of core types, for a crate in the folder `out`: in a checkout it
    /// lies beside its runtime.
    pub(super) fn stock(&self, out: &Path) -> Source {
        self.with_folder(|folder| way(out, &real(folder).with_file_name("generated")))
    }

    fn with_folder(&self, path: impl FnOnce(&Path) -> PathBuf) -> Source {
        match self.clone() {
            Self::Registry => Source::Registry,
            Self::Folder(folder) => Source::Path(path(&folder).to_string_lossy().into_owned()),
            Self::Git { url, rev } => Source::Git { url, rev },
        }
    }
}

/// A path from one folder to another; absolute where they share nothing but the root.
fn way(from: &Path, to: &Path) -> PathBuf {
    let (from, to) = (real(from), real(to));
    let shared = from.components().zip(to.components());
    let shared: Vec<_> = shared.take_while(|(a, b)| a == b).collect();
    let has_name = |(part, _): &(Component<'_>, _)| matches!(part, Component::Normal(_));
    if !shared.iter().any(has_name) {
        return to;
    }
    let up = from
        .components()
        .skip(shared.len())
        .map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared.len())).collect()
}

/// The absolute path without links, also of what is not there yet.
fn real(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path
        .ancestors()
        .find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, real)) => match path.strip_prefix(above) {
            Ok(below) if below.as_os_str().is_empty() => real,
            Ok(below) => real.join(below),
            Err(_) => path,
        },
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(runtime: Option<&str>) -> PackageArgs {
        PackageArgs {
            crate_name: None,
            runtime: runtime.map(|text| text.parse().unwrap()),
        }
    }

    #[test]
    fn a_runtime_in_a_folder_must_be_there() {
        let checkout = Checkout::found().unwrap();
        let runtime = |text: &str| args(Some(text)).runtime();
        let folder = checkout.runtime();
        assert_eq!(
            runtime(folder.to_str().unwrap()),
            Ok(Runtime::Folder(folder.clone()))
        );
        assert_eq!(runtime("checkout"), Ok(Runtime::Folder(folder)));
        assert_eq!(runtime("registry"), Ok(Runtime::Registry));
        assert!(runtime("https://example.com/k.git").is_ok());
        let above = runtime(checkout.root().to_str().unwrap()).unwrap_err();
        assert!(above.ends_with("dynamic"), "{above}");
        let nowhere = runtime("/nonexistent").unwrap_err();
        assert!(nowhere.contains("/nonexistent"), "{nowhere}");
    }

    #[test]
    fn a_program_from_a_checkout_names_it_by_default() {
        let checkout = Checkout::found().unwrap();
        assert_eq!(
            args(None).runtime(),
            Ok(Runtime::Folder(checkout.runtime()))
        );
    }

    #[test]
    fn runtimes_are_recognised_by_their_form() {
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

    #[test]
    fn folders_are_named_by_the_way_from_the_crate() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (from, to, expected) in [
            ("a/api", "k/dynamic", "../../k/dynamic"),
            ("k/target/api", "k/dynamic", "../../dynamic"),
            ("k", "k/dynamic", "dynamic"),
        ] {
            let way = way(&root.join(from), &root.join(to));
            assert_eq!(way, Path::new(expected), "{from} to {to}");
        }
        assert_eq!(
            way(Path::new("/nonexistent/a"), Path::new("/elsewhere/b")),
            Path::new("/elsewhere/b")
        );
    }

    #[test]
    fn core_types_lie_beside_the_runtime() {
        let checkout = Checkout::found().unwrap();
        let out = checkout.root().join("target/api");
        let runtime = Runtime::Folder(checkout.runtime());
        assert_eq!(
            runtime.seen_from(&out),
            Source::Path("../../dynamic".to_owned())
        );
        assert_eq!(
            runtime.stock(&out),
            Source::Path("../../generated".to_owned())
        );
        assert_eq!(Runtime::Registry.stock(&out), Source::Registry);
    }
}
