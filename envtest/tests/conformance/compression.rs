//! Answers that were asked for compressed.

use bytes::Bytes;
use futures::TryStreamExt;
use kubewright::{Api, Client, ListOptions, Unstructured, WatchEvent};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, config_map, object};

cases![
    a_large_list_is_compressed_and_reads_the_same;
    feature StreamingLists: a_compressed_watch_brings_each_event_at_once,
];

fn asking(context: &Context) -> Result<(Client, Api<Unstructured>), kubewright::Error> {
    let client = Client::new(&context.config.clone().with_compression(true))?;
    let maps = client
        .resource(&"v1/configmaps".parse()?)
        .namespace(&context.namespace);
    Ok((client, maps))
}

async fn a_large_list_is_compressed_and_reads_the_same(context: Context) -> Outcome {
    let large = object(json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "large"},
        "data": {"text": "0123456789abcdef".repeat(20_000)},
    }));
    context.config_maps().create(&large).await?;
    let (client, maps) = asking(&context)?;
    let plain = context.config_maps().list(&ListOptions::new()).await?;
    let compressed = maps.list(&ListOptions::new()).await?;
    assert_eq!(plain.items, compressed.items);
    let path = format!("/api/v1/namespaces/{}/configmaps", context.namespace);
    let answer = client
        .raw(http::Request::get(path).body(Bytes::new())?)
        .await?;
    assert!(answer.body().len() > 300_000);
    // What the answer was encoded as is taken away with the encoding; this says that it was.
    let varies = answer.headers().get(http::header::VARY).is_some();
    assert!(varies || context.server.is_embedded());
    Ok(())
}

async fn a_compressed_watch_brings_each_event_at_once(context: Context) -> Outcome {
    // Rule F9; the API server compresses such a watch since 1.37.
    context.config_map("one").await?;
    let (_, maps) = asking(&context)?;
    let mut watch = maps.watch(&ListOptions::new().initial_events(true)).await?;
    let first = watch.try_next().await?;
    assert!(matches!(&first, Some(WatchEvent::Added(map)) if map.name() == "one"));
    let end = watch.try_next().await?;
    assert!(matches!(end, Some(WatchEvent::Bookmark(mark)) if mark.initial_events_end));
    for name in ["two", "three"] {
        maps.create(&config_map(name, "a", "1")).await?;
        let next = watch.try_next().await?;
        assert!(matches!(&next, Some(WatchEvent::Added(map)) if map.name() == name));
    }
    Ok(())
}
