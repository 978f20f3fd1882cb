//! The command line over kubewright.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is its job"
)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod control_plane;
mod corpus;
mod crd;
mod demo;
mod facts;
mod failure;
mod generate;
mod get;
mod runtime;
mod serve;
mod style;
mod test;

/// Kubernetes from the command line: read any resource, generate types, run servers.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_version_flag = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

// Described where their arguments are: a line here would take the place of all that.
#[derive(Subcommand)]
enum Command {
    Gen(generate::Args),
    Crd(crd::Args),
    Get(get::Args),
    Demo(demo::Args),
    Test(test::Args),
    Serve(serve::Args),
    ControlPlane(control_plane::Args),
    Facts(facts::Args),
    Corpus(corpus::Args),
    Bench(bench::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Gen(args) => generate::run(args),
        Command::Crd(args) => crd::run(&args),
        Command::Get(args) => get::run(args),
        Command::Demo(args) => demo::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::ControlPlane(args) => control_plane::run(args),
        Command::Facts(args) => facts::run(args),
        Command::Corpus(args) => corpus::run(&args),
        Command::Bench(args) => bench::run(&args),
    }
}
