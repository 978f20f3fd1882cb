//! Discovery and the names that people use.

use kubewright::{GroupVersionKind, ScopeKind};

use crate::cases;
use crate::server::{Context, Outcome};

cases![
    the_core_group_comes_first,
    resources_say_what_they_are,
    subresources_say_their_kind,
    people_use_many_names,
    a_category_is_many_resources,
    an_unknown_name_suggests_near_ones,
    the_old_documents_agree_with_the_new,
    openapi_has_a_document_a_group_version,
];

async fn the_core_group_comes_first(context: Context) -> Outcome {
    // Rule M5
    let discovery = context.client.discover().await?;
    assert_eq!(discovery.groups()[0].name, "");
    assert!(discovery.groups().iter().any(|group| group.name == "apps"));
    assert!(
        discovery.failures().is_empty(),
        "{:?}",
        discovery.failures()
    );
    Ok(())
}

async fn resources_say_what_they_are(context: Context) -> Outcome {
    let mapper = context.client.mapper().await?;
    let pods = mapper.find(&"pods".parse()?)?;
    assert_eq!(
        (pods.resource.kind.as_ref(), pods.resource.scope),
        ("Pod", Some(ScopeKind::Namespaced))
    );
    assert_eq!(
        (pods.singular.as_str(), pods.short_names.as_slice()),
        ("pod", &["po".to_owned()][..])
    );
    assert!(pods.has_verb("deletecollection") && !pods.has_verb("fly"));
    let bindings = mapper.find(&"bindings".parse()?)?;
    assert_eq!(bindings.verbs, ["create"]);
    Ok(())
}

async fn subresources_say_their_kind(context: Context) -> Outcome {
    let mapper = context.client.mapper().await?;
    let deployments = mapper.find(&"deployments.apps".parse()?)?;
    let kind = |name: &str| {
        deployments
            .subresources
            .iter()
            .find(|sub| sub.name == name)
            .and_then(|sub| sub.kind.clone())
    };
    assert_eq!(
        kind("scale"),
        Some(GroupVersionKind::new("autoscaling", "v1", "Scale"))
    );
    assert_eq!(
        kind("status"),
        Some(GroupVersionKind::new("apps", "v1", "Deployment"))
    );
    Ok(())
}

async fn people_use_many_names(context: Context) -> Outcome {
    // Rules M5, M7
    for (name, expected) in [
        ("po", "pods"),
        ("pod", "pods"),
        ("Pod", "pods"),
        ("pods.v1.", "pods"),
        ("v1/pods", "pods"),
        ("deploy", "deployments.apps"),
        ("deployments.apps", "deployments.apps"),
        ("deployments.v1.apps", "deployments.apps"),
        ("deployments.app", "deployments.apps"),
        ("apps/v1/deployments", "deployments.apps"),
        ("events", "events"),
        ("events.events.k8s.io", "events.events.k8s.io"),
        ("no", "nodes"),
    ] {
        let found = context.client.lookup(name).await?;
        assert_eq!(found.api_resource().group_resource(), expected, "{name}");
    }
    Ok(())
}

async fn a_category_is_many_resources(context: Context) -> Outcome {
    let mapper = context.client.mapper().await?;
    let all: Vec<_> = mapper
        .category("all")
        .iter()
        .map(|resource| resource.resource.group_resource())
        .collect();
    for expected in ["pods", "services", "deployments.apps", "jobs.batch"] {
        assert!(
            all.iter().any(|name| name == expected),
            "{expected} in {all:?}"
        );
    }
    assert!(!all.iter().any(|name| name == "secrets"));
    Ok(())
}

async fn an_unknown_name_suggests_near_ones(context: Context) -> Outcome {
    let error = context.client.lookup("deploymnets").await.unwrap_err();
    assert!(
        error.is_no_match() && error.to_string().contains("deployments.apps"),
        "{error}"
    );
    let error = context.client.lookup("zzzzzzzzzz").await.unwrap_err();
    assert!(
        error.is_no_match() && !error.to_string().contains("did you mean"),
        "{error}"
    );
    Ok(())
}

async fn the_old_documents_agree_with_the_new(context: Context) -> Outcome {
    // Rule M1: a server is asked in the old form by asking for plain JSON.
    let groups = context.client.text("/apis").await?;
    assert!(
        groups.contains("\"APIGroupList\""),
        "{}",
        &groups[..200.min(groups.len())]
    );
    let apps = context.client.text("/apis/apps/v1").await?;
    let apps: kubewright::meta::APIResourceList = serde_json::from_str(&apps)?;
    let scale = apps
        .resources
        .iter()
        .find(|resource| resource.name == "deployments/scale")
        .expect("deployments/scale");
    assert_eq!(
        (scale.kind.as_str(), scale.group.as_deref()),
        ("Scale", Some("autoscaling"))
    );
    Ok(())
}

async fn openapi_has_a_document_a_group_version(context: Context) -> Outcome {
    let index: serde_json::Value =
        serde_json::from_str(&context.client.text("/openapi/v3").await?)?;
    let url = index["paths"]["apis/apps/v1"]["serverRelativeURL"]
        .as_str()
        .expect("a URL")
        .to_owned();
    assert!(url.contains("hash="), "{url}");
    let document: serde_json::Value = serde_json::from_str(&context.client.text(&url).await?)?;
    assert!(document["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"].is_object());
    Ok(())
}
