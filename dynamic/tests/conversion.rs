//! The conversion webhook as a function: what the API demands of every answer.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a panic is how a test fails, and JSON is written where it is passed"
)]

use kubewright::crd::{ConversionReview, ConversionStrategy, WebhookClientConfig, convert};
use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod v1beta1 {
    use super::{Deserialize, ObjectMeta, Resource, Serialize, Size};

    #[derive(Resource, Clone, Serialize, Deserialize)]
    #[resource(group = "example.com", version = "v1beta1", storage = false)]
    pub(crate) struct Widget {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: Size,
    }
}

mod v1alpha1 {
    use super::{Deserialize, ObjectMeta, Resource, Serialize, Size};

    /// Its conversion forgets the metadata.
    #[derive(Resource, Clone, Serialize, Deserialize)]
    #[resource(group = "example.com", version = "v1alpha1", storage = false)]
    pub(crate) struct Widget {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: Size,
        pub(crate) status: Option<Size>,
    }
}

#[derive(Schema, Clone, Serialize, Deserialize)]
struct Size {
    size: String,
}

#[derive(Schema, Clone, Serialize, Deserialize)]
struct Sides {
    width: u32,
    height: u32,
}

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(
    group = "example.com",
    version = "v1",
    versions(v1beta1::Widget, v1alpha1::Widget)
)]
struct Widget {
    metadata: ObjectMeta,
    spec: Sides,
}

fn sides(size: &Size) -> Result<Sides, String> {
    let sides = size.size.split_once('x');
    let sides = sides.and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let (width, height) = sides.ok_or_else(|| format!("{:?} is not a size", size.size))?;
    Ok(Sides { width, height })
}

fn size(sides: &Sides) -> Size {
    Size {
        size: format!("{}x{}", sides.width, sides.height),
    }
}

impl TryFrom<v1beta1::Widget> for Widget {
    type Error = String;

    fn try_from(old: v1beta1::Widget) -> Result<Self, String> {
        let metadata = old.metadata.label("from", "v1beta1");
        Ok(Self {
            metadata,
            spec: sides(&old.spec)?,
        })
    }
}

impl From<Widget> for v1beta1::Widget {
    fn from(new: Widget) -> Self {
        Self {
            metadata: new.metadata,
            spec: size(&new.spec),
        }
    }
}

impl TryFrom<v1alpha1::Widget> for Widget {
    type Error = String;

    fn try_from(old: v1alpha1::Widget) -> Result<Self, String> {
        Ok(Self {
            metadata: ObjectMeta::default(),
            spec: sides(&old.spec)?,
        })
    }
}

impl From<Widget> for v1alpha1::Widget {
    fn from(new: Widget) -> Self {
        Self {
            metadata: ObjectMeta::default(),
            spec: size(&new.spec),
            status: None,
        }
    }
}

fn object(version: &str, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": format!("example.com/{version}"), "kind": "Widget",
        // More than the type knows: it is the server's all the same.
        "metadata": {"name": name, "uid": "u", "labels": {"a": "b"}, "unheardOf": true},
        "spec": spec,
    })
}

fn ask(version: &str, objects: &[Value]) -> Result<Vec<Value>, String> {
    answer(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
        "request": {"uid": "7", "desiredAPIVersion": version, "objects": objects},
    }))
}

fn answer(review: Value) -> Result<Vec<Value>, String> {
    let review: ConversionReview = serde_json::from_value(review).unwrap();
    let answer = serde_json::to_value(Widget::convert(review)).unwrap();
    assert_eq!(answer["apiVersion"], "apiextensions.k8s.io/v1");
    assert_eq!(answer["kind"], "ConversionReview");
    assert_eq!(answer.get("request"), None);
    let response = &answer["response"];
    let objects = response["convertedObjects"].as_array().unwrap().clone();
    match response["result"]["status"].as_str().unwrap() {
        "Success" => {
            assert_eq!(response["uid"], "7");
            Ok(objects)
        }
        status => {
            assert_eq!((status, objects.len()), ("Failure", 0));
            Err(response["result"]["message"].as_str().unwrap().to_owned())
        }
    }
}

#[test]
fn objects_come_back_in_their_order_each_in_the_version_asked_for() {
    let objects = [
        object("v1beta1", "a", json!({"size": "1x2"})),
        object("v1alpha1", "b", json!({"size": "3x4"})),
        object("v1", "c", json!({"width": 5, "height": 6, "unheardOf": 1})),
    ];
    let converted = ask("example.com/v1", &objects).unwrap();
    let names: Vec<&Value> = converted.iter().map(|o| &o["metadata"]["name"]).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(converted[0]["spec"], json!({"width": 1, "height": 2}));
    assert_eq!(converted[1]["apiVersion"], "example.com/v1");
    // What is of the version already is not touched.
    assert_eq!(converted[2], objects[2]);
}

#[test]
fn two_versions_that_are_not_stored_meet_in_the_one_that_is() {
    let objects = [object("v1alpha1", "a", json!({"size": "01x2"}))];
    let converted = ask("example.com/v1beta1", &objects).unwrap();
    let expected = object("v1beta1", "a", json!({"size": "1x2"}));
    assert_eq!(converted, [expected]);
}

#[test]
fn metadata_is_the_servers_but_for_labels_and_annotations() {
    let objects = [object("v1beta1", "a", json!({"size": "1x2"}))];
    let converted = ask("example.com/v1", &objects).unwrap();
    assert_eq!(
        converted[0]["metadata"],
        json!({"name": "a", "uid": "u", "labels": {"a": "b", "from": "v1beta1"}, "unheardOf": true})
    );
    // A conversion that forgets it changes nothing.
    let objects = [object("v1", "a", json!({"width": 1, "height": 2}))];
    let converted = ask("example.com/v1alpha1", &objects).unwrap();
    assert_eq!(converted[0]["metadata"], objects[0]["metadata"]);
    assert_eq!(converted[0].get("status"), None);
}

#[test]
fn one_failure_fails_all_and_names_every_object_at_fault() {
    let objects = [
        object("v1beta1", "good", json!({"size": "1x2"})),
        object("v1beta1", "odd", json!({"size": "large"})),
        object("v1beta1", "bare", json!({})),
    ];
    assert_eq!(
        ask("example.com/v1", &objects).unwrap_err(),
        "odd: \"large\" is not a size; bare: spec: missing field `size`"
    );
}

#[test]
fn what_is_not_the_kinds_is_refused() {
    let fine = object("v1", "a", json!({"width": 1, "height": 2}));
    for (version, object, expected) in [
        (
            "example.com/v2",
            fine.clone(),
            "\"example.com/v2\" is not a version of widgets in example.com",
        ),
        (
            "v1",
            fine.clone(),
            "\"v1\" is not a version of widgets in example.com",
        ),
        (
            "other.com/v1",
            fine,
            "\"other.com/v1\" is not a version of widgets in example.com",
        ),
        (
            "example.com/v1beta1",
            object("v9", "a", json!({})),
            "a: \"example.com/v9\" is not a version of widgets in example.com",
        ),
        (
            "example.com/v1beta1",
            json!({"apiVersion": "example.com/v1", "kind": "Gadget"}),
            "an object without a name: expected a Widget, got a \"Gadget\"",
        ),
        (
            "example.com/v1beta1",
            json!("text"),
            "an object without a name: expected a Widget, got a \"\"",
        ),
    ] {
        assert_eq!(ask(version, &[object]).unwrap_err(), expected);
    }
}

#[test]
fn an_invalid_review_gets_an_answer_too() {
    for review in [
        json!({}),
        json!({"apiVersion": "apiextensions.k8s.io/v1beta1", "kind": "ConversionReview"}),
        json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "AdmissionReview", "request": {}}),
    ] {
        let message = answer(review).unwrap_err();
        assert!(
            message.starts_with("expected a ConversionReview of"),
            "{message}"
        );
    }
}

#[test]
fn messages_have_an_end() {
    let long = "é".repeat(100_000);
    let objects = vec![object("v1beta1", &long, json!({"size": long})); 50];
    let message = ask("example.com/v1", &objects).unwrap_err();
    assert!(message.len() < 50_000, "{}", message.len());
    assert!(message.ends_with("and 40 more"));
}

#[test]
fn a_definition_names_its_webhook() {
    let webhook = WebhookClientConfig {
        url: Some("https://example.com/convert".to_owned()),
        ..WebhookClientConfig::default()
    };
    let definition = Widget::crd().with_conversion_webhook(webhook);
    let conversion = definition.spec.conversion.unwrap();
    assert_eq!(conversion.strategy, ConversionStrategy::Webhook);
    let versions: Vec<(&str, bool)> = definition
        .spec
        .versions
        .iter()
        .map(|version| (version.name.as_str(), version.storage))
        .collect();
    assert_eq!(
        versions,
        [("v1", true), ("v1beta1", false), ("v1alpha1", false)]
    );
}

#[test]
fn the_method_and_the_function_are_one() {
    let review = ConversionReview::default();
    assert_eq!(convert::<Widget>(review.clone()), Widget::convert(review));
}
