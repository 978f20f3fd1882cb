//! `serve`: the embedded API server in a person's hand.

use std::process::ExitCode;

use kubewright_envtest::Embedded;

use crate::failure::{Failure, failed};
use crate::program;
use crate::runtime::{block_on, interrupted};
use crate::style::{DIM, GOOD, STRONG};

/// Run the embedded API server.
///
/// It keeps everything in memory, asks nobody who they are and listens on loopback alone.
#[derive(clap::Args)]
#[command(after_help = program::examples(EXAMPLES))]
pub(crate) struct Args {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8001)]
    port: u16,
}

const EXAMPLES: &[(&str, &str)] = &[
    ("{program} serve --port 8001 &", ""),
    (
        "{program} get namespaces --server http://127.0.0.1:8001",
        "",
    ),
    (
        "kubectl --server=http://127.0.0.1:8001 create namespace prod",
        "",
    ),
];

pub(crate) fn run(args: &Args) -> ExitCode {
    match block_on(serve(args.port)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

async fn serve(port: u16) -> Result<(), Failure> {
    let server = Embedded::builder().port(port).start().await;
    let server = server.map_err(|error| format!("port {port} cannot be listened on: {error}"))?;
    anstream::eprintln!("{GOOD}serving{GOOD:#}, in memory, until Ctrl-C, at:");
    anstream::println!("{STRONG}{}{STRONG:#}", server.url());
    interrupted().await;
    anstream::eprintln!("{DIM}stopping{DIM:#}");
    Ok(())
}
