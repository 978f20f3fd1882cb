//! `control-plane`: the real etcd and kube-apiserver in a person's hand.
//!
//! What a program may want to read goes to standard output, everything else to standard
//! error.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::{Binaries, Error};

mod progress;

use progress::BuildProgress;

use crate::failure::{Failure, failed};
use crate::program;
use crate::runtime::{block_on, interrupted};
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
    Build,
    /// Print the folder with the programs; fails where they were not built.
    Path,
    /// Start a fresh control plane, print how to reach it and keep it up until Ctrl-C.
    Start {
        /// Further flags of kube-apiserver.
        #[arg(last = true, value_name = "FLAG")]
        flags: Vec<OsString>,
    },
}

pub(crate) fn run(args: Args) -> ExitCode {
    let done = match args.command {
        Command::Build => build(),
        Command::Path => path(),
        Command::Start { flags } => start(flags),
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

fn build() -> Result<(), Failure> {
    let binaries = binaries()?;
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

fn start(flags: Vec<OsString>) -> Result<(), Failure> {
    let mut builder = ControlPlane::builder().binaries(binaries()?);
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

/// A path as a shell reads it back.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        path.into_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use std::path::Path;

    #[test]
    fn a_path_survives_the_shell() {
        for (path, expected) in [
            (
                "/tmp/kubewright-x1/kubeconfig",
                "/tmp/kubewright-x1/kubeconfig",
            ),
            ("/tmp/a b", "'/tmp/a b'"),
            ("/tmp/it's $(rm)", r"'/tmp/it'\''s $(rm)'"),
        ] {
            assert_eq!(quoted(Path::new(path)), expected);
        }
    }
}
