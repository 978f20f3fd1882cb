//! Events: people find what a recorder wrote.

use kubewright::events::{Event, Recorder};
use kubewright::{Client, ListOptions, Object, Unstructured};
use kubewright_generated::core_v1::Namespace;
use kubewright_generated::events_v1;

use crate::cases;
use crate::server::{Context, Outcome};

cases![
    events_are_stored_and_counted,
    events_of_cluster_scoped_objects_are_in_default,
    too_many_words_are_combined;
    real_only "the embedded server keeps the two groups of events apart":
    people_find_them_where_they_look,
];

fn recorder(client: &Client) -> Recorder {
    Recorder::of_instance(client, "conformance.example.com/recorder", "here")
}

/// The events of the namespace, by reason.
async fn stored(
    context: &Context,
    reason: &str,
) -> Result<Vec<events_v1::Event>, kubewright::Error> {
    let api = context
        .client
        .namespaced::<events_v1::Event>(&context.namespace);
    let mut events = api.list(&ListOptions::new()).await?.items;
    events.retain(|event| event.reason.as_deref() == Some(reason));
    Ok(events)
}

async fn events_are_stored_and_counted(context: Context) -> Outcome {
    // Rules V2, V7
    let map = context.config_map("one").await?;
    let other = context.config_map("two").await?;
    let recorder = recorder(&context.client);
    for _ in 0..5 {
        recorder.record(Event::normal(&map, "Synced", "all is well"));
    }
    recorder.record(
        Event::warning(&map, "Failed", "x".repeat(2000))
            .action("Sync")
            .related(&other),
    );
    recorder.shut_down().await;
    assert_eq!(recorder.dropped(), 0);

    let synced = stored(&context, "Synced").await?;
    let [synced] = &synced[..] else {
        return Err(format!("{} objects of one series", synced.len()).into());
    };
    assert_eq!(synced.series.as_ref().map(|series| series.count), Some(5));
    assert_eq!(synced.note.as_deref(), Some("all is well"));
    let regarding = synced.regarding.as_ref().ok_or("regarding nothing")?;
    assert_eq!(regarding.uid.as_deref(), map.uid());
    assert_eq!(regarding.kind.as_deref(), Some("ConfigMap"));

    let failed = stored(&context, "Failed").await?;
    let failed = failed.first().ok_or("the warning is missing")?;
    assert_eq!(failed.type_.as_deref(), Some("Warning"));
    assert_eq!(
        (failed.action.as_deref(), &failed.series),
        (Some("Sync"), &None)
    );
    assert_eq!(failed.note.as_ref().map(String::len), Some(1024));
    let related = failed
        .related
        .as_ref()
        .and_then(|related| related.name.as_deref());
    assert_eq!(related, Some("two"));
    Ok(())
}

async fn events_of_cluster_scoped_objects_are_in_default(context: Context) -> Outcome {
    // Rule V1
    let namespace = context
        .client
        .cluster::<Namespace>()
        .get(&context.namespace)
        .await?;
    let recorder = recorder(&context.client);
    recorder.record(Event::normal(&namespace, "Seen", "it is there"));
    recorder.shut_down().await;
    assert_eq!(recorder.dropped(), 0);
    let events = context.client.namespaced::<events_v1::Event>("default");
    let events = events.list(&ListOptions::new()).await?.items;
    let is_ours = |event: &&events_v1::Event| {
        let regarding = event.regarding.as_ref();
        regarding.is_some_and(|regarding| regarding.uid.as_deref() == namespace.uid())
    };
    assert_eq!(events.iter().filter(is_ours).count(), 1);
    Ok(())
}

async fn too_many_words_are_combined(context: Context) -> Outcome {
    // Rule V3
    let map = context.config_map("one").await?;
    let recorder = recorder(&context.client);
    for number in 0..15 {
        recorder.record(Event::normal(&map, "Took", format!("{number} ms")));
    }
    recorder.shut_down().await;
    let took = stored(&context, "Took").await?;
    let combined: Vec<_> = took
        .iter()
        .filter(|event| {
            event
                .note
                .as_deref()
                .is_some_and(|note| note.starts_with("(combined"))
        })
        .collect();
    assert_eq!((took.len(), combined.len()), (10, 1));
    assert_eq!(
        combined[0].series.as_ref().map(|series| series.count),
        Some(6)
    );
    Ok(())
}

async fn people_find_them_where_they_look(context: Context) -> Outcome {
    // What `kubectl describe` asks for.
    let map = context.config_map("one").await?;
    let recorder = recorder(&context.client);
    recorder.record(Event::normal(&map, "Synced", "all is well"));
    recorder.shut_down().await;
    let uid = map.uid().unwrap_or_default();
    let options = ListOptions::new().fields(format!("involvedObject.uid={uid},type=Normal"));
    let found = context.api("v1/events").list(&options).await?.items;
    let message = |event: &Unstructured| event.path::<String>("/message").ok().flatten();
    assert_eq!(
        found.iter().filter_map(message).collect::<Vec<_>>(),
        ["all is well"]
    );
    Ok(())
}
