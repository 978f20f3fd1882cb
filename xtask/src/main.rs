//! The command line over kubewright.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is its job"
)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod control_plane;
mod demo;
mod facts;
mod generate;
mod get;
mod serve;
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

#[derive(Subcommand)]
enum Command {
    /// Generate Rust types and clients from OpenAPI.
    Gen(generate::Args),
    /// Read any resource of any cluster.
    Get(get::Args),
    /// See kubewright work, end to end, on the embedded server.
    Demo(demo::Args),
    /// Run the whole test suite.
    Test(test::Args),
    /// Run the embedded API server.
    Serve(serve::Args),
    /// Run the real etcd and kube-apiserver.
    ControlPlane(control_plane::Args),
    /// Derive the embedded server's facts from a real API server.
    Facts(facts::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Gen(args) => generate::run(args),
        Command::Get(args) => get::run(args),
        Command::Demo(args) => demo::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::ControlPlane(args) => control_plane::run(args),
        Command::Facts(args) => facts::run(args),
    }
}
