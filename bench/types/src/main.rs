//! Measures types: kubewright's and k8s-openapi's, to compile and to use, in one run.

mod build;
mod report;
mod run;
mod rustc;

// The same pods and the same line about the machine as the benchmark of caches has.
#[path = "../../cache/src/failure.rs"]
mod failure;
#[path = "../../cache/src/machine.rs"]
mod machine;
#[path = "../../cache/src/pods.rs"]
#[allow(
    dead_code,
    reason = "the cache's server changes its pods; here they are read"
)]
mod pods;

use std::process::ExitCode;

use clap::Parser;

/// Measure types beside k8s-openapi's: compiling them, compiling their users, decoding, heap.
///
/// Two programs that do the same, one on each side, are built as often as there are rounds:
/// what they have of third parties once, the rest again each time. Figures of compilation are
/// the user and system time of the one rustc that compiles the crate. Results go to standard
/// output, progress and errors to standard error.
#[derive(Parser)]
#[command(
    name = "cargo xtask bench types",
    bin_name = "cargo xtask bench types",
    disable_version_flag = true
)]
#[command(after_help = "\
Examples:
  cargo xtask bench types                 what bench/TYPES.md shows, some minutes
  cargo xtask bench types --rounds 1      a quick look
  cargo xtask bench types --json          for programs")]
struct Cli {
    /// Measure this often; the least of each figure counts, as load can only add.
    #[arg(long, default_value = "3", value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many different pods to decode.
    #[arg(long, default_value = "200", value_parser = clap::value_parser!(u32).range(1..))]
    pods: u32,
    /// All figures as JSON instead of tables.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    if let Some(log) = rustc::log() {
        return rustc::record(&log);
    }
    let cli = Cli::parse();
    match run::run(cli.rounds, cli.pods).and_then(|figures| print(&figures, cli.json)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(figures: &run::Figures, json: bool) -> Result<(), failure::Failure> {
    let text = if json {
        serde_json::to_string_pretty(figures)?
    } else {
        report::text(figures)
    };
    anstream::println!("{text}");
    Ok(())
}
