//! The crates that are built: one of types for each project, and one program over it.
//!
//! They share one target folder and the lock file of this workspace, so that nothing is
//! fetched that is not here and nothing is compiled twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use kubewright_cli::parts::{self, Failure};
use kubewright_codegen::{Manifest, Options, Output, Source, Spec, generate};
use serde_json::Value;

use super::project::Project;
use super::timed;
use crate::checkout::root;

pub(super) struct Crates {
    folder: PathBuf,
}

/// The package of the types of a project, of which there is one folder each.
pub(super) const API: &str = "corpus-api";

/// The program, but for the list of kinds.
const PROGRAM: &str = include_str!("program.rs.txt");

impl Crates {
    pub(super) fn new() -> Result<Self, Failure> {
        let folder = root().join("target/corpus");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Compiles the dependencies, by way of a project with one small kind, so that what is
    /// measured afterwards is the project alone.
    pub(super) fn warm_up(&self) -> Result<(), Failure> {
        let project = Project {
            name: "warm-up".to_owned(),
            documents: Vec::new(),
        };
        let mut options = Options::default();
        options.manifest = Manifest::Standalone {
            name: API.to_owned(),
            runtime: Source::Path(root().join("dynamic").to_string_lossy().into_owned()),
            own_workspace: true,
        };
        let output = generate(&[Spec::new("widgets.yaml", SMALL)], &options)?;
        let api = self.api(&project, &output)?;
        self.check(&api)?;
        self.clippy(&api)?;
        self.program(&project, &output).map(drop)
    }

    /// Writes the crate of types.
    pub(super) fn api(&self, project: &Project, output: &Output) -> Result<PathBuf, Failure> {
        let folder = self.folder.join(&project.name).join("api");
        parts::write(&folder, &output.files)?;
        self.lock(&folder)?;
        Ok(folder)
    }

    /// `cargo check` of a crate alone, after the core types that it takes from another; the
    /// processor time that it took.
    pub(super) fn check(&self, folder: &Path) -> Result<Duration, Failure> {
        self.cargo("check", folder, &["--features", "full"])?;
        touch(folder)?;
        self.cargo("check", folder, &["--features", "full"])
    }

    /// Clippy as anybody runs it, every warning an error.
    pub(super) fn clippy(&self, folder: &Path) -> Result<(), Failure> {
        self.cargo(
            "clippy",
            folder,
            &["--all-features", "--", "-D", "warnings"],
        )
        .map(drop)
    }

    /// Rustdoc of a crate alone, every warning an error: a broken link is one.
    pub(super) fn rustdoc(&self, folder: &Path) -> Result<(), Failure> {
        self.cargo(
            "rustdoc",
            folder,
            &["--all-features", "--", "-D", "warnings"],
        )
        .map(drop)
    }

    /// Compiles a program that knows every kind of a project; its path.
    pub(super) fn program(&self, project: &Project, output: &Output) -> Result<PathBuf, Failure> {
        let folder = self.folder.join(&project.name).join("program");
        fs::create_dir_all(folder.join("src"))?;
        let name = format!("prove-{}", project.name);
        fs::write(folder.join("Cargo.toml"), program_manifest(&name)?)?;
        fs::write(
            folder.join("src/main.rs"),
            format!("{PROGRAM}\n{}", kinds(project, output)),
        )?;
        let documents = Value::from(project.values().cloned().collect::<Vec<_>>());
        fs::write(folder.join("documents.json"), documents.to_string())?;
        self.lock(&folder)?;
        self.cargo("build", &folder, &[])?;
        Ok(self.target().join("debug").join(name))
    }

    /// A cargo command in a folder, on the shared target folder.
    pub(super) fn cargo(
        &self,
        command: &str,
        folder: &Path,
        arguments: &[&str],
    ) -> Result<Duration, Failure> {
        let manifest = folder.join("Cargo.toml");
        let (manifest, target) = (manifest.to_string_lossy(), self.target());
        let mut all = vec![command, "--quiet", "--manifest-path", &manifest];
        let target = target.to_string_lossy();
        all.extend(["--target-dir", &target]);
        all.extend(arguments);
        timed::cargo(&all)
    }

    /// Where another generator's output may be put.
    pub(super) fn beside(&self, project: &Project, name: &str) -> PathBuf {
        self.folder.join(&project.name).join(name)
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn lock(&self, folder: &Path) -> Result<(), Failure> {
        let target = folder.join("Cargo.lock");
        if !target.exists() {
            fs::copy(root().join("Cargo.lock"), target)?;
        }
        Ok(())
    }
}

/// Runs a program of [`Crates::program`]: how many objects it read and wrote, and how many
/// texts, whole and harmed, it held against serde_json.
pub(super) fn round_trips(program: &Path) -> Result<(usize, usize), Failure> {
    let output = Command::new(program).stdin(Stdio::null()).output()?;
    match output.status.success() {
        true => {
            let told = String::from_utf8_lossy(&output.stdout);
            let (objects, texts) = told.trim().split_once(' ').ok_or("expected two numbers")?;
            Ok((objects.parse()?, texts.parse()?))
        }
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

/// Makes cargo compile a crate again, whose text did not change.
fn touch(folder: &Path) -> Result<(), Failure> {
    let root = fs::File::options()
        .append(true)
        .open(folder.join("src/lib.rs"))?;
    Ok(root.set_modified(std::time::SystemTime::now())?)
}

/// The kinds as the program takes them; what OpenAPI describes need not allow every verb.
fn kinds(project: &Project, output: &Output) -> String {
    let all: String = output
        .kinds
        .iter()
        .map(|kind| format!("    api::{};\n", kind.path))
        .collect();
    let live = |kind: &kubewright_codegen::Kind| {
        let scope = if kind.namespaced {
            "namespaced"
        } else {
            "cluster"
        };
        format!("    {scope} api::{};\n", kind.path)
    };
    let live: String = output
        .kinds
        .iter()
        .filter(|_| project.is_custom())
        .map(live)
        .collect();
    format!("kinds! {{\n{all}}}\n\nlive! {{\n{live}}}\n")
}

fn program_manifest(name: &str) -> Result<String, Failure> {
    let path = |folder: &str| -> Result<String, Failure> {
        let path = root().join(folder);
        // JSON's way to write a string is good TOML.
        Ok(serde_json::to_string(
            path.to_str().ok_or("the checkout's path is not UTF-8")?,
        )?)
    };
    let (dynamic, samples) = (path("dynamic")?, path("samples")?);
    Ok(format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         api = {{ package = \"{API}\", path = \"../api\", features = [\"full\"] }}\n\
         kubewright = {{ path = {dynamic} }}\n\
         kubewright-samples = {{ path = {samples} }}\n\
         serde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\nexclude = [\"../api\"]\n"
    ))
}

const SMALL: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
";
