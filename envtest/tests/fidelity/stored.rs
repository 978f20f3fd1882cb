//! Objects as the real kube-apiserver stores them: one of each kind, defaulted by the server,
//! and all that a fresh control plane keeps for itself.
//!
//! Each is read into its type and written again without a difference; and when that is sent
//! back to the server, there is nothing for it to store: the resource version stays.

use kubewright::{Api, Client, Error, ListOptions, ScopeKind, Unstructured};
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::Binaries;
use kubewright_samples::differences;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use serde_json::{Value, json};

use crate::kinds::{self, Kind};

/// A control plane, if this machine has one.
pub(crate) async fn control_plane() -> Option<ControlPlane> {
    let required =
        std::env::var_os("KUBEWRIGHT_REQUIRE_CONTROL_PLANE").is_some_and(|value| !value.is_empty());
    match Binaries::locate() {
        Ok(binaries) => Some(
            ControlPlane::builder()
                .binaries(binaries)
                .start()
                .await
                .unwrap(),
        ),
        Err(error) if error.is_missing() && !required => {
            eprintln!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// Kinds that no create stores, and why.
const NOT_CREATED: &[(&str, &str)] = &[
    ("Binding", "it binds a pod to a node and is not kept"),
    ("ComponentStatus", "it can be read alone"),
    ("Eviction", "it is a subresource of pods"),
    (
        "PodCertificateRequest",
        "a kubelet asks for it, for a pod of its own",
    ),
    ("Scale", "it is a subresource"),
    ("TokenRequest", "it is a subresource of service accounts"),
];

#[tokio::test]
async fn an_object_of_each_kind_is_read_and_written_as_it_is_stored() {
    let Some(control_plane) = control_plane().await else {
        return;
    };
    let client = Client::new(&control_plane.client_config()).unwrap();
    let bodies = bodies();
    let mut wrong = Vec::new();
    for kind in kinds::all() {
        let mut own = bodies.iter().filter(|body| is_of(body, &kind)).peekable();
        let excused = NOT_CREATED
            .iter()
            .any(|(name, _)| *name == kind.resource.kind);
        assert!(
            excused || own.peek().is_some(),
            "no body for {:?}",
            kind.resource
        );
        for body in own {
            match create(&client, &kind, body).await {
                Ok(troubles) => wrong.extend(troubles),
                Err(error) => wrong.push(format!("{}: {error}", kind.resource.kind)),
            }
        }
    }
    for kind in kinds::all() {
        wrong.extend(listed(&client, &kind).await.unwrap());
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn is_of(body: &Value, kind: &Kind) -> bool {
    body["kind"] == kind.resource.kind.as_ref() && body["apiVersion"] == kind.resource.api_version()
}

/// The manifests beside this file, and those whose content must be made.
fn bodies() -> Vec<Value> {
    let mut bodies: Vec<Value> = serde_saphyr::from_multiple(include_str!("bodies.yaml")).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["example.com".to_owned()]).unwrap();
    let request = params.serialize_request(&key).unwrap().pem().unwrap();
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    for body in &mut bodies {
        if body["kind"] == "ClusterTrustBundle" {
            body["spec"]["trustBundle"] = authority.self_signed(&key).unwrap().pem().into();
        }
    }
    bodies.push(json!({
        "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": "made"},
        "spec": {"request": base64(&request), "signerName": "example.com/signer", "usages": ["digital signature", "client auth"], "expirationSeconds": 3600},
    }));
    bodies
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(text)
}

fn api(client: &Client, kind: &Kind, namespace: Option<&str>) -> Api<Unstructured> {
    let api = client.typed(kind.resource.clone());
    match (kind.resource.scope, namespace) {
        (Some(ScopeKind::Namespaced), Some(namespace)) => api.namespace(namespace),
        _ => api,
    }
}

/// Creates an object; what is wrong with its type's opinion of it.
async fn create(client: &Client, kind: &Kind, body: &Value) -> Result<Vec<String>, Error> {
    let api = api(client, kind, Some("default"));
    let created = api.create(&Unstructured::try_from(body.clone())?).await?;
    // What is not stored has no version, and cannot be sent again.
    match created.resource_version() {
        Some(_) => written_back(&api, kind, created.name()).await,
        None => Ok(changes(kind, &created.into())),
    }
}

/// How often an object may be changed by somebody else while we look at it.
const RIVALS: usize = 20;

/// Writes an object back as its type has it: the server finds nothing new.
async fn written_back(
    api: &Api<Unstructured>,
    kind: &Kind,
    name: &str,
) -> Result<Vec<String>, Error> {
    for _ in 0..RIVALS {
        // Once as it is, since the server itself may distinguish nothing from emptiness, which
        // JSON does not; only then is a difference ours.
        let stored = match api.replace(&api.get(name).await?).await {
            Err(error) if error.is_conflict() => continue,
            stored => stored?,
        };
        let value: Value = stored.clone().into();
        let mut troubles = changes(kind, &value);
        let written: Value = serde_json::from_str(&(kind.rewrite)(&value.to_string())?).unwrap();
        match api.replace(&Unstructured::try_from(written)?).await {
            Err(error) if error.is_conflict() => {}
            replaced => {
                let replaced = replaced?;
                if replaced.resource_version() != stored.resource_version() {
                    let changed = differences(&value, &replaced.into());
                    troubles.push(format!(
                        "{} {name}: writing it back changed {changed:?}",
                        kind.resource.kind
                    ));
                }
                return Ok(troubles);
            }
        }
    }
    Ok(vec![format!(
        "{} {name}: somebody else changes it all the time",
        kind.resource.kind
    )])
}

/// Everything of a kind that the server has, as far as it can be listed.
async fn listed(client: &Client, kind: &Kind) -> Result<Vec<String>, Error> {
    // The body of a subresource, such as an eviction, has no collection.
    if kind.resource.plural.is_empty() {
        return Ok(Vec::new());
    }
    let api = api(client, kind, None);
    let list = match api.list(&ListOptions::new()).await {
        Err(error) if error.is_not_found() || error.is_method_not_allowed() => {
            return Ok(Vec::new());
        }
        list => list?,
    };
    Ok(list
        .items
        .into_iter()
        .flat_map(|item| changes(kind, &item.into()))
        .collect())
}

/// Where a stored object and what its type makes of it differ.
fn changes(kind: &Kind, stored: &Value) -> Vec<String> {
    let name = format!("{} {}", kind.resource.kind, stored["metadata"]["name"]);
    let text = stored.to_string();
    if let Err(error) = (kind.agree)(&text) {
        return vec![format!("{name}: {error}")];
    }
    let written = match (kind.rewrite)(&text) {
        Ok(text) => serde_json::from_str(&text).unwrap(),
        Err(error) => return vec![format!("{name}: {error}")],
    };
    let found = differences(stored, &written).into_iter();
    found
        .filter(|told| !is_the_servers(told))
        .map(|told| format!("{name}: {told}"))
        .collect()
}

/// What types leave to the server: it writes null where Go has nothing.
fn is_the_servers(told: &str) -> bool {
    told.ends_with(": null became nothing")
}
