//! `crd`: the manifests of the kinds that a program defines.
//!
//! A program knows the kinds that are compiled into it and no others. The command `kubewright`
//! has none, so this is for an xtask: [`App::kinds`](crate::App::kinds) gives it the kinds.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubewright::crd::{CustomResourceDefinition, check_manifests, write_manifests};

use crate::failure::{Failure, failed, misused};
use crate::program;
use crate::style::GOOD;

/// Print or write the manifests of the kinds that this program defines.
///
/// Only an xtask of your own defines any: give `kubewright_cli::App` your kinds there.
#[derive(clap::Args)]
#[command(after_help = program::examples(EXAMPLES))]
pub(crate) struct Args {
    /// The folder to write, instead of printing.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write nothing; exit 1 where a manifest is not what would be written.
    #[arg(long, requires = "out")]
    check: bool,
}

const EXAMPLES: &[(&str, &str)] = &[
    ("{program} crd | kubectl apply --server-side -f -", ""),
    ("{program} crd --out manifests", "one file for each kind"),
    (
        "{program} crd --out manifests --check",
        "in CI; exits 1 where a file is stale",
    ),
];

pub(crate) fn run(args: &Args, kinds: &[CustomResourceDefinition]) -> ExitCode {
    if kinds.is_empty() {
        return misused(
            "this program defines no kinds; an xtask does with \
             `kubewright_cli::App::new().kinds([Widget::crd()]).main()`",
        );
    }
    let done = match &args.out {
        None => print(kinds),
        Some(folder) if args.check => check(folder, kinds),
        Some(folder) => write(folder, kinds),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn print(kinds: &[CustomResourceDefinition]) -> Result<(), Failure> {
    for definition in kinds {
        anstream::print!("---\n{}", definition.to_yaml()?);
    }
    Ok(())
}

fn check(folder: &Path, kinds: &[CustomResourceDefinition]) -> Result<(), Failure> {
    match check_manifests(folder, kinds) {
        Ok(()) => anstream::println!("{GOOD}fresh{GOOD:#} {}", folder.display()),
        Err(error) if error.is_stale() => {
            return Err(format!("{error}, as does this command without --check").into());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn write(folder: &Path, kinds: &[CustomResourceDefinition]) -> Result<(), Failure> {
    for path in write_manifests(folder, kinds)? {
        anstream::println!("{GOOD}wrote{GOOD:#} {}", path.display());
    }
    Ok(())
}
