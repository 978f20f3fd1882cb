//! Making a program out of a server's OpenAPI: generate, compile, run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use kubewright::Client;
use kubewright_cli::parts::{self, Failure};
use kubewright_codegen::{Filter, Manifest, Options, Source};

use super::stage::Stage;
use crate::checkout::{cargo, root};

/// The program, which is shown while it runs.
pub(super) const PROGRAM: &str = include_str!("program.rs.txt");

/// Generates types and clients for two group-versions, and compiles [`PROGRAM`] with them.
/// Returns the program's path.
pub(super) async fn build(stage: &mut Stage, client: &Client) -> Result<PathBuf, Failure> {
    let folder = root().join("target/demo");
    let start = Instant::now();
    let specs = parts::fetch(client).await?;
    let documents = specs.len();
    let output = kubewright_codegen::generate(&specs, &options()?)?;
    parts::write(&folder.join("api"), &output.files)?;
    let summary = &output.summary;
    stage.done(&format!(
        "{documents} documents read; {} types and {} resources of apps/v1 and example.com/v1 are {} lines of Rust, in {} ms",
        summary.structs + summary.enums,
        summary.resources,
        summary.lines,
        start.elapsed().as_millis(),
    ));
    let start = Instant::now();
    let bar = stage
        .meanwhile("a program that uses them is compiled; the first time takes about a minute");
    lay_out(&folder)?;
    let compiled = tokio::task::spawn_blocking(move || compile(&folder)).await?;
    bar.finish_and_clear();
    let program = compiled?;
    stage.done(&format!(
        "a program that uses them compiles, in {:.1} s",
        start.elapsed().as_secs_f32()
    ));
    Ok(program)
}

fn options() -> Result<Options, Failure> {
    let include: Result<Vec<Filter>, _> = ["apps/v1", "example.com/v1"]
        .map(str::parse)
        .into_iter()
        .collect();
    let mut options = Options::default();
    options.include = include?;
    let runtime = root().join("dynamic");
    options.manifest = Manifest::Standalone {
        name: "kubewright-generated".to_owned(),
        runtime: Source::Path(runtime.to_string_lossy().into_owned()),
        own_workspace: true,
    };
    Ok(options)
}

/// Writes the program's crate. It shares the lock file of this workspace, so that nothing
/// is fetched that is not here already.
fn lay_out(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("Cargo.toml"), manifest()?)?;
    std::fs::write(folder.join("src/main.rs"), PROGRAM)?;
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

fn manifest() -> Result<String, Failure> {
    let runtime = root().join("dynamic");
    // JSON's way to write a string is good TOML.
    let runtime =
        serde_json::to_string(runtime.to_str().ok_or("the checkout's path is not UTF-8")?)?;
    Ok(format!(
        "[package]\nname = \"demo\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         api = {{ package = \"kubewright-generated\", path = \"api\", features = [\"apps_v1\", \"example_com_v1\"] }}\n\
         kubewright = {{ path = {runtime} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\nexclude = [\"api\"]\n"
    ))
}

fn compile(folder: &Path) -> Result<PathBuf, Failure> {
    let output = cargo(folder)
        .args(["build", "--quiet", "--target-dir", "target"])
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        return Err(format!(
            "the program does not compile:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    Ok(folder
        .join("target/debug")
        .join(format!("demo{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs the program and returns what it said.
pub(super) async fn run(program: &Path, address: &str) -> Result<String, Failure> {
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    if !output.status.success() {
        return Err(format!(
            "the program failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
