//! A cache loses nothing: thousands of objects change while the connections that carry the changes
//! are cut, delayed, truncated and left half-open, and the history that they would go on
//! from is forgotten. Once it is quiet, every cache and whatever was replayed from every
//! subscription is what a list of the server says: nothing lost, no ghost, nothing stale.
//!
//! `KUBEWRIGHT_CHURN_OBJECTS` and `KUBEWRIGHT_CHURN_SECONDS` set the scale on the real
//! control plane (5000 and 60), `KUBEWRIGHT_CHURN_SEED` repeats the randomness of a run, as
//! far as two runs of a network can be the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is how a test fails, and what happened is said beside it"
)]

mod crowd;
mod history;
mod load;
mod proxy;
mod storm;
mod truth;

use std::env;
use std::time::Duration;

use kubewright::Config;
use kubewright_envtest::control_plane::Binaries;
use kubewright_envtest::{ControlPlane, Embedded};

use self::history::History;
use self::storm::Storm;

#[tokio::test(flavor = "multi_thread")]
async fn the_real_control_plane_through_bad_weather() {
    let insists =
        env::var_os("KUBEWRIGHT_REQUIRE_CONTROL_PLANE").is_some_and(|value| !value.is_empty());
    if !insists && let Err(error) = Binaries::locate() {
        eprintln!("SKIPPED: {error}");
        return;
    }
    // Without a watch cache for them, watches of config maps go on from etcd's own history,
    // which is what compaction takes away.
    let server = ControlPlane::builder()
        .flag("--watch-cache-sizes=configmaps#0")
        .start()
        .await
        .unwrap();
    let through = |address| {
        Config::new(&format!("https://{address}"))
            .unwrap()
            .with_ca_pem(server.ca_pem())
            .with_client_certificate_pem(server.admin_cert_pem(), server.admin_key_pem())
    };
    let storm = Storm {
        objects: number("KUBEWRIGHT_CHURN_OBJECTS", 5000),
        lasts: Duration::from_secs(number("KUBEWRIGHT_CHURN_SECONDS", 60)),
        // Only HTTP/2 finds out that nobody is there any more.
        half_open: true,
        seed: seed(),
    };
    let address = server.url().trim_start_matches("https://").parse().unwrap();
    storm
        .run(
            address,
            server.client_config(),
            through,
            History::Etcd(&server),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_embedded_server_through_bad_weather() {
    let server = Embedded::start().await.unwrap();
    let through = |address| Config::new(&format!("http://{address}")).unwrap();
    let storm = Storm {
        objects: 500,
        lasts: Duration::from_secs(8),
        half_open: false,
        seed: seed(),
    };
    storm
        .run(
            server.address(),
            server.client_config(),
            through,
            History::Embedded(&server),
        )
        .await;
}

fn number<T: std::str::FromStr>(name: &str, default: T) -> T {
    let value = env::var(name).ok().filter(|value| !value.is_empty());
    value.map_or(default, |value| {
        value
            .parse()
            .ok()
            .unwrap_or_else(|| panic!("{name} is no number: {value}"))
    })
}

fn seed() -> u64 {
    number("KUBEWRIGHT_CHURN_SEED", fastrand::u64(..))
}
