//! One client under load, on the embedded server over TLS and on the real kube-apiserver: streams
//! beyond the limit, connections that go away, watches that nobody reads (rules R14 to R16).
//!
//! On a machine without the programs the tests of the real one say so on the terminal and pass;
//! with `KUBEWRIGHT_REQUIRE_CONTROL_PLANE` set they fail instead.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report"
)]

use std::io::Write;
use std::time::Duration;
use std::{env, io};

use futures::TryStreamExt;
use futures::future::{join_all, try_join_all};
use kubewright::cache::{Selection, SharedInformer};
use kubewright::{Api, Client, Error, ListOptions, Patch, Unstructured};
use kubewright_envtest::control_plane::{Binaries, Builder};
use kubewright_envtest::{ControlPlane, Embedded};
use serde_json::{Value, json};
use tokio::time::timeout;

const REQUIRE: &str = "KUBEWRIGHT_REQUIRE_CONTROL_PLANE";
/// Long enough for a machine that does other things.
const DEADLINE: Duration = Duration::from_secs(240);

/// A builder on the programs of this machine, if it has them.
fn builder() -> Option<Builder> {
    match Binaries::locate() {
        Ok(binaries) => Some(ControlPlane::builder().binaries(binaries)),
        Err(error) if error.is_missing() && env::var_os(REQUIRE).is_none() => {
            drop(writeln!(
                io::stderr(),
                "SKIPPED a test of the wire: {error}"
            ));
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn config_maps(client: &Client) -> Api<Unstructured> {
    let resource = "v1/configmaps".parse().unwrap();
    client.resource(&resource).namespace("default")
}

fn config_map(name: &str, data: &str) -> Unstructured {
    with_metadata(&json!({"name": name}), data)
}

fn with_metadata(metadata: &Value, data: &str) -> Unstructured {
    let map = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"text": data},
    });
    map.to_string().parse().unwrap()
}

async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.unwrap()
}

/// Creates, changes, reads and deletes. Each step fails if the one before it was carried out
/// twice or not at all.
async fn round(maps: &Api<Unstructured>, name: &str) -> Result<(), Error> {
    maps.create(&config_map(name, "1")).await?;
    for (before, after) in [("1", "2"), ("2", "3")] {
        let step = json!([
            {"op": "test", "path": "/data/text", "value": before},
            {"op": "replace", "path": "/data/text", "value": after},
        ]);
        maps.patch(name, &Patch::json(step)).await?;
    }
    maps.get(name).await?;
    maps.delete(name).await?;
    Ok(())
}

const WORKERS: usize = 20;
const ROUNDS: usize = 25;

/// Rounds of all workers at once, and as many creates of names that the server chooses.
async fn lose_nothing_and_repeat_nothing(client: &Client) {
    let maps = config_maps(client);
    let workers = (0..WORKERS).map(|worker| {
        let maps = maps.clone();
        tokio::spawn(async move {
            let mut failures = Vec::new();
            for number in 0..ROUNDS {
                let ended = round(&maps, &format!("r-{worker}-{number}")).await;
                failures.extend(ended.err().map(|error| format!("{error:#}")));
            }
            failures
        })
    });
    let failures = in_time(try_join_all(workers)).await.unwrap().concat();
    assert_eq!(failures, Vec::<String>::new());

    let created = (0..WORKERS).map(|worker| {
        let prefix = format!("g-{worker}-");
        let metadata = json!({"generateName": prefix, "labels": {"of": "wire"}});
        let (maps, map) = (maps.clone(), with_metadata(&metadata, ""));
        async move {
            for _ in 0..ROUNDS {
                maps.create(&map).await?;
            }
            Ok::<_, Error>(())
        }
    });
    in_time(try_join_all(created)).await.unwrap();
    let wire = ListOptions::new().labels("of=wire");
    let there = maps.list(&wire).await.unwrap();
    assert_eq!(there.items.len(), WORKERS * ROUNDS, "one for each call");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_go_away_lose_nothing_and_repeat_nothing() {
    // Rule R14
    let server = Embedded::builder().tls().goaway_chance(0.02);
    let server = server.start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    lose_nothing_and_repeat_nothing(&client).await;
    let each = WORKERS * ROUNDS;
    for (verb, times) in [("create", 2 * each), ("patch", 2 * each), ("delete", each)] {
        assert_eq!(server.requests(verb).carried_out, times, "{verb}");
    }
    // Some 3,000 requests, of which one in 50 ends its connection: with a herd at each end it
    // would be twenty times as many.
    let opened = server.connections_opened();
    assert!((20..200).contains(&opened), "{opened} connections");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_the_real_server_ends_lose_nothing_and_repeat_nothing() {
    // Rule R14
    let Some(builder) = builder() else { return };
    let server = builder.flag("--goaway-chance=0.02").start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    lose_nothing_and_repeat_nothing(&client).await;
}

/// More informers than a connection has streams, and calls beside them.
async fn hold_up_nothing(client: &Client) {
    let maps = config_maps(client);
    maps.create(&config_map("one", "1")).await.unwrap();
    let informers: Vec<_> = (0..120)
        .map(|_| SharedInformer::new(maps.clone(), Selection::new()))
        .collect();
    informers.iter().for_each(SharedInformer::start);
    let synced = informers.iter().map(SharedInformer::synced);
    in_time(try_join_all(synced)).await.unwrap();
    let limit = Duration::from_secs(10);
    timeout(limit, client.version()).await.unwrap().unwrap();
    let two = config_map("two", "2");
    let created = maps.create(&two).into_future();
    timeout(limit, created).await.unwrap().unwrap();
    join_all(informers.iter().map(SharedInformer::shut_down)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_streams_than_a_connection_takes_hold_up_nothing() {
    // Rule R16
    let server = Embedded::builder().tls().start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    hold_up_nothing(&client).await;
    let opened = server.connections_opened();
    assert!(opened <= 5, "{opened} connections");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_streams_than_the_real_server_allows_hold_up_nothing() {
    // Rule R16: kube-apiserver allows 100 on a connection.
    let Some(builder) = builder() else { return };
    let server = builder.start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    hold_up_nothing(&client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_watches_have_thirteen_connections() {
    // Rule R16
    let server = Embedded::builder().tls().start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    let maps = config_maps(&client);
    maps.create(&config_map("one", "1")).await.unwrap();
    let options = ListOptions::new();
    let watches = (0..1000).map(|_| async { maps.watch(&options).await });
    let watches = in_time(try_join_all(watches)).await.unwrap();
    let limit = Duration::from_secs(10);
    let get = maps.get("one").into_future();
    timeout(limit, get).await.unwrap().unwrap();
    assert_eq!(server.connections_opened(), 1 + watches.len().div_ceil(90));
}

/// A watch that is read while other calls are made, beside one that nobody reads.
async fn wait_for_its_reader(client: &Client) {
    const MAPS: usize = 200;
    let maps = config_maps(client);
    let text = "x".repeat(1000);
    for number in 0..MAPS {
        let map = config_map(&format!("m-{number}"), &text);
        maps.create(&map).await.unwrap();
    }
    let _unread = maps.watch(&ListOptions::new()).await.unwrap();
    let mut watch = maps.watch(&ListOptions::new()).await.unwrap();
    let mut read = 0;
    let limit = Duration::from_secs(10);
    while read < MAPS && watch.try_next().await.unwrap().is_some() {
        let name = format!("m-{read}");
        let get = maps.get(&name).into_future();
        timeout(limit, get).await.unwrap().unwrap();
        read += 1;
    }
    assert_eq!(read, MAPS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_waits_for_its_reader_holds_up_nothing() {
    // Rule R16
    let server = Embedded::builder().tls().start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    wait_for_its_reader(&client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_of_the_real_server_that_waits_for_its_reader_holds_up_nothing() {
    // Rule R16
    let Some(builder) = builder() else { return };
    let server = builder.start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    wait_for_its_reader(&client).await;
}
