//! `cargo xtask crd`: the manifests of the kinds that this repository defines.
//!
//! A program knows the kinds that are compiled into it and no others, so this is what the
//! xtask of any project looks like that defines some: a list of types, and two functions of
//! `kubewright::crd`. The kinds here are those of the examples.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubewright::crd::{CustomResourceDefinition, check_manifests, write_manifests};

use crate::failure::{Failure, failed};
use crate::style::GOOD;

#[path = "../../examples/custom_resource/widget.rs"]
#[allow(dead_code, reason = "the definition is all that is asked of it")]
mod widget;

/// Print or write the manifests of the kinds that are defined here.
///
/// These are the kinds of the examples. For kinds of yours, do the same in an xtask of yours: pass
/// `Widget::crd()` to `write_manifests` and `check_manifests` of `kubewright::crd`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask crd | kubectl apply --server-side -f -
  cargo xtask crd --out manifests            one file for each kind
  cargo xtask crd --out manifests --check    in CI; exits 1 where a file is stale")]
pub(crate) struct Args {
    /// The folder to write, instead of printing.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write nothing; exit 1 where a manifest is not what would be written.
    #[arg(long, requires = "out")]
    check: bool,
}

/// Every kind that is defined here.
fn definitions() -> [CustomResourceDefinition; 1] {
    [widget::Widget::crd()]
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let done = match &args.out {
        None => print(),
        Some(folder) if args.check => check(folder),
        Some(folder) => write(folder),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn print() -> Result<(), Failure> {
    for definition in definitions() {
        anstream::print!("---\n{}", definition.to_yaml()?);
    }
    Ok(())
}

fn check(folder: &Path) -> Result<(), Failure> {
    match check_manifests(folder, &definitions()) {
        Ok(()) => anstream::println!("{GOOD}fresh{GOOD:#} {}", folder.display()),
        Err(error) if error.is_stale() => {
            return Err(format!("{error}, as does this command without --check").into());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn write(folder: &Path) -> Result<(), Failure> {
    for path in write_manifests(folder, &definitions())? {
        anstream::println!("{GOOD}wrote{GOOD:#} {}", path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kubewright::crd::{ManifestError, check_manifests};

    const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/custom_resource");

    #[test]
    fn the_manifests_of_the_examples_are_fresh() -> Result<(), ManifestError> {
        check_manifests(MANIFESTS, &super::definitions())
    }
}
