//! Informers: what is cached is what the server has.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kubewright_dynamic::cache::{Delta, SharedInformer, SharedInformerFactory};
use kubewright_dynamic::{ListOptions, Patch, Unstructured};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, config_map, pod};

cases![
    a_cache_is_filled_and_follows,
    a_late_subscriber_sees_the_present_then_the_changes,
    an_index_follows,
    selectors_hold,
    a_factory_shares,
    a_lister_answers_as_the_server_would,
    what_is_dropped_ends,
    an_empty_collection_is_synced,
];

fn informer(context: &Context) -> SharedInformer<Unstructured> {
    let informer = SharedInformer::new(context.config_maps(), ListOptions::new());
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
    informer.synced().await;
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

async fn a_late_subscriber_sees_the_present_then_the_changes(context: Context) -> Outcome {
    // I2, P2
    let informer = informer(&context);
    informer.synced().await;
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
    // S3
    let pods = context.api("v1/pods");
    pods.create(&pod("web")).await?;
    let informer = SharedInformer::new(pods.clone(), ListOptions::new());
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
    let informer = SharedInformer::new(context.config_maps(), ListOptions::new().labels("key=a"));
    informer.start();
    informer.synced().await;
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
    // FA1, FA2
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
    // S11
    context.config_map("one").await?;
    let informer = informer(&context);
    informer.synced().await;
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
    informer.synced().await;
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
    // I10
    let informer = SharedInformer::new(context.config_maps(), ListOptions::new());
    assert!(!informer.has_synced());
    informer.start();
    tokio::time::timeout(Duration::from_secs(10), informer.synced()).await?;
    assert!(informer.has_synced() && informer.store().is_empty());
    Ok(())
}
