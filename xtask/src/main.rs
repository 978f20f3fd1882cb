//! The commands of this checkout: those of `kubewright-cli`, and those that need a checkout.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is its job"
)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kubewright_cli::App;

mod bench;
mod checkout;
mod corpus;
mod demo;
mod facts;
mod kinds;
mod outside;
mod packages;
mod test;

/// Kubernetes from the command line, and the tests and figures of kubewright.
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
    #[command(flatten)]
    Kubewright(kubewright_cli::Command),
    Demo(demo::Args),
    Test(test::Args),
    Facts(facts::Args),
    Corpus(corpus::Args),
    Bench(bench::Args),
    Package(packages::Args),
    Outside(outside::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Kubewright(command) => App::new().kinds(kinds::all()).of_checkout().run(command),
        Command::Demo(args) => demo::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Facts(args) => facts::run(args),
        Command::Corpus(args) => corpus::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Package(args) => packages::run(&args),
        Command::Outside(args) => outside::run(&args),
    }
}
