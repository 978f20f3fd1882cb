//! Lists: selectors, pages, versions, metadata and tables.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use kubewright::{ListOptions, PartialObjectMetadata};

use crate::cases;
use crate::server::{Context, Outcome, config_map, pod};

cases![
    an_empty_collection_is_an_empty_list,
    items_know_their_type,
    labels_select,
    set_based_labels_select,
    fields_select,
    a_broken_selector_is_a_bad_request,
    pages_hold_every_object_once,
    pages_show_one_moment,
    the_rest_is_counted,
    a_broken_token_is_refused,
    all_namespaces_are_one_list,
    a_version_can_be_asked_for,
    a_version_from_the_future_is_too_large,
    metadata_alone_is_enough,
    tables_are_made_by_the_server,
];

async fn fill(context: &Context, count: usize) -> Result<(), kubewright::Error> {
    for index in 0..count {
        let key = if index % 2 == 0 { "even" } else { "odd" };
        context
            .config_maps()
            .create(&config_map(&format!("map-{index:02}"), key, "1"))
            .await?;
    }
    Ok(())
}

/// The root CA map that controllers would add is not there without controllers.
async fn names(context: &Context, options: &ListOptions) -> Result<Vec<String>, kubewright::Error> {
    let list = context.config_maps().list(options).await?;
    Ok(list.iter().map(|object| object.name().to_owned()).collect())
}

async fn an_empty_collection_is_an_empty_list(context: Context) -> Outcome {
    let list = context.config_maps().list(&ListOptions::new()).await?;
    assert!(list.is_empty());
    assert!(
        list.resource_version()
            .is_some_and(|version| !version.is_empty())
    );
    assert_eq!(list.continue_token(), None);
    Ok(())
}

async fn items_know_their_type(context: Context) -> Outcome {
    // Rule D4
    fill(&context, 1).await?;
    let list = context.config_maps().list(&ListOptions::new()).await?;
    assert_eq!(
        (list.items[0].api_version(), list.items[0].kind()),
        ("v1", "ConfigMap")
    );
    assert_eq!(list.items[0], context.config_maps().get("map-00").await?);
    Ok(())
}

async fn labels_select(context: Context) -> Outcome {
    fill(&context, 4).await?;
    assert_eq!(
        names(&context, &ListOptions::new().labels("key=odd")).await?,
        ["map-01", "map-03"]
    );
    assert_eq!(
        names(&context, &ListOptions::new().labels("key!=odd,app=web")).await?,
        ["map-00", "map-02"]
    );
    assert!(
        names(&context, &ListOptions::new().labels("key=none"))
            .await?
            .is_empty()
    );
    Ok(())
}

async fn set_based_labels_select(context: Context) -> Outcome {
    fill(&context, 4).await?;
    assert_eq!(
        names(&context, &ListOptions::new().labels("key in (odd, none)")).await?,
        ["map-01", "map-03"]
    );
    assert_eq!(
        names(&context, &ListOptions::new().labels("key notin (odd)")).await?,
        ["map-00", "map-02"]
    );
    assert_eq!(
        names(&context, &ListOptions::new().labels("key,!missing"))
            .await?
            .len(),
        4
    );
    Ok(())
}

async fn fields_select(context: Context) -> Outcome {
    fill(&context, 2).await?;
    assert_eq!(
        names(&context, &ListOptions::new().fields("metadata.name=map-01")).await?,
        ["map-01"]
    );
    let pods = context.api("v1/pods");
    pods.create(&pod("web")).await?;
    let on_node = pods
        .list(&ListOptions::new().fields("spec.nodeName="))
        .await?;
    assert_eq!(on_node.len(), 1);
    assert!(
        pods.list(&ListOptions::new().fields("spec.nodeName=node-1"))
            .await?
            .is_empty()
    );
    assert!(
        context
            .config_maps()
            .list(&ListOptions::new().fields("data.a=1"))
            .await
            .unwrap_err()
            .is_bad_request()
    );
    Ok(())
}

async fn a_broken_selector_is_a_bad_request(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .list(&ListOptions::new().labels("a in ("))
        .await
        .unwrap_err();
    assert!(error.is_bad_request(), "{error:?}");
    Ok(())
}

async fn pages_hold_every_object_once(context: Context) -> Outcome {
    // Rules F4, Z1
    fill(&context, 7).await?;
    let pages: Vec<_> = context
        .config_maps()
        .list(&ListOptions::new().limit(3))
        .pages()
        .try_collect()
        .await?;
    assert_eq!(
        pages.iter().map(kubewright::List::len).collect::<Vec<_>>(),
        [3, 3, 1]
    );
    let items: Vec<_> = context
        .config_maps()
        .list(&ListOptions::new().limit(3))
        .items()
        .try_collect()
        .await?;
    let distinct: BTreeSet<_> = items
        .iter()
        .map(|object| object.name().to_owned())
        .collect();
    assert_eq!((items.len(), distinct.len()), (7, 7));
    Ok(())
}

async fn pages_show_one_moment(context: Context) -> Outcome {
    fill(&context, 4).await?;
    let first = context
        .config_maps()
        .list(&ListOptions::new().limit(2))
        .await?;
    context.config_maps().delete("map-03").await?;
    context
        .config_maps()
        .create(&config_map("map-99", "new", "1"))
        .await?;
    let token = first.continue_token().expect("a second page").to_owned();
    let second = context
        .config_maps()
        .list(&ListOptions::new().limit(9).continue_from(token))
        .await?;
    let names: Vec<_> = second.iter().map(kubewright::Unstructured::name).collect();
    assert_eq!(names, ["map-02", "map-03"]);
    assert_eq!(first.resource_version(), second.resource_version());
    Ok(())
}

async fn the_rest_is_counted(context: Context) -> Outcome {
    fill(&context, 5).await?;
    let page = context
        .config_maps()
        .list(&ListOptions::new().limit(2))
        .await?;
    assert_eq!(page.metadata.remaining_item_count, Some(3));
    Ok(())
}

async fn a_broken_token_is_refused(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .list(&ListOptions::new().limit(2).continue_from("no-token"))
        .await
        .unwrap_err();
    assert!(error.is_bad_request(), "{error:?}");
    Ok(())
}

async fn all_namespaces_are_one_list(context: Context) -> Outcome {
    fill(&context, 1).await?;
    let everywhere = context.config_maps().all_namespaces();
    let field = format!("metadata.namespace={}", context.namespace);
    let list = everywhere.list(&ListOptions::new().fields(field)).await?;
    assert_eq!(
        list.iter()
            .map(kubewright::Unstructured::name)
            .collect::<Vec<_>>(),
        ["map-00"]
    );
    Ok(())
}

async fn a_version_can_be_asked_for(context: Context) -> Outcome {
    // Rule F2
    fill(&context, 1).await?;
    let before = context.config_maps().list(&ListOptions::new()).await?;
    let version = before.resource_version().unwrap_or_default().to_owned();
    fill_one_more(&context).await?;
    let exact = ListOptions::new().exactly(&version);
    let exact = context.config_maps().list(&exact).await?;
    assert_eq!(
        (exact.len(), exact.resource_version()),
        (1, Some(version.as_str()))
    );
    let newer = ListOptions::new().at_least(&version);
    assert!(!context.config_maps().list(&newer).await?.is_empty());
    Ok(())
}

async fn fill_one_more(context: &Context) -> Result<(), kubewright::Error> {
    context
        .config_maps()
        .create(&config_map("map-more", "new", "1"))
        .await
        .map(drop)
}

async fn a_version_from_the_future_is_too_large(context: Context) -> Outcome {
    // Rule F6
    let error = context
        .config_maps()
        .list(&ListOptions::new().resource_version("999999999"))
        .await
        .unwrap_err();
    assert!(error.is_too_large_resource_version(), "{error:?}");
    Ok(())
}

async fn metadata_alone_is_enough(context: Context) -> Outcome {
    // Rule Z8
    fill(&context, 2).await?;
    let resource = context.config_maps().api_resource().clone();
    let metadata = context
        .client
        .typed::<PartialObjectMetadata>(resource)
        .namespace(&context.namespace);
    let list = metadata.list(&ListOptions::new()).await?;
    assert_eq!(list.items[1].metadata.labels["key"], "odd");
    assert_eq!(
        metadata.get("map-00").await?.metadata,
        context.config_maps().get("map-00").await?.metadata()?
    );
    Ok(())
}

async fn tables_are_made_by_the_server(context: Context) -> Outcome {
    fill(&context, 2).await?;
    let table = context.config_maps().table(&ListOptions::new()).await?;
    let columns: Vec<_> = table
        .column_definitions
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(columns, ["Name", "Data", "Age"]);
    assert_eq!(table.rows[0].cells[0], "map-00");
    assert_eq!(table.rows[0].cells[1], 1);
    assert_eq!(
        table.rows[0].object.metadata.name.as_deref(),
        Some("map-00")
    );
    let one = context.config_maps().table_of("map-01").await?;
    assert_eq!(one.rows.len(), 1);
    Ok(())
}
