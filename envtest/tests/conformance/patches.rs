//! The kinds of patches, and apply.

use kubewright::Patch;
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, config_map, deployment, object};

cases![
    a_merge_patch_replaces_and_removes,
    a_json_patch_is_all_or_nothing,
    a_failed_test_changes_nothing,
    a_patch_of_nothing_is_not_found,
    a_patch_can_insist_on_a_version,
    a_dry_run_patch_stores_nothing,
    a_strategic_patch_merges_lists_by_key,
    apply_creates_and_owns,
    apply_removes_what_it_no_longer_says,
    apply_meets_conflicts_and_forces_them,
    apply_refuses_what_was_read,
    an_apply_needs_a_manager,
];

async fn a_merge_patch_replaces_and_removes(context: Context) -> Outcome {
    context.config_map("one").await?;
    let patch = Patch::merge(
        json!({"data": {"a": null, "b": "2"}, "metadata": {"labels": {"new": "yes"}}}),
    );
    let patched = context.config_maps().patch("one", &patch).await?;
    assert_eq!(patched["data"], json!({"b": "2"}));
    assert_eq!(patched.labels()["new"], "yes");
    assert_eq!(patched.labels()["app"], "web");
    Ok(())
}

async fn a_json_patch_is_all_or_nothing(context: Context) -> Outcome {
    context.config_map("one").await?;
    let patch = Patch::json(json!([
        {"op": "test", "path": "/data/a", "value": "1"},
        {"op": "add", "path": "/data/b", "value": "2"},
        {"op": "move", "from": "/data/a", "path": "/data/c"},
    ]));
    let patched = context.config_maps().patch("one", &patch).await?;
    assert_eq!(patched["data"], json!({"b": "2", "c": "1"}));
    Ok(())
}

async fn a_failed_test_changes_nothing(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let patch = Patch::json(json!([
        {"op": "add", "path": "/data/b", "value": "2"},
        {"op": "test", "path": "/data/a", "value": "other"},
    ]));
    let error = context
        .config_maps()
        .patch("one", &patch)
        .await
        .unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert_eq!(context.config_maps().get("one").await?, created);
    Ok(())
}

async fn a_patch_of_nothing_is_not_found(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .patch("none", &Patch::merge(json!({})))
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}

async fn a_patch_can_insist_on_a_version(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let since = created.resource_version().unwrap_or_default();
    let change =
        |value| Patch::merge(json!({"metadata": {"resourceVersion": since}, "data": {"a": value}}));
    context.config_maps().patch("one", &change("2")).await?;
    let error = context
        .config_maps()
        .patch("one", &change("3"))
        .await
        .unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    Ok(())
}

async fn a_dry_run_patch_stores_nothing(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let shown = context
        .config_maps()
        .patch("one", &Patch::merge(json!({"data": {"a": "2"}})))
        .dry_run()
        .await?;
    assert_eq!(shown["data"]["a"], "2");
    assert_eq!(context.config_maps().get("one").await?, created);
    Ok(())
}

async fn a_strategic_patch_merges_lists_by_key(context: Context) -> Outcome {
    let deployments = context.api("apps/v1/deployments");
    deployments.create(&deployment("web", 1)).await?;
    let containers = json!([{"name": "side", "image": "example.com/side:2"}]);
    let patch =
        Patch::strategic(json!({"spec": {"template": {"spec": {"containers": containers}}}}));
    let patched = deployments.patch("web", &patch).await?;
    let images: Vec<_> = patched["spec"]["template"]["spec"]["containers"]
        .as_array()
        .expect("containers")
        .iter()
        .map(|container| container["image"].clone())
        .collect();
    assert_eq!(images.len(), 2);
    assert!(
        images.contains(&json!("example.com/web:1"))
            && images.contains(&json!("example.com/side:2")),
        "{images:?}"
    );
    Ok(())
}

async fn apply_creates_and_owns(context: Context) -> Outcome {
    // Rule U16
    let applied = context
        .config_maps()
        .apply("tool", &config_map("one", "a", "1"))
        .await?;
    assert_eq!(applied["data"], json!({"a": "1"}));
    let managed = applied.metadata()?.managed_fields;
    let managed = managed.unwrap_or_default().entries()?;
    assert_eq!(managed[0].manager.as_deref(), Some("tool"));
    assert_eq!(managed[0].operation.as_deref(), Some("Apply"));
    Ok(())
}

async fn apply_removes_what_it_no_longer_says(context: Context) -> Outcome {
    context
        .config_maps()
        .apply("tool", &config_map("one", "a", "1"))
        .await?;
    context
        .config_maps()
        .patch("one", &Patch::merge(json!({"data": {"other": "stays"}})))
        .field_manager("other")
        .await?;
    let applied = context
        .config_maps()
        .apply("tool", &config_map("one", "b", "2"))
        .await?;
    assert_eq!(applied["data"], json!({"b": "2", "other": "stays"}));
    Ok(())
}

async fn apply_meets_conflicts_and_forces_them(context: Context) -> Outcome {
    context
        .config_maps()
        .apply("first", &config_map("one", "a", "1"))
        .await?;
    let change = object(
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "data": {"a": "2"}}),
    );
    let error = context
        .config_maps()
        .apply("second", &change)
        .await
        .unwrap_err();
    assert!(
        error.is_conflict() && error.to_string().contains("first"),
        "{error:?}"
    );
    let forced = context
        .config_maps()
        .apply("second", &change)
        .force()
        .await?;
    assert_eq!(forced["data"]["a"], "2");
    Ok(())
}

async fn apply_refuses_what_was_read(context: Context) -> Outcome {
    // Rule U16
    context.config_map("one").await?;
    let mut read = context.config_maps().get("one").await?;
    read.set_path("/metadata/managedFields", json!([{"manager": "x"}]))?;
    let error = context
        .config_maps()
        .apply("tool", &read)
        .await
        .unwrap_err();
    assert!(error.is_request(), "{error:?}");
    Ok(())
}

async fn an_apply_needs_a_manager(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .apply("", &config_map("one", "a", "1"))
        .await
        .unwrap_err();
    assert!(error.is_request(), "{error:?}");
    Ok(())
}
