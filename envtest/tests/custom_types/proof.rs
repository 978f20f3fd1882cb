//! The proof, over whatever kinds there are.

use std::time::Duration;

use kubewright::{
    Api, ApiResource, Client, Cluster, Error, Namespaced, Resource, Scope, Unstructured, verbs,
};
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::Binaries;
use kubewright_samples::{Fill, Kind, Kinds, Temper, differences};
use serde_json::Value;

/// Objects of each kind: made up, and stored.
const MADE_UP: u64 = 300;
const STORED: u64 = 12;

const INPUTS: [&str; 7] = [
    include_str!("../../../codegen/tests/cases/custom_resources/input.yaml"),
    include_str!("../../../codegen/tests/cases/defaults/input.yaml"),
    include_str!("../../../codegen/tests/cases/exact_values/input.yaml"),
    include_str!("../../../codegen/tests/cases/nullability/input.yaml"),
    include_str!("../../../codegen/tests/cases/odd_constructs/input.yaml"),
    include_str!("../../../codegen/tests/cases/shared_shapes/input.yaml"),
    include_str!("../../../codegen/tests/cases/structural/input.yaml"),
];

macro_rules! each_kind {
    ($do:ident($($argument:expr),*) $($await:tt)*) => {
        vec![
            $do::<crate::customresources_example_com_v1::Anything>($($argument),*)$($await)*,
            $do::<crate::customresources_example_com_v1::Fungus>($($argument),*)$($await)*,
            $do::<crate::customresources_example_com_v1beta1::Fungus>($($argument),*)$($await)*,
            $do::<crate::customresources_example_com_v1::Soil>($($argument),*)$($await)*,
            $do::<crate::defaults_example_com_v1::Filling>($($argument),*)$($await)*,
            $do::<crate::exactvalues_example_com_v1::Exact>($($argument),*)$($await)*,
            $do::<crate::nullability_example_com_v1::Null>($($argument),*)$($await)*,
            $do::<crate::odd_example_com_v1::Oddity>($($argument),*)$($await)*,
            $do::<crate::shapes_example_com_v1::Mill>($($argument),*)$($await)*,
            $do::<crate::shapes_example_com_v1::Press>($($argument),*)$($await)*,
            $do::<crate::shapes_example_com_v1beta1::Mill>($($argument),*)$($await)*,
            $do::<crate::stores_example_com_v1::Silo>($($argument),*)$($await)*,
            $do::<crate::structural_example_com_v1::Idioms>($($argument),*)$($await)*,
        ]
    };
}

#[test]
fn every_kind_of_the_cases_is_proven() {
    let proven = each_kind!(name_of());
    let mut specified: Vec<String> = specified()
        .all
        .iter()
        .map(|kind| format!("{}/{}", kind.api_version(), kind.kind))
        .collect();
    specified.sort();
    let mut sorted = proven.clone();
    sorted.sort();
    assert_eq!(sorted, specified);
}

#[test]
fn what_a_schema_allows_is_read_and_written_again() {
    let wrong = each_kind!(rewritten(&specified())).concat();
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn objects_created_through_types_are_read_back_equal() {
    let Some(control_plane) = control_plane().await else {
        return;
    };
    let client = Client::new(&control_plane.client_config()).unwrap();
    for definition in definitions() {
        install(&client, &definition).await.unwrap();
    }
    let wrong = each_kind!(stored(&client, &specified()).await).concat();
    assert_eq!(wrong, Vec::<String>::new());
}

fn name_of<K: Resource>() -> String {
    format!("{}/{}", K::api_resource().api_version(), K::KIND)
}

fn definitions() -> Vec<Value> {
    let documents = INPUTS
        .iter()
        .flat_map(|text| serde_saphyr::from_multiple::<Value>(text).unwrap());
    documents
        .filter(|document| document["kind"] == "CustomResourceDefinition")
        .collect()
}

fn specified() -> Kinds {
    let mut kinds = Kinds::default();
    definitions()
        .iter()
        .for_each(|definition| kinds.extend(Kinds::of_definition(definition)));
    kinds
}

fn kind_of<K: Resource>(kinds: &Kinds) -> &Kind {
    kinds.find(K::GROUP, K::VERSION, K::KIND).unwrap()
}

fn rewrite<K: Resource>(value: &Value) -> Result<Value, Error> {
    let text = K::from_json(&value.to_string())?.to_json(&K::api_resource())?;
    Ok(serde_json::from_str(&text).unwrap())
}

fn rewritten<K: Resource>(kinds: &Kinds) -> Vec<String> {
    let fills = (0..MADE_UP)
        .map(Fill::Part)
        .chain([Fill::Required, Fill::Everything]);
    let wrong = fills.filter_map(|fill| {
        let made = kinds.make(kind_of::<K>(kinds), Temper::Wild, fill);
        let trouble = match rewrite::<K>(&made) {
            Ok(written) => differences(&made, &written).into_iter().next(),
            Err(error) => Some(error.to_string()),
        };
        trouble.map(|trouble| format!("{} {fill:?}: {trouble}", name_of::<K>()))
    });
    wrong.collect()
}

async fn control_plane() -> Option<ControlPlane> {
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

/// Creates a definition and waits until all its versions are served.
async fn install(client: &Client, definition: &Value) -> Result<(), Error> {
    let definitions =
        client.resource(&"apiextensions.k8s.io/v1/customresourcedefinitions".parse()?);
    definitions
        .create(&Unstructured::try_from(definition.clone())?)
        .await?;
    for kind in Kinds::of_definition(definition).all {
        let plural = kind.custom.map(|custom| custom.plural).unwrap_or_default();
        let path = format!("/apis/{}/{}/{plural}", kind.group, kind.version);
        while client
            .text(&path)
            .await
            .is_err_and(|error| error.is_not_found())
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(())
}

/// Objects of one kind on a server; what is wrong with them.
async fn stored<K>(client: &Client, kinds: &Kinds) -> Vec<String>
where
    K: Resource<Scope: Reach> + verbs::Create + verbs::Get + verbs::Replace + verbs::Delete,
{
    let mut wrong = Vec::new();
    for fill in (1..STORED)
        .map(Fill::Part)
        .chain([Fill::Required, Fill::Everything])
    {
        let mut body = kinds.make(kind_of::<K>(kinds), Temper::Tame, fill);
        body["metadata"]["name"] = "made".into();
        let stored = kind_of::<K>(kinds)
            .custom
            .as_ref()
            .is_some_and(|custom| custom.stored);
        match read_back::<K>(client, &body, stored).await {
            Ok(troubles) => wrong.extend(
                troubles
                    .into_iter()
                    .map(|told| format!("{} {fill:?}: {told}", name_of::<K>())),
            ),
            Err(error) => wrong.push(format!("{} {fill:?}: {error}\n{body}", name_of::<K>())),
        }
    }
    wrong
}

/// Creates, reads, compares, writes back and deletes an object through its type.
async fn read_back<K>(client: &Client, body: &Value, stored: bool) -> Result<Vec<String>, Error>
where
    K: Resource<Scope: Reach> + verbs::Create + verbs::Get + verbs::Replace + verbs::Delete,
{
    let api = K::Scope::api::<K>(client);
    let raw = K::Scope::raw(client, K::api_resource());
    api.create(&K::from_json(&body.to_string())?).await?;
    // Once as it is: a default of status is stored by the first update alone.
    raw.replace(&raw.get("made").await?).await?;
    let (read, value): (K, Value) = (api.get("made").await?, raw.get("made").await?.into());
    let mut troubles = differences(&value, &rewrite::<K>(&value)?);
    let without_status = |value: &Value| {
        let mut value = value.clone();
        value
            .as_object_mut()
            .map(|members| members.remove("status"));
        value
    };
    // What the server added is its own affair.
    let mut lost = differences(&without_status(body), &without_status(&value));
    lost.retain(|_| stored);
    troubles.extend(
        lost.into_iter()
            .filter(|told| !told.contains(": nothing became")),
    );
    let replaced = api.replace(&read).await?;
    if replaced.resource_version() != read.resource_version() {
        troubles.push("writing it back changed it".to_owned());
    }
    api.delete("made").await?;
    Ok(troubles)
}

/// The handles that a scope allows.
trait Reach: Scope + Sized {
    fn api<K: Resource<Scope = Self>>(client: &Client) -> Api<K>;
    fn raw(client: &Client, resource: ApiResource) -> Api<Unstructured>;
}

impl Reach for Namespaced {
    fn api<K: Resource<Scope = Self>>(client: &Client) -> Api<K> {
        client.namespaced("default")
    }

    fn raw(client: &Client, resource: ApiResource) -> Api<Unstructured> {
        client.typed(resource).namespace("default")
    }
}

impl Reach for Cluster {
    fn api<K: Resource<Scope = Self>>(client: &Client) -> Api<K> {
        client.cluster()
    }

    fn raw(client: &Client, resource: ApiResource) -> Api<Unstructured> {
        client.typed(resource)
    }
}
