//! `serve`: the embedded API server, started from the command line.

use std::process::ExitCode;

use kubewright_envtest::Embedded;
use tempfile::TempPath;

use crate::failure::{Failure, failed};
use crate::program;
use crate::runtime::{block_on, interrupted};
use crate::shell::quoted;
use crate::style::{DIM, GOOD, STRONG};

/// Run the embedded API server.
///
/// It keeps everything in memory and listens on loopback only. Plain HTTP needs no credentials; over
/// TLS the admin has a client certificate, which is in the kubeconfig.
#[derive(clap::Args)]
#[command(after_help = program::examples(EXAMPLES))]
pub(crate) struct Args {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8001)]
    port: u16,
    /// Speak TLS with HTTP/2, as a cluster does, and write a kubeconfig.
    #[arg(long)]
    tls: bool,
    /// The chance that a request over HTTP/2 ends its connection, as of kube-apiserver.
    #[arg(long, default_value_t = 0.0, value_name = "CHANCE", requires = "tls")]
    goaway_chance: f64,
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
    (
        "{program} serve --tls",
        "prints how to set KUBECONFIG in another terminal",
    ),
];

pub(crate) fn run(args: &Args) -> ExitCode {
    match block_on(serve(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

async fn serve(args: &Args) -> Result<(), Failure> {
    let mut server = Embedded::builder().port(args.port);
    if args.tls {
        server = server.tls().authentication();
        server = server.goaway_chance(args.goaway_chance);
    }
    let port = args.port;
    let server = server.start().await;
    let server = server.map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    // The file lives as long as the server.
    let _kubeconfig = if args.tls {
        Some(announce_tls(&server)?)
    } else {
        announce(&server);
        None
    };
    interrupted().await;
    anstream::eprintln!("{DIM}stopping{DIM:#}");
    Ok(())
}

fn announce(server: &Embedded) {
    anstream::eprintln!("{GOOD}serving{GOOD:#}, in memory, until Ctrl-C, at:");
    anstream::println!("{STRONG}{}{STRONG:#}", server.url());
}

fn announce_tls(server: &Embedded) -> Result<TempPath, Failure> {
    let file = tempfile::Builder::new()
        .prefix("kubewright-")
        .suffix(".kubeconfig")
        .tempfile()?
        .into_temp_path();
    server.write_kubeconfig(&file)?;
    anstream::eprintln!(
        "{GOOD}serving{GOOD:#}, in memory, until Ctrl-C, at {STRONG}{}{STRONG:#}. In another terminal:",
        server.url()
    );
    anstream::println!("export KUBECONFIG={}", quoted(&file));
    Ok(file)
}
