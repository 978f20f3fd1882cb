//! Kinds that a struct defines, from `#[derive(Resource)]` to the server's answer.

mod contraption;
mod gadget;
#[path = "../../../derive/tests/definition/specimen.rs"]
#[allow(dead_code, reason = "some of it is only looked at")]
mod specimen;
mod sprocket;
mod values;
mod webhook;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kubewright::crd::CustomResourceDefinition;
use kubewright::meta::Condition;
use kubewright::verbs::HasScale;
use kubewright::{Api, Client, ListOptions, Object, Patch};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use self::contraption::{Contraption, ContraptionSpec, v1beta1};
use self::gadget::{Color, Gadget, GadgetStatus, Port, Saw, Tool, gadget};
use self::specimen::Specimen;
use self::sprocket::{Sprocket, SprocketSpec};
use crate::cases;
use crate::server::{Context, Outcome, object, unique};

cases![
    a_definition_is_accepted_without_warnings,
    installing_again_changes_nothing,
    an_installed_kind_has_all_its_names,
    what_is_absent_is_filled_in,
    what_is_written_is_read_back,
    limits_are_the_servers,
    unions_are_the_servers,
    whatever_a_type_writes_is_accepted_and_kept,
    a_defined_kind_scales,
    columns_are_where_the_paths_lead,
    what_another_manager_owns_is_a_conflict,
    patience_has_an_end;
    feature SelectableFields: fields_that_were_stated_can_be_selected;
    real_only "it knows no CEL":
        rules_are_asked_with_their_message,
        what_is_immutable_stays,
        an_invalid_rule_is_refused;
    real_only "it calls no webhook":
        two_versions_are_converted_by_a_webhook,
        a_conversion_that_fails_says_why;
    real_only "it lets two definitions have one name":
        a_name_conflict_is_reported,
];

/// How many values are made up.
const VALUES: usize = 64;

async fn gadgets(context: &Context) -> Result<Api<Gadget>, kubewright::Error> {
    Gadget::install(&context.client).await?;
    Ok(context.client.namespaced(&context.namespace))
}

/// A gadget as JSON, to leave out and to add what the type would not let.
fn loose(name: &str, spec: Value) -> kubewright::Unstructured {
    object(json!({
        "apiVersion": "workshop.example.com/v1", "kind": "Gadget",
        "metadata": {"name": name}, "spec": spec,
    }))
}

async fn a_definition_is_accepted_without_warnings(context: Context) -> Outcome {
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&warnings);
    let config = context
        .config
        .clone()
        .on_warning(move |warning| heard.lock().unwrap().push(warning.to_string()));
    let client = Client::new(&config)?;
    let installed = Gadget::install(&client).await?;
    assert!(installed.is_established());
    assert_eq!(*warnings.lock().unwrap(), Vec::<String>::new());
    if let Some(condition) = installed.condition("NonStructuralSchema") {
        assert!(!condition.is_true(), "{condition:?}");
    }
    Ok(())
}

async fn installing_again_changes_nothing(context: Context) -> Outcome {
    let (first, second) = tokio::join!(
        Gadget::install(&context.client),
        Gadget::install(&context.client)
    );
    let (first, second) = (first?, second?);
    assert_eq!(first.metadata.generation, second.metadata.generation);
    // The server keeps what the type says, and adds only what is left out.
    let mut spec = second.spec;
    spec.conversion = None;
    assert_eq!(spec, Gadget::crd().spec);
    Ok(())
}

async fn an_installed_kind_has_all_its_names(context: Context) -> Outcome {
    // Rule M6: the mapper is filled before the kind exists, and forgets.
    context.client.lookup("pods").await?;
    let gadgets = gadgets(&context).await?;
    gadgets.create(&gadget("one")).await?;
    for name in [
        "gd",
        "gdt",
        "gadget",
        "Gadget",
        "gadgets.workshop.example.com",
    ] {
        let found = context.client.lookup(name).await?;
        let found = found.namespace(&context.namespace).get("one").await?;
        assert_eq!(found.kind(), "Gadget", "{name}");
    }
    let mapper = context.client.mapper().await?;
    let workshop = mapper.category("workshop");
    assert!(
        workshop
            .iter()
            .any(|found| found.resource.plural == "gadgets")
    );
    Ok(())
}

async fn what_is_absent_is_filled_in(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let body = loose("one", json!({"owner": "ann", "muscle": {}}));
    let untyped = context.api("workshop.example.com/v1/gadgets");
    untyped.create(&body).await?;
    let stored = gadgets.get("one").await?;
    assert_eq!(stored.spec, gadget("one").spec);
    Ok(())
}

async fn what_is_written_is_read_back(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let mut whole = gadget("one");
    whole.spec.tool = Some(Tool::Saw(Saw { teeth: 4 }));
    whole.spec.color = Color::DeepBlue;
    whole.spec.ports = vec![Port {
        name: "web".to_owned(),
        number: 80,
    }];
    whole.spec.tags = vec!["a".to_owned(), "b".to_owned()];
    whole.spec.limits = [("cpu".to_owned(), "100m".parse()?)].into();
    whole.spec.selector = Some(serde_json::from_value(
        json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "k", "operator": "Exists"}]}),
    )?);
    whole.spec.template = Some(serde_json::from_value(
        json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "main"}]}}),
    )?);
    let stored = gadgets.create(&whole).await?;
    assert_eq!(stored.spec, whole.spec);
    let applied = gadgets.apply("workshop", &whole).force().await?;
    assert_eq!(applied.spec, whole.spec);
    Ok(())
}

async fn limits_are_the_servers(context: Context) -> Outcome {
    gadgets(&context).await?;
    let untyped = context.api("workshop.example.com/v1/gadgets");
    for (change, field) in [
        (json!({"replicas": 101}), "spec.replicas"),
        (json!({"maxReplicas": 0}), "spec.maxReplicas"),
        (json!({"color": "green"}), "spec.color"),
        (json!({"owner": "Ann"}), "spec.owner"),
        (json!({"owner": null}), "spec.owner"),
        (json!({"tags": ["a", "a"]}), "spec.tags[1]"),
        (json!({"tags": ["A"]}), "spec.tags[0]"),
        (
            json!({"ports": [{"name": "a", "number": 65536}]}),
            "spec.ports[0].number",
        ),
        (
            json!({"ports": [{"name": "a", "number": 1}, {"name": "a", "number": 2}]}),
            "spec.ports[1]",
        ),
        (json!({"limits": {"cpu": true}}), "spec.limits.cpu"),
    ] {
        let mut spec = json!({"owner": "ann", "muscle": {}});
        let changes = change.as_object().into_iter().flatten();
        changes.for_each(|(name, value)| spec[name] = value.clone());
        let error = untyped.create(&loose("one", spec)).await.unwrap_err();
        assert!(error.is_invalid(), "{change}: {error:?}");
        assert!(error.to_string().contains(field), "{change}: {error}");
    }
    Ok(())
}

async fn unions_are_the_servers(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let untyped = context.api("workshop.example.com/v1/gadgets");
    for (name, part, is_fine) in [
        ("a", json!({}), false),
        ("b", json!({"mains": {"volts": 230}, "muscle": {}}), false),
        ("c", json!({"mains": {}}), false),
        ("d", json!({"mains": {"volts": 230}}), true),
        (
            "e",
            json!({"muscle": {}, "tool": {"type": "hammer"}}),
            false,
        ),
        ("f", json!({"muscle": {}, "tool": {"type": "axe"}}), false),
        ("g", json!({"muscle": {}, "tool": {"teeth": 2}}), false),
        ("h", json!({"muscle": {}, "tool": {"type": "hands"}}), true),
        (
            "i",
            json!({"muscle": {}, "tool": {"type": "saw", "teeth": 2}}),
            true,
        ),
        (
            "j",
            json!({"muscle": {}, "tool": {"type": "hammer", "headWeight": 2}}),
            true,
        ),
    ] {
        let mut spec = part.clone();
        spec["owner"] = json!("ann");
        let created = untyped.create(&loose(name, spec)).await;
        match created {
            Ok(_) => assert!(is_fine, "{part} was accepted"),
            Err(error) => assert!(!is_fine && error.is_invalid(), "{part}: {error:?}"),
        }
        if is_fine {
            // The type reads whatever the schema lets through.
            gadgets.get(name).await?;
        }
    }
    Ok(())
}

async fn whatever_a_type_writes_is_accepted_and_kept(context: Context) -> Outcome {
    Specimen::install(&context.client).await?;
    let specimina: Api<Specimen> = context.client.namespaced(&context.namespace);
    let mut runner = TestRunner::deterministic();
    for _ in 0..VALUES {
        let spec = values::spec()
            .new_tree(&mut runner)
            .map_err(|why| why.to_string())?
            .current();
        let sent = serde_json::to_value(&spec)?;
        let specimen = Specimen::new("one", spec.clone());
        let stored = specimina.create(&specimen).dry_run().await;
        let stored = stored.map_err(|error| format!("{error}: {sent}"))?;
        assert_eq!(serde_json::to_value(&stored.spec)?, sent);
        assert_eq!(stored.spec, spec);
    }
    Ok(())
}

async fn a_defined_kind_scales(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let mut one = gadgets.create(&gadget("one")).await?;
    one.status = Some(GadgetStatus {
        replicas: 1,
        selector: Some("app=one".to_owned()),
        conditions: Vec::new(),
    });
    let one = gadgets.replace_status(&one).await?;
    let scale = gadgets.get_scale("one").await?;
    let status = scale.status.clone().unwrap_or_default();
    assert_eq!((scale.replicas(), status.replicas), (Some(1), 1));
    assert_eq!(status.selector.as_deref(), Some("app=one"));
    gadgets.replace_scale("one", &one.scale_to(3)).await?;
    assert_eq!(gadgets.get("one").await?.spec.replicas, 3);
    Ok(())
}

fn ready() -> Result<Condition, serde_json::Error> {
    serde_json::from_value(json!({
        "type": "Ready", "status": "True", "reason": "Made", "message": "",
        "lastTransitionTime": "2026-01-02T03:04:05Z",
    }))
}

async fn columns_are_where_the_paths_lead(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let mut one = gadget("one");
    one.spec.tool = Some(Tool::Hands);
    let mut one = gadgets.create(&one).await?;
    one.status = Some(GadgetStatus {
        replicas: 1,
        selector: None,
        conditions: vec![ready()?],
    });
    gadgets.replace_status(&one).await?;
    let table = gadgets.table(&ListOptions::new()).await?;
    let columns = table.column_definitions.iter();
    let columns: Vec<_> = columns
        .map(|c| (c.name.as_str(), c.r#type.as_str()))
        .collect();
    assert_eq!(
        columns,
        [
            ("Name", "string"),
            ("Replicas", "integer"),
            ("Colour", "string"),
            ("Ready", "string"),
            ("Tool", "string"),
            ("Age", "date"),
        ]
    );
    let cells = &table.rows[0].cells;
    assert_eq!(
        cells[..5],
        [
            json!("one"),
            json!(1),
            json!("red"),
            json!("True"),
            json!("hands")
        ]
    );
    Ok(())
}

async fn fields_that_were_stated_can_be_selected(context: Context) -> Outcome {
    Sprocket::install(&context.client).await?;
    let sprockets = context.client.namespaced::<Sprocket>(&context.namespace);
    for (name, color) in [("red", "red"), ("blue", "deep-blue")] {
        let (color, owner) = (color.to_owned(), "ann".to_owned());
        let spec = SprocketSpec { color, owner };
        sprockets.create(&Sprocket::new(name, spec)).await?;
    }
    for (selector, expected) in [
        ("spec.color=deep-blue", vec!["blue"]),
        ("spec.owner=ann,spec.color!=deep-blue", vec!["red"]),
    ] {
        let found = sprockets.list(&ListOptions::new().fields(selector)).await?;
        let names: Vec<&str> = found.items.iter().map(Object::name).collect();
        assert_eq!(names, expected, "{selector}");
    }
    Ok(())
}

async fn what_another_manager_owns_is_a_conflict(context: Context) -> Outcome {
    let name = unique("taken");
    let definition = |description: &str| {
        let mut definition = renamed(Gadget::crd(), &name);
        let schema = definition.spec.versions[0].schema.as_mut();
        let schema = schema.and_then(|schema| schema.open_api_v3_schema.as_mut());
        schema.unwrap().description = Some(description.to_owned());
        definition
    };
    let client = &context.client;
    definition("mine")
        .install(client)
        .field_manager("me")
        .await?;
    let error = definition("yours")
        .install(client)
        .field_manager("you")
        .await
        .unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert!(
        error.to_string().contains(&format!("install {name}s.")),
        "{error}"
    );
    definition("yours")
        .install(client)
        .field_manager("you")
        .force()
        .await?;
    Ok(())
}

/// The same definition of another kind.
fn renamed(mut definition: CustomResourceDefinition, name: &str) -> CustomResourceDefinition {
    let id = name.replace('-', "");
    let names = &mut definition.spec.names;
    names.kind = id.clone();
    names.list_kind = Some(format!("{id}List"));
    names.singular = Some(id.clone());
    names.plural = format!("{name}s");
    names.short_names.clear();
    definition.metadata.name = Some(format!("{name}s.{}", definition.spec.group));
    definition
}

async fn patience_has_an_end(context: Context) -> Outcome {
    let error = Gadget::install(&context.client)
        .timeout(Duration::ZERO)
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.missing(), ["gadgets.workshop.example.com"]);
    Ok(())
}

async fn rules_are_asked_with_their_message(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let mut many = gadget("one");
    many.spec.replicas = 11;
    let mut odd = gadget("one");
    odd.spec.tool = Some(Tool::Saw(Saw { teeth: 3 }));
    for (wrong, message) in [
        (many, "replicas must not exceed maxReplicas"),
        (odd, "teeth come in pairs"),
        (gadget("forbidden"), "that name is taken"),
    ] {
        let error = gadgets.create(&wrong).await.unwrap_err();
        assert!(error.is_invalid(), "{error:?}");
        assert!(error.to_string().contains(message), "{error}");
    }
    Ok(())
}

async fn what_is_immutable_stays(context: Context) -> Outcome {
    let gadgets = gadgets(&context).await?;
    let mut one = gadget("one");
    one.spec.serial = Some("a1".to_owned());
    gadgets.create(&one).await?;
    for (patch, message) in [
        (json!({"owner": "bob"}), "the field is immutable"),
        (json!({"serial": "b2"}), "the field is immutable"),
        (
            json!({"serial": null}),
            "serial is immutable: it cannot be removed",
        ),
    ] {
        let patch = Patch::merge(json!({"spec": patch}));
        let error = gadgets.patch("one", &patch).await.unwrap_err();
        assert!(error.is_invalid(), "{error:?}");
        assert!(error.to_string().contains(message), "{error}");
    }
    Ok(())
}

async fn an_invalid_rule_is_refused(context: Context) -> Outcome {
    let mut definition = renamed(Gadget::crd(), &unique("wrong"));
    let schema = definition.spec.versions[0].schema.as_mut();
    let schema = schema.and_then(|schema| schema.open_api_v3_schema.as_mut());
    schema.unwrap().validations[0].rule = "self.nothing".to_owned();
    let error = definition.install(&context.client).await.unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert!(
        error.to_string().contains("undefined field 'nothing'"),
        "{error}"
    );
    Ok(())
}

/// Two versions and the webhook that converts them; the case's own kind, as its webhook is.
async fn contraptions(
    context: &Context,
) -> Result<(Api<Contraption>, Api<v1beta1::Contraption>), kubewright::Error> {
    static WEBHOOK: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    let client = &context.client;
    WEBHOOK
        .get_or_try_init(|| async {
            let webhook = webhook::serve::<Contraption>().await;
            let definition = Contraption::crd().with_conversion_webhook(webhook);
            definition.install(client).await.map(drop)
        })
        .await?;
    let namespace = &context.namespace;
    Ok((client.namespaced(namespace), client.namespaced(namespace)))
}

async fn two_versions_are_converted_by_a_webhook(context: Context) -> Outcome {
    let (new, old) = contraptions(&context).await?;
    let created = old
        .create(&v1beta1::Contraption::new(
            "a",
            v1beta1::ContraptionSpec {
                size: "3x4".to_owned(),
            },
        ))
        .await?;
    let read = new.get("a").await?;
    assert_eq!(
        read.spec,
        ContraptionSpec {
            width: 3,
            height: 4
        }
    );
    assert_eq!(read.metadata.uid, created.metadata.uid);
    new.create(&Contraption::new(
        "b",
        ContraptionSpec {
            width: 5,
            height: 6,
        },
    ))
    .await?;
    let list = old.list(&ListOptions::new()).await?;
    let sizes: Vec<_> = list
        .items
        .iter()
        .map(|item| (item.name(), item.spec.size.as_str()))
        .collect();
    assert_eq!(sizes, [("a", "3x4"), ("b", "5x6")]);
    // A label that the conversion puts on is there, and metadata otherwise as it was.
    let b = old.get("b").await?;
    assert_eq!(b.metadata.labels["converted"], "yes");
    assert_eq!(b.metadata.uid, new.get("b").await?.metadata.uid);
    Ok(())
}

async fn a_conversion_that_fails_says_why(context: Context) -> Outcome {
    let (_, old) = contraptions(&context).await?;
    let body = v1beta1::Contraption::new(
        "a",
        v1beta1::ContraptionSpec {
            size: "large".to_owned(),
        },
    );
    let error = old.create(&body).await.unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains(r#"spec.size is "large", expected 3x4"#),
        "{message}"
    );
    Ok(())
}

async fn a_name_conflict_is_reported(context: Context) -> Outcome {
    Gadget::install(&context.client).await?;
    let mut definition = renamed(Gadget::crd(), &unique("thief"));
    definition.spec.names.short_names = vec!["gd".to_owned()];
    let error = definition.install(&context.client).await.unwrap_err();
    assert!(error.is_already_exists(), "{error:?}");
    assert!(
        error.to_string().contains("\"gd\" is already in use"),
        "{error}"
    );
    Ok(())
}
