//! Runs the controller of sites.
//!
//! ```sh
//! cargo run -p sites-controller -- definition | kubectl apply --server-side -f -
//! cargo run -p sites-controller
//! ```

mod controller;
mod domains;
mod site;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::process::ExitCode;

use kubewright::cache::SharedInformerFactory;
use kubewright::{Client, Config};
use tokio::signal::unix::{SignalKind, signal};

use self::domains::Domains;
use self::site::Site;

/// The name of this program in the server's audit log.
const USER_AGENT: &str = concat!("sites-controller/", env!("CARGO_PKG_VERSION"));

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let done = match std::env::args().nth(1).as_deref() {
        None => run().await,
        Some("definition") => print_definition(),
        Some(other) => Err(format!(
            "unknown command `{other}`: expected `definition`, or nothing to run the controller"
        )
        .into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error, "the controller ended");
            ExitCode::FAILURE
        }
    }
}

/// Works until the pod is asked to stop, then finishes the calls it has begun.
async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::infer()?.with_user_agent(USER_AGENT);
    let client = Client::new(&config)?;
    let informers = SharedInformerFactory::new(&client);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let end = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    tracing::info!(server = config.server(), "starting");
    controller::run(client, &informers, Domains::default(), end).await?;
    informers.shut_down().await;
    Ok(())
}

fn print_definition() -> Result<(), Box<dyn std::error::Error>> {
    std::io::stdout().write_all(Site::crd().to_yaml()?.as_bytes())?;
    Ok(())
}
