//! Measures caches of pods: kubewright's and kube-rs', in one run, on the same bytes.

#![allow(
    clippy::cast_precision_loss,
    reason = "figures are rounded to three digits"
)]

mod failure;
mod machine;
mod measure;
mod meter;
mod plan;
mod pods;
mod report;
mod script;
mod server;
mod subject;
mod task;
mod wire;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measure the cache beside kube-rs': memory, CPU, events, reads, requests.
///
/// Every program is a process of its own, and so is the scripted server, so that each is
/// charged for what it does and nothing else. All of them get the same pods, use glibc's
/// allocator and run on both flavours of tokio's runtime. Results go to standard output;
/// progress to standard error.
#[derive(Parser)]
#[command(
    name = "cargo xtask bench cache",
    bin_name = "cargo xtask bench cache",
    disable_version_flag = true
)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  cargo xtask bench cache                           10,000 pods, some minutes
  cargo xtask bench cache --objects 10000,50000 --runtime multi --wire plain,tls,tls-gzip
                                                    what bench/RESULTS.md shows
  cargo xtask bench cache --objects 500 --json      a quick look, for programs
  cargo xtask bench cache --from run.json --chart bench/cache.svg
                                                    an earlier run, drawn")]
struct Cli {
    #[command(flatten)]
    plan: plan::Args,
    #[command(subcommand)]
    part: Option<Part>,
}

/// The processes of a run.
#[derive(Subcommand)]
#[command(hide = true)]
enum Part {
    #[command(hide = true)]
    Serve(server::Args),
    #[command(hide = true)]
    Measure(measure::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.part {
        None => plan::run(&cli.plan),
        Some(Part::Serve(args)) => server::run(&args),
        Some(Part::Measure(args)) => measure::run(&args),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
