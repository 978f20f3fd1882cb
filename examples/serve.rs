//! Serves an embedded API server until interrupted: `kubectl --server=<the URL it prints> get ns`.
//!
//! An argument names the port; without one a free port is found.

use std::error::Error;
use std::io::Write as _;

use kubewright_envtest::Embedded;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args()
        .nth(1)
        .map(|port| port.parse())
        .transpose()?;
    let server = Embedded::builder().port(port.unwrap_or(0)).start().await?;
    writeln!(std::io::stdout(), "{}", server.url())?;
    tokio::signal::ctrl_c().await?;
    Ok(())
}
