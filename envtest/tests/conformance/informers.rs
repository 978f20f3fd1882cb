//! Informers: the cache equals the server.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kubewright::cache::{
    Delta, HandlerFuncs, Selection, SharedInformer, SharedInformerFactory, Transform,
};
use kubewright::{Patch, Unstructured};
use serde_json::json;
use tokio::sync::mpsc;

use crate::cases;
use crate::server::{Context, Outcome, config_map, nobody, object, pod};

cases![
    a_cache_is_filled_and_follows,
    a_late_subscriber_sees_the_present_then_the_changes,
    an_index_follows,
    selectors_hold,
    a_factory_shares,
    a_lister_answers_as_the_server_would,
    what_is_dropped_ends,
    an_empty_collection_is_synced,
    a_handler_is_called_until_it_is_removed,
    metadata_alone_can_be_cached,
    a_wait_that_times_out_says_why;
    feature ConsistentCache: a_version_of_another_kind_is_reached_soon;
    feature StreamingLists: a_streamed_snapshot_is_what_a_list_shows;
    real_only "the embedded server does not limit rights":
    a_missing_right_to_list_is_reported,
];

fn informer(context: &Context) -> SharedInformer<Unstructured> {
    let informer = SharedInformer::new(context.config_maps(), Selection::new());
    informer.start();
    informer
}

fn shown(delta: &Delta<Unstructured>) -> String {
    let sign = match delta {
        Delta::Added(_) => '+',
        Delta::Updated { .. } => '~',
        Delta::Deleted { .. } => '-',
    };
    format!("{sign}{}", delta.object().name())
}

async fn a_cache_is_filled_and_follows(context: Context) -> Outcome {
    context.config_map("before").await?;
    let informer = informer(&context);
    informer.synced().await?;
    assert_eq!(informer.store().len(), 1);
    let mut deltas = informer.subscribe();
    context.config_map("after").await?;
    let patch = Patch::merge(json!({"data": {"a": "2"}}));
    context.config_maps().patch("after", &patch).await?;
    context.config_maps().delete("after").await?;
    for expected in ["+before", "+after", "~after", "-after"] {
        assert_eq!(shown(&deltas.next().await.ok_or("no delta")?), expected);
    }
    let cached = informer
        .lister()
        .namespace(&context.namespace)
        .get("before")?;
    assert_eq!(*cached, context.config_maps().get("before").await?);
    Ok(())
}

/// Rule F16: the stream and a list of exactly its version agree, also where a transform is between.
async fn a_streamed_snapshot_is_what_a_list_shows(context: Context) -> Outcome {
    for name in ["a", "b", "c"] {
        context.config_map(name).await?;
    }
    let transform = Transform::new().cut_managed_fields();
    let informer = SharedInformer::builder(context.config_maps())
        .transform(transform)
        .check_consistency(true)
        .build();
    informer.start();
    informer.synced().await?;
    // What comes next is taken in once the comparison is over.
    let after = context.config_map("after").await?;
    informer
        .caught_up(after.resource_version().unwrap_or_default())
        .await?;
    assert_eq!(informer.store().len(), 4);
    let error = informer.last_error().map(|told| told.to_string());
    assert_eq!(error, None);
    Ok(())
}

/// Rule S14: no change of the cached kind and no bookmark brings the version.
async fn a_version_of_another_kind_is_reached_soon(context: Context) -> Outcome {
    let informer = informer(&context);
    informer.synced().await?;
    context.config_map("first").await?;
    let secret = object(json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "other"},
    }));
    let secret = context.api("v1/secrets").create(&secret).await?;
    let version = secret.resource_version().unwrap_or_default();
    let soon = Duration::from_secs(8);
    tokio::time::timeout(soon, informer.caught_up(version)).await??;
    assert_eq!(informer.store().len(), 1);
    Ok(())
}

async fn a_late_subscriber_sees_the_present_then_the_changes(context: Context) -> Outcome {
    // Rules I2, P2
    let informer = informer(&context);
    informer.synced().await?;
    let mut early = informer.subscribe();
    for name in ["a", "b", "c"] {
        context.config_map(name).await?;
        early.next().await;
    }
    let mut late = informer.subscribe();
    context.config_maps().delete("b").await?;
    let mut seen = BTreeMap::new();
    for _ in 0..4 {
        match late.next().await.ok_or("no delta")? {
            Delta::Added(object) => seen.insert(object.name().to_owned(), object),
            Delta::Updated { new, .. } => seen.insert(new.name().to_owned(), new),
            Delta::Deleted { last, .. } => seen.remove(last.name()),
        };
    }
    assert_eq!(seen.keys().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(late.depth(), 0);
    Ok(())
}

async fn an_index_follows(context: Context) -> Outcome {
    // Rule S3
    let pods = context.api("v1/pods");
    pods.create(&pod("web")).await?;
    let informer = SharedInformer::new(pods.clone(), Selection::new());
    let app = |pod: &Unstructured| pod.labels().get("app").cloned().into_iter().collect();
    informer.add_index("app", app)?;
    let mut deltas = informer.subscribe();
    informer.start();
    deltas.next().await;
    assert_eq!(informer.lister().by_index("app", "web")?.len(), 1);
    let patch = Patch::merge(json!({"metadata": {"labels": {"app": "other"}}}));
    pods.patch("web", &patch).await?;
    deltas.next().await;
    assert!(informer.lister().by_index("app", "web")?.is_empty());
    assert_eq!(informer.store().index_values("app")?, ["other"]);
    Ok(())
}

async fn selectors_hold(context: Context) -> Outcome {
    context
        .config_maps()
        .create(&config_map("in", "a", "1"))
        .await?;
    context
        .config_maps()
        .create(&config_map("out", "b", "1"))
        .await?;
    let informer = SharedInformer::new(context.config_maps(), Selection::new().labels("key=a"));
    informer.start();
    informer.synced().await?;
    let names: Vec<_> = informer
        .lister()
        .all()
        .iter()
        .map(|object| object.name().to_owned())
        .collect();
    assert_eq!(names, ["in"]);
    Ok(())
}

async fn a_factory_shares(context: Context) -> Outcome {
    // Rules FA1, FA2
    context.config_map("one").await?;
    let factory = SharedInformerFactory::new(&context.client).in_namespace(&context.namespace);
    let maps = context
        .client
        .lookup("configmaps")
        .await?
        .api_resource()
        .clone();
    let (one, two) = (factory.dynamic(&maps), factory.dynamic(&maps));
    let missing = format!("configmaps in {}", context.namespace);
    assert_eq!(factory.unsynced(), [missing]);
    factory.start();
    factory.synced().await?;
    assert!(factory.unsynced().is_empty());
    let find = |informer: &SharedInformer<Unstructured>| {
        informer.lister().namespace(&context.namespace).get("one")
    };
    assert!(
        Arc::ptr_eq(&find(&one)?, &find(&two)?),
        "two caches of the same thing"
    );
    Ok(())
}

async fn a_lister_answers_as_the_server_would(context: Context) -> Outcome {
    // Rules S10, S11
    context.config_map("one").await?;
    let informer = informer(&context);
    informer.synced().await?;
    let here = informer.lister().namespace(&context.namespace);
    assert_eq!(here.list(&"key=a".parse()?).len(), 1);
    assert!(here.list(&"key=b".parse()?).is_empty());
    assert!(here.get("none").unwrap_err().is_not_found());
    assert!(informer.lister().namespace("elsewhere").all().is_empty());
    Ok(())
}

async fn what_is_dropped_ends(context: Context) -> Outcome {
    context.config_map("one").await?;
    let informer = informer(&context);
    informer.synced().await?;
    let (mut deltas, lister) = (informer.subscribe(), informer.lister());
    drop(informer);
    assert_eq!(shown(&deltas.next().await.ok_or("no delta")?), "+one");
    assert!(
        deltas.next().await.is_none(),
        "a subscription outlives its informer"
    );
    assert_eq!(lister.all().len(), 1);
    Ok(())
}

async fn an_empty_collection_is_synced(context: Context) -> Outcome {
    // Rule I10
    let informer = SharedInformer::new(context.config_maps(), Selection::new());
    assert!(!informer.has_synced());
    informer.start();
    informer.synced_within(Duration::from_secs(10)).await?;
    assert!(informer.has_synced() && informer.store().is_empty());
    Ok(())
}

async fn a_handler_is_called_until_it_is_removed(context: Context) -> Outcome {
    // Rules I2, I7, I10, I12
    context.config_map("before").await?;
    let informer = informer(&context);
    let (told, mut heard) = mpsc::unbounded_channel();
    let [added, updated, deleted] = [told.clone(), told.clone(), told];
    let handler = HandlerFuncs::new()
        .on_add(move |map: &Arc<Unstructured>, initial| {
            let _ = added.send(format!("+{} {initial}", map.name()));
        })
        .on_update(move |_: &Arc<Unstructured>, map: &Arc<Unstructured>| {
            let _ = updated.send(format!("~{}", map.name()));
        })
        .on_delete(move |map: &Arc<Unstructured>, known| {
            let _ = deleted.send(format!("-{} {known}", map.name()));
        });
    let registration = informer.add_event_handler(handler);
    registration.synced().await?;
    assert_eq!(heard.try_recv()?, "+before true", "before it is synced");
    context.config_map("after").await?;
    let patch = Patch::merge(json!({"data": {"a": "2"}}));
    context.config_maps().patch("after", &patch).await?;
    context.config_maps().delete("after").await?;
    for expected in ["+after false", "~after", "-after true"] {
        assert_eq!(heard.recv().await.as_deref(), Some(expected));
    }
    registration.remove().await;
    assert_eq!(heard.recv().await, None, "the handler is gone");
    Ok(())
}

async fn metadata_alone_can_be_cached(context: Context) -> Outcome {
    // Rule Z8
    context.config_map("one").await?;
    let factory = SharedInformerFactory::new(&context.client).in_namespace(&context.namespace);
    let maps = context.config_maps().api_resource().clone();
    let (whole, metadata) = (factory.dynamic(&maps), factory.metadata(&maps));
    factory.start();
    factory.synced_within(Duration::from_secs(20)).await?;
    let here = |text: &str| text == context.namespace;
    assert_eq!(whole.store().len(), 1);
    let one = metadata.lister().namespace(&context.namespace).get("one")?;
    assert!(one.metadata.namespace.as_deref().is_some_and(here));
    assert_eq!(
        one.metadata.labels.get("key").map(String::as_str),
        Some("a")
    );
    factory.shut_down().await;
    Ok(())
}

async fn a_wait_that_times_out_says_why(context: Context) -> Outcome {
    // Rules FA3, I22
    let factory = SharedInformerFactory::new(&context.client).in_namespace(&context.namespace);
    let unknown = context
        .api("example.com/v1/nothings")
        .api_resource()
        .clone();
    let informer = factory.dynamic(&unknown);
    let mut errors = informer.errors();
    factory.start();
    errors.recv().await?;
    let error = factory.synced_within(Duration::from_millis(50)).await;
    let error = error.unwrap_err();
    let name = format!("nothings.example.com in {}", context.namespace);
    assert_eq!(error.missing(), [name]);
    assert!(
        error.is_timeout() && error.to_string().contains("404"),
        "{error}"
    );
    Ok(())
}

async fn a_missing_right_to_list_is_reported(context: Context) -> Outcome {
    let client = nobody().await?.connect().await?;
    let factory = SharedInformerFactory::new(&client).in_namespace(&context.namespace);
    let informer = factory.dynamic(context.config_maps().api_resource());
    let mut errors = informer.errors();
    factory.start();
    assert!(errors.recv().await?.is_forbidden());
    let error = factory.synced_within(Duration::from_millis(50)).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("configmaps in ") && error.contains("forbidden"),
        "{error}"
    );
    Ok(())
}
