//! `cargo xtask bench`: figures, each with what it is compared to.
//!
//! The programs live in `bench/`, a workspace of its own, so that what they are compared to
//! never becomes a dependency of anything here.

use std::path::Path;
use std::process::{Command, ExitCode};

use kubewright_cli::parts::failed;

/// Measure kubewright beside what it is compared to.
///
/// Programs are built optimized, in a workspace of their own; the first build takes some
/// minutes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench cache                           10,000 pods, some minutes
  cargo xtask bench cache --objects 10000,50000 --runtime multi --wire plain,tls,tls-gzip
                                                    what bench/RESULTS.md shows
  cargo xtask bench cache --help
  cargo xtask bench types                           what bench/TYPES.md shows, some minutes")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The cache: memory, CPU, events, reads and requests, beside kube-rs.
    #[command(disable_help_flag = true)]
    Cache {
        /// Arguments of the program; `--help` lists them.
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "ARGUMENT"
        )]
        arguments: Vec<String>,
    },
    /// The types: what they cost to compile and to decode, beside k8s-openapi.
    #[command(disable_help_flag = true)]
    Types {
        /// Arguments of the program; `--help` lists them.
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "ARGUMENT"
        )]
        arguments: Vec<String>,
    },
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let (package, arguments) = match &args.what {
        What::Cache { arguments } => ("bench-cache", arguments),
        What::Types { arguments } => ("bench-types", arguments),
    };
    match program(package).args(arguments).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        // It has said why.
        Ok(_) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

/// Runs where the caller is, whose paths it is given.
fn program(package: &str) -> Command {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench/Cargo.toml");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "run",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        package,
    ]);
    command.arg("--manifest-path").arg(manifest).arg("--");
    command
}
