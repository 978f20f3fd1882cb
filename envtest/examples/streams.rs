//! Measures GETs beside many watches of one client, on the real kube-apiserver.
//!
//! `cargo run --release -p kubewright-envtest --example streams -- 1000` prints the latency of GETs before the watches
//! are opened and beside them, and how much memory the process takes. The programs of the control
//! plane must be there (`cargo xtask control-plane build`).

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use futures::TryStreamExt;
use futures::future::try_join_all;
use kubewright::{Api, ListOptions, Unstructured};
use kubewright_envtest::ControlPlane;

/// GETs of each measurement.
const GETS: usize = 2000;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let watches = std::env::args().nth(1);
    let watches: usize = watches.map_or(Ok(1000), |count| count.parse())?;
    let server = ControlPlane::start().await?;
    let client = server.client_config().connect().await?;
    let namespaces: Api<Unstructured> = client.resource(&"v1/namespaces".parse()?);
    report("no watches", &namespaces).await?;

    let begin = Instant::now();
    let options = ListOptions::new();
    let open = (0..watches).map(|_| async {
        let mut watch = namespaces.watch(&options).await?;
        watch.try_next().await.map(|_| watch)
    });
    let open = try_join_all(open).await?;
    say(&format!(
        "{} watches open after {:?}",
        open.len(),
        begin.elapsed()
    ))?;
    report("beside them", &namespaces).await
}

async fn report(when: &str, namespaces: &Api<Unstructured>) -> Outcome {
    let mut times = Vec::with_capacity(GETS);
    for _ in 0..GETS {
        let begin = Instant::now();
        namespaces.get("default").await?;
        times.push(begin.elapsed());
    }
    times.sort();
    let (half, most) = (at(&times, 50), at(&times, 99));
    say(&format!("{when}: p50 {half:?}, p99 {most:?}, {}", memory()))
}

fn at(times: &[Duration], percent: usize) -> Duration {
    times[times.len() * percent / 100]
}

/// What Linux says that the process has in memory.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.unwrap_or("memory unknown").to_owned()
}

fn say(line: &str) -> Outcome {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
