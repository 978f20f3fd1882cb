//! Watches: order, beginnings, selectors, ends.

use std::time::Duration;

use futures::TryStreamExt;
use kubewright::{ListOptions, Object, PartialObjectMetadata, Unstructured, Watch, WatchEvent};

use crate::cases;
use crate::server::{Context, Outcome, config_map};

cases![
    changes_come_in_order,
    without_a_version_the_present_comes_first,
    an_edge_of_the_selector_is_an_event,
    one_object_can_be_watched,
    an_old_version_is_expired,
    a_watch_ends_when_its_time_is_over,
    metadata_can_be_watched,
    tables_can_be_watched,
    a_broken_selector_is_refused_at_once,
    a_missing_resource_cannot_be_watched;
    feature StreamingLists: initial_events_end_with_a_bookmark;
    feature StreamedTables: a_stream_of_tables_marks_the_end_of_its_beginning,
];

async fn next(watch: &mut Watch<Unstructured>) -> Result<String, kubewright::Error> {
    let event = watch.try_next().await?;
    Ok(match event {
        None => "end".to_owned(),
        Some(WatchEvent::Added(object)) => format!("+{}", object.name()),
        Some(WatchEvent::Modified(object)) => format!("~{}", object.name()),
        Some(WatchEvent::Deleted(object)) => format!("-{}", object.name()),
        Some(WatchEvent::Bookmark(bookmark)) => format!("bookmark {}", bookmark.initial_events_end),
    })
}

/// Options for what comes after this moment.
async fn from_now(context: &Context) -> Result<ListOptions, kubewright::Error> {
    let list = context.config_maps().list(&ListOptions::new()).await?;
    Ok(ListOptions::new().resource_version(list.resource_version().unwrap_or_default()))
}

async fn changes_come_in_order(context: Context) -> Outcome {
    context.config_map("old").await?;
    let maps = context.config_maps();
    let mut watch = maps.watch(&from_now(&context).await?).await?;
    context.config_map("one").await?;
    maps.replace(&config_map("one", "a", "2")).await?;
    maps.delete("one").await?;
    context.config_map("two").await?;
    for expected in ["+one", "~one", "-one", "+two"] {
        assert_eq!(next(&mut watch).await?, expected);
    }
    Ok(())
}

async fn without_a_version_the_present_comes_first(context: Context) -> Outcome {
    // Rule F20
    context.config_map("one").await?;
    context.config_map("two").await?;
    for version in ["", "0"] {
        let mut watch = context
            .config_maps()
            .watch(&ListOptions::new().resource_version(version))
            .await?;
        let mut present = [next(&mut watch).await?, next(&mut watch).await?];
        present.sort();
        assert_eq!(present, ["+one", "+two"], "version {version:?}");
    }
    Ok(())
}

async fn initial_events_end_with_a_bookmark(context: Context) -> Outcome {
    // Rules F9, F10
    context.config_map("one").await?;
    let mut watch = context
        .config_maps()
        .watch(&ListOptions::new().initial_events(true))
        .await?;
    assert_eq!(next(&mut watch).await?, "+one");
    assert_eq!(next(&mut watch).await?, "bookmark true");
    context.config_map("two").await?;
    assert_eq!(next(&mut watch).await?, "+two");
    Ok(())
}

async fn an_edge_of_the_selector_is_an_event(context: Context) -> Outcome {
    let options = from_now(&context).await?.labels("key=a");
    let mut watch = context.config_maps().watch(&options).await?;
    context
        .config_maps()
        .create(&config_map("out", "b", "1"))
        .await?;
    context.config_map("one").await?;
    context
        .config_maps()
        .replace(&config_map("one", "b", "1"))
        .await?;
    context
        .config_maps()
        .replace(&config_map("out", "a", "1"))
        .await?;
    for expected in ["+one", "-one", "+out"] {
        assert_eq!(next(&mut watch).await?, expected);
    }
    Ok(())
}

async fn one_object_can_be_watched(context: Context) -> Outcome {
    let options = from_now(&context).await?.fields("metadata.name=two");
    let mut watch = context.config_maps().watch(&options).await?;
    context.config_map("one").await?;
    context.config_map("two").await?;
    assert_eq!(next(&mut watch).await?, "+two");
    Ok(())
}

async fn an_old_version_is_expired(context: Context) -> Outcome {
    // Rule W7: the server may refuse the request or end the stream. Version 1 is older than the
    // new kind, so no server remembers what happened to it then.
    let (_, widgets) = crate::crds::install(&context).await?;
    let error = match widgets
        .watch(&ListOptions::new().resource_version("1"))
        .await
    {
        Ok(mut watch) => next(&mut watch).await.unwrap_err(),
        Err(error) => error,
    };
    assert!(error.is_expired() || error.is_gone(), "{error:?}");
    Ok(())
}

async fn a_watch_ends_when_its_time_is_over(context: Context) -> Outcome {
    // Rule W3
    let options = from_now(&context)
        .await?
        .timeout(Duration::from_secs(1))
        .bookmarks(false);
    let mut watch = context.config_maps().watch(&options).await?;
    assert_eq!(next(&mut watch).await?, "end");
    Ok(())
}

async fn metadata_can_be_watched(context: Context) -> Outcome {
    let resource = context.config_maps().api_resource().clone();
    let metadata = context
        .client
        .typed::<PartialObjectMetadata>(resource)
        .namespace(&context.namespace);
    let mut watch = metadata.watch(&from_now(&context).await?).await?;
    context.config_map("one").await?;
    let event = watch.try_next().await?.expect("an event");
    let object = event.object().expect("an object");
    assert_eq!(object.metadata.labels["app"], "web");
    Ok(())
}

async fn tables_can_be_watched(context: Context) -> Outcome {
    // Rule W10; KEP-1207: the columns come once.
    context.config_map("one").await?;
    let maps = context.config_maps();
    let mut watch = maps.watch_table(&ListOptions::new()).await?;
    let first = watch.try_next().await?.expect("an event");
    let table = first.object().expect("a table");
    assert_eq!(table.column_definitions[0].name, "Name");
    assert_eq!(table.rows[0].cells[0], "one");
    maps.delete("one").await?;
    let last = watch.try_next().await?.expect("an event");
    assert!(
        matches!(&last, WatchEvent::Deleted(table) if table.rows[0].object.name() == "one"),
        "{last:?}"
    );
    Ok(())
}

async fn a_stream_of_tables_marks_the_end_of_its_beginning(context: Context) -> Outcome {
    // KEP-1207, KEP-3157: the bookmark is inside a table.
    context.config_map("one").await?;
    let options = ListOptions::new().initial_events(true);
    let mut watch = context.config_maps().watch_table(&options).await?;
    let first = watch.try_next().await?.expect("an event");
    assert_eq!(first.object().expect("a table").rows[0].cells[0], "one");
    let end = watch.try_next().await?.expect("an event");
    assert!(
        matches!(&end, WatchEvent::Bookmark(bookmark) if bookmark.initial_events_end),
        "{end:?}"
    );
    Ok(())
}

async fn a_broken_selector_is_refused_at_once(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .watch(&ListOptions::new().labels("="))
        .await
        .unwrap_err();
    assert!(error.is_bad_request(), "{error:?}");
    Ok(())
}

async fn a_missing_resource_cannot_be_watched(context: Context) -> Outcome {
    let error = context
        .api("nothings.v1.example.com")
        .watch(&ListOptions::new())
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}
