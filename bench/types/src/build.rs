//! Builds of the measured programs, in a target folder of their own.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::rustc::LOG;

/// Seconds of the rustc of each crate that a build compiled.
pub(crate) type Seconds = BTreeMap<String, f64>;

/// What is compiled again in each round, everything else staying as it is.
const MEASURED: [&str; 6] = [
    "k8s-openapi",
    "kubewright",
    "kubewright-generated",
    "kubewright-table",
    "types-k8s-openapi",
    "types-kubewright",
];

/// Both sides are selected always, so that crates that they share are the same in each build.
const SIDES: [&str; 4] = ["-p", "types-kubewright", "-p", "types-k8s-openapi"];

/// In the target folder of the workspace, or the one that cargo is set to use.
pub(crate) fn folder() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => workspace().join(target).join("types"),
        None => workspace().join("target/types"),
    }
}

fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Forgets what was compiled of the measured crates, in every profile.
pub(crate) fn forget() -> Result<(), Failure> {
    for profile in ["--profile=dev", "--profile=release"] {
        let packages = MEASURED.iter().flat_map(|package| ["-p", package]);
        finish(cargo("clean").args(["--quiet", profile]).args(packages))?;
    }
    Ok(())
}

/// `cargo COMMAND` for both sides; what it compiled, and what that cost.
pub(crate) fn build(command: &str, arguments: &[&str]) -> Result<Seconds, Failure> {
    let log = folder().join("rustc.log");
    std::fs::create_dir_all(folder())?;
    std::fs::write(&log, "")?;
    let mut cargo = cargo(command);
    cargo
        .args(["--quiet", "--jobs", "1"])
        .args(SIDES)
        .args(arguments);
    finish(
        cargo
            .env("RUSTC_WRAPPER", std::env::current_exe()?)
            .env(LOG, &log),
    )?;
    std::fs::read_to_string(log)?.lines().map(entry).collect()
}

fn entry(line: &str) -> Result<(String, f64), Failure> {
    let (name, seconds) = line.split_once(' ').ok_or("a broken log of rustc")?;
    Ok((name.to_owned(), seconds.parse()?))
}

fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(workspace())
        .args([command, "--locked", "--target-dir"])
        .arg(folder())
        .env("CARGO_INCREMENTAL", "0")
        // As cargo's own default: this workspace wants line tables for its programs.
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    cargo
}

fn finish(command: &mut Command) -> Result<(), Failure> {
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let program = command.get_program().display();
    Err(format!("{program} has failed: {status}").into())
}
