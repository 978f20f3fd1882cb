//! `control-plane`: the real etcd and kube-apiserver, started from the command line.
//!
//! What a program may want to read goes to standard output, everything else to standard
//! error.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Subcommand;
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::{Binaries, Error, Release};

mod progress;

use progress::BuildProgress;

use crate::failure::{Failure, failed};
use crate::program;
use crate::runtime::{block_on, interrupted};
use crate::shell::quoted;
use crate::style::{DIM, GOOD, STRONG};

/// Run the real etcd and kube-apiserver.
///
/// The two programs are taken from the folder that KUBEBUILDER_ASSETS names, else from a
/// cache (KUBEWRIGHT_CACHE, else $XDG_CACHE_HOME/kubewright, else ~/.cache/kubewright),
/// into which they are built once with Go.
#[derive(clap::Args)]
#[command(after_help = program::examples(EXAMPLES))]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &[(&str, &str)] = &[
    ("{program} control-plane build", ""),
    ("{program} control-plane build --version 1.32", ""),
    ("{program} control-plane start", ""),
    (
        "{program} control-plane start -- --runtime-config=api/alpha=true",
        "",
    ),
    (
        "export KUBEBUILDER_ASSETS=$({program} control-plane path)",
        "",
    ),
];

#[derive(Subcommand)]
enum Command {
    /// Build the programs, unless they are there; takes minutes, once.
    Build {
        /// Another release, such as 1.32 or 1.31.5.
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
    },
    /// Print the folder with the programs; fails where they were not built.
    Path,
    /// Start a fresh control plane, print how to reach it and keep it up until Ctrl-C.
    Start {
        /// Another release, such as 1.32 or 1.31.5; built where it is missing.
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
        /// Further flags of kube-apiserver.
        #[arg(last = true, value_name = "FLAG")]
        flags: Vec<OsString>,
    },
}

pub(crate) fn run(args: Args) -> ExitCode {
    let done = match args.command {
        Command::Build { version } => build(version.as_deref()),
        Command::Path => path(),
        Command::Start { version, flags } => start(version.as_deref(), flags),
    };
    done.map_or_else(|error| failed(&*error), |()| ExitCode::SUCCESS)
}

/// The programs, built in view of the user where they are missing.
pub fn binaries() -> Result<Binaries, Error> {
    let mut progress = BuildProgress::new();
    let found = Binaries::locate_or_build(|at| progress.show(at))?;
    progress.finish();
    Ok(found)
}

/// The programs of a release, built in view of the user where they are missing.
pub fn binaries_of(version: &str) -> Result<Binaries, Error> {
    let mut progress = BuildProgress::new();
    let found = Binaries::of_release(&Release::parse(version)?, |at| progress.show(at))?;
    progress.finish();
    Ok(found)
}

fn chosen(version: Option<&str>) -> Result<Binaries, Error> {
    version.map_or_else(binaries, binaries_of)
}

fn build(version: Option<&str>) -> Result<(), Failure> {
    let binaries = chosen(version)?;
    print_path(&binaries);
    Ok(())
}

fn path() -> Result<(), Failure> {
    print_path(&Binaries::locate()?);
    Ok(())
}

fn print_path(binaries: &Binaries) {
    anstream::println!("{}", binaries.folder().display());
}

fn start(version: Option<&str>, flags: Vec<OsString>) -> Result<(), Failure> {
    let mut builder = ControlPlane::builder().binaries(chosen(version)?);
    for flag in flags {
        builder = builder.flag(flag);
    }
    block_on(async {
        let control_plane = builder.start().await?;
        announce(&control_plane);
        interrupted().await;
        anstream::eprintln!("{DIM}stopping{DIM:#}");
        Ok(())
    })
}

fn announce(control_plane: &ControlPlane) {
    anstream::eprintln!(
        "{GOOD}Kubernetes {}{GOOD:#} at {STRONG}{}{STRONG:#}, until Ctrl-C. In another terminal:",
        control_plane.version(),
        control_plane.url()
    );
    let file = quoted(control_plane.kubeconfig_file());
    anstream::println!("export KUBECONFIG={file}");
}
