//! The cluster role allows what the controller asks for, and nothing else.

use std::collections::BTreeSet;

use kubewright::Config;
use kubewright_envtest::Embedded;
use serde::Deserialize;
use serde_json::json;

use super::World;
use super::wiretap::Wiretap;

const RBAC: &str = include_str!("../../deploy/rbac.yaml");

/// What the role allows although this test does not see it asked for: verb, resource, reason.
const BESIDES: [(&str, &str, &str); 4] = [
    (
        "list",
        "sites.sites.example.com",
        "a server may not stream lists",
    ),
    ("list", "configmaps", "a server may not stream lists"),
    (
        "create",
        "configmaps",
        "an apply of an object that is not there creates it",
    ),
    (
        "update",
        "sites.sites.example.com/finalizers",
        "owner references that block deletion, where admission asks for it",
    ),
];

#[derive(Deserialize)]
struct Role {
    kind: String,
    #[serde(default)]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    api_groups: Vec<String>,
    resources: Vec<String>,
    verbs: Vec<String>,
}

#[tokio::test]
async fn the_role_allows_what_is_asked_for_and_nothing_else() {
    let server = Embedded::start().await.unwrap();
    let wiretap = Wiretap::on(server.address()).await;
    let tapped = Config::new(&wiretap.url()).unwrap();
    let world = World::start(&server.client_config(), &tapped).await;
    // Each thing that a controller ever asks for: pages made, removed, events repeated.
    world
        .create("blog", "blog.example.com", &["start", "about"])
        .await;
    world.status("blog", "pages: 2").await;
    world
        .change("blog", json!({"pages": {"about": null}}))
        .await;
    world.status("blog", "pages: 1").await;
    world.change("blog", json!({"domain": "nonsense"})).await;
    world.status("blog", "not a domain").await;
    world
        .change("blog", json!({"domain": "blog.example.com"}))
        .await;
    world.status("blog", "pages: 1").await;
    world.delete("blog").await;
    world.end().await;

    let asked = wiretap
        .requests()
        .into_iter()
        .map(|(method, target)| asked(&method, &target));
    let besides = BESIDES.map(|(verb, resource, _)| (verb.to_owned(), resource.to_owned()));
    assert_eq!(asked.chain(besides).collect::<BTreeSet<_>>(), allowed());
}

/// Every verb and resource that the manifest allows.
fn allowed() -> BTreeSet<(String, String)> {
    let documents: Vec<Role> = serde_saphyr::from_multiple(RBAC).unwrap();
    let roles = documents
        .into_iter()
        .filter(|role| role.kind == "ClusterRole");
    let mut allowed = BTreeSet::new();
    for rule in roles.flat_map(|role| role.rules) {
        for (verb, resource) in rule
            .verbs
            .iter()
            .flat_map(|verb| rule.resources.iter().map(move |resource| (verb, resource)))
        {
            allowed.insert((verb.clone(), qualified(&rule.api_groups[0], resource)));
        }
    }
    allowed
}

/// `sites.sites.example.com/status`: the subresource behind the group.
fn qualified(group: &str, resource: &str) -> String {
    let (plural, subresource) = match resource.split_once('/') {
        Some((plural, subresource)) => (plural, format!("/{subresource}")),
        None => (resource, String::new()),
    };
    match group {
        "" => format!("{plural}{subresource}"),
        group => format!("{plural}.{group}{subresource}"),
    }
}

/// The verb and resource that a server would ask RBAC about.
fn asked(method: &str, target: &str) -> (String, String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut parts = path.split('/').skip(1);
    let group = match parts.next() {
        Some("api") => "",
        _ => parts.next().unwrap(),
    };
    let mut parts = parts.skip(1).peekable();
    if parts.next_if_eq(&"namespaces").is_some() {
        parts.next();
    }
    let plural = parts.next().unwrap();
    let is_one = parts.next().is_some();
    let resource = match parts.next() {
        Some(subresource) => format!("{plural}/{subresource}"),
        None => plural.to_owned(),
    };
    let verb = match (method, is_one) {
        ("GET", _) if query.contains("watch=true") => "watch",
        ("GET", true) => "get",
        ("GET", false) => "list",
        ("POST", _) => "create",
        ("PUT", _) => "update",
        ("PATCH", _) => "patch",
        ("DELETE", true) => "delete",
        _ => "deletecollection",
    };
    (verb.to_owned(), qualified(group, &resource))
}
