//! Custom resources, from installing their definition to removing it.

use kubewright::{Api, Client, Error, ListOptions, Patch, Unstructured};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, object, unique};

cases![
    a_definition_makes_a_resource,
    objects_are_checked_defaulted_and_pruned,
    status_is_a_subresource,
    scale_is_a_subresource,
    strategic_patches_are_refused,
    columns_are_the_definitions,
    an_object_finds_its_resource,
    a_removed_definition_takes_its_objects_along,
];

/// A kind that no other case has: the names are made of the case's namespace.
pub(crate) struct Kind {
    plural: String,
    group: String,
    kind: String,
    short: String,
}

pub(crate) async fn install(context: &Context) -> Result<(Kind, Api<Unstructured>), Error> {
    let id = unique("w").replace('-', "x");
    let kind = Kind {
        plural: format!("{id}s"),
        group: format!("{id}.example.com"),
        kind: format!("W{}", &id[1..]),
        short: format!("sh{id}"),
    };
    let definitions = context.cluster("apiextensions.k8s.io/v1/customresourcedefinitions");
    let name = format!("{}.{}", kind.plural, kind.group);
    definitions.create(&definition(&name, &kind)).await?;
    established(&definitions, &name).await?;
    let widgets = context.api(&format!("{}/v1/{}", kind.group, kind.plural));
    Ok((kind, widgets))
}

fn definition(name: &str, kind: &Kind) -> Unstructured {
    object(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": name},
        "spec": {
            "group": kind.group, "scope": "Namespaced",
            "names": {"plural": kind.plural, "singular": kind.kind.to_lowercase(), "kind": kind.kind, "listKind": format!("{}List", kind.kind), "shortNames": [kind.short], "categories": ["all"]},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "required": ["spec"], "properties": {
                    "spec": {"type": "object", "required": ["size"], "properties": {
                        "size": {"type": "integer", "minimum": 1},
                        "color": {"type": "string", "enum": ["red", "blue"], "default": "red"},
                        "replicas": {"type": "integer"},
                        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                    }},
                    "status": {"type": "object", "properties": {"phase": {"type": "string"}, "replicas": {"type": "integer"}}},
                }}},
                "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}},
                "additionalPrinterColumns": [{"name": "Size", "type": "integer", "jsonPath": ".spec.size"}],
            }],
        },
    }))
}

/// Waits until the definition serves: its condition first, then the paths, which follow.
async fn established(definitions: &Api<Unstructured>, name: &str) -> Result<(), Error> {
    loop {
        let definition = definitions.get(name).await?;
        let conditions = definition["status"]["conditions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        if conditions
            .iter()
            .any(|condition| condition["type"] == "Established" && condition["status"] == "True")
        {
            let spec = &definition["spec"];
            let path = format!(
                "/apis/{}/v1/{}",
                spec["group"].as_str().unwrap_or_default(),
                spec["names"]["plural"].as_str().unwrap_or_default()
            );
            return served(definitions.client(), &path).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn served(client: &Client, path: &str) -> Result<(), Error> {
    loop {
        match client.text(path).await {
            Err(error) if error.is_not_found() => {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            answer => return answer.map(drop),
        }
    }
}

fn widget(kind: &Kind, spec: serde_json::Value) -> Unstructured {
    object(
        json!({"apiVersion": format!("{}/v1", kind.group), "kind": kind.kind, "metadata": {"name": "big"}, "spec": spec}),
    )
}

async fn a_definition_makes_a_resource(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    widgets.create(&widget(&kind, json!({"size": 3}))).await?;
    let list = widgets.list(&ListOptions::new()).await?;
    assert_eq!((list.len(), list.items[0].kind()), (1, kind.kind.as_str()));
    Ok(())
}

async fn objects_are_checked_defaulted_and_pruned(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    for (spec, field) in [
        (json!({}), "spec.size"),
        (json!({"size": "three"}), "spec.size"),
        (json!({"size": 0}), "spec.size"),
        (json!({"size": 1, "color": "green"}), "spec.color"),
    ] {
        let error = widgets
            .create(&widget(&kind, spec.clone()))
            .await
            .unwrap_err();
        assert!(error.is_invalid(), "{spec}: {error:?}");
        let causes = error
            .status()
            .and_then(|status| status.details.clone())
            .map(|details| details.causes)
            .unwrap_or_default();
        assert!(
            causes
                .iter()
                .any(|cause| cause.field.as_deref() == Some(field)),
            "{spec}: {causes:?}"
        );
    }
    let spec = json!({"size": 3, "unknown": true, "free": {"any": {"thing": 1}}});
    let created = widgets.create(&widget(&kind, spec)).await?;
    assert_eq!(
        created["spec"],
        json!({"size": 3, "color": "red", "free": {"any": {"thing": 1}}})
    );
    Ok(())
}

async fn status_is_a_subresource(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    let mut body = widget(&kind, json!({"size": 3}));
    body.set_path("/status/phase", "Ready")?;
    let mut created = widgets.create(&body).await?;
    assert_eq!(created["status"], serde_json::Value::Null);
    created.set_path("/status/phase", "Ready")?;
    created.set_path("/spec/size", 9)?;
    let stored = widgets.replace_status(&created).await?;
    assert_eq!(
        (
            stored["status"]["phase"].clone(),
            stored["spec"]["size"].clone()
        ),
        (json!("Ready"), json!(3))
    );
    Ok(())
}

async fn scale_is_a_subresource(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    widgets
        .create(&widget(&kind, json!({"size": 3, "replicas": 2})))
        .await?;
    let scale = widgets.get_scale("big").await?;
    assert_eq!(scale.replicas(), Some(2));
    widgets
        .replace_scale("big", &scale.with_replicas(4))
        .await?;
    assert_eq!(widgets.get("big").await?["spec"]["replicas"], 4);
    Ok(())
}

async fn strategic_patches_are_refused(context: Context) -> Outcome {
    // Rule U15
    let (kind, widgets) = install(&context).await?;
    widgets.create(&widget(&kind, json!({"size": 3}))).await?;
    let error = widgets
        .patch("big", &Patch::strategic(json!({"spec": {"size": 4}})))
        .await
        .unwrap_err();
    assert!(error.is_unsupported_media_type(), "{error:?}");
    let patched = widgets
        .patch("big", &Patch::merge(json!({"spec": {"size": 4}})))
        .await?;
    assert_eq!(patched["spec"]["size"], 4);
    Ok(())
}

async fn columns_are_the_definitions(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    widgets.create(&widget(&kind, json!({"size": 3}))).await?;
    let table = widgets.table(&ListOptions::new()).await?;
    let columns: Vec<_> = table
        .column_definitions
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(columns, ["Name", "Size"]);
    assert_eq!(table.rows[0].cells, [json!("big"), json!(3)]);
    Ok(())
}

async fn an_object_finds_its_resource(context: Context) -> Outcome {
    // Rule M6: the mapper is filled before the kind exists.
    context.client.lookup("pods").await?;
    let (kind, _) = install(&context).await?;
    let mut body = widget(&kind, json!({"size": 3}));
    body.set_path("/metadata/namespace", context.namespace.as_str())?;
    // Discovery follows the definition in its own time.
    let found = loop {
        match context.client.for_object(&body).await {
            Err(error) if error.is_no_match() => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            found => break found?,
        }
    };
    found.create(&body).await?;
    for name in [
        kind.short.clone(),
        kind.plural.clone(),
        kind.kind.clone(),
        format!("{}.{}", kind.plural, kind.group),
    ] {
        let widgets = context
            .client
            .lookup(&name)
            .await?
            .namespace(&context.namespace);
        assert_eq!(widgets.get("big").await?["spec"]["size"], 3, "{name}");
    }
    Ok(())
}

async fn a_removed_definition_takes_its_objects_along(context: Context) -> Outcome {
    let (kind, widgets) = install(&context).await?;
    widgets.create(&widget(&kind, json!({"size": 3}))).await?;
    let definitions = context.cluster("apiextensions.k8s.io/v1/customresourcedefinitions");
    definitions
        .delete(&format!("{}.{}", kind.plural, kind.group))
        .await?;
    loop {
        match widgets.get("big").await {
            Err(error) if error.is_not_found() => return Ok(()),
            // On its way out, writes are refused and reads may still answer.
            _ => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
}
