//! Objects as JSON, YAML, names and values.

use serde_json::Value;

use crate::cases;
use crate::server::{Context, Outcome};

cases![
    one_object_stands_alone_and_several_are_a_list,
    yaml_reads_back_as_the_json,
    managed_fields_are_left_out,
    names_are_read_again,
    values_are_read_by_path,
];

fn json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text)
}

fn one_object_stands_alone_and_several_are_a_list(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let text = context.get("cm a -o json").ok()?;
    assert!(
        text.starts_with("{\n    \"apiVersion\": \"v1\",\n    \"data\": {\n        \"key\""),
        "{text}"
    );
    let single = json(&text)?;
    assert_eq!(single["metadata"]["namespace"], *context.namespace);
    let list = json(&context.get("cm -o json").ok()?)?;
    assert_eq!(
        (&list["kind"], &list["apiVersion"]),
        (&"List".into(), &"v1".into())
    );
    assert_eq!(list["items"][0], single);
    context.config_map("b", "web")?;
    let several = json(&context.get("cm b a -o json").ok()?)?;
    assert_eq!(several["items"][1], single);
    let empty = json(&context.get("po -o json").ok()?)?;
    assert_eq!(empty["items"], Value::Array(Vec::new()));
    Ok(())
}

fn yaml_reads_back_as_the_json(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    for line in ["cm a", "cm", "cm,po", "po"] {
        let expected = json(&context.get(&format!("{line} -o json")).ok()?)?;
        let text = context.get(&format!("{line} -o yaml")).ok()?;
        let read: Value = serde_saphyr::from_str(&text)?;
        assert_eq!(read, expected, "{line}");
        assert!(text.starts_with("apiVersion: v1\n"), "{text}");
    }
    Ok(())
}

fn managed_fields_are_left_out(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    assert!(!context.get("cm a -o json").ok()?.contains("managedFields"));
    assert!(!context.get("cm -o yaml").ok()?.contains("managedFields"));
    let asked = context.get("cm a -o yaml --show-managed-fields").ok()?;
    let all: Value = serde_saphyr::from_str(&asked)?;
    if let Some(managers) = all["metadata"].get("managedFields") {
        assert!(managers.is_array());
    }
    Ok(())
}

fn names_are_read_again(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    context.config_map("b", "web")?;
    let lines = context.get("cm -o name").ok()?;
    assert_eq!(lines, "configmap/a\nconfigmap/b\n");
    let again = context.get(&format!("{} -o name", lines.replace('\n', " ")));
    assert_eq!(again.ok()?, lines);
    Ok(())
}

fn values_are_read_by_path(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    context.config_map("b", "db")?;
    for (line, expected) in [
        ("cm -o path=.metadata.name", "a\nb\n"),
        ("cm -o path=/metadata/labels/app", "web\ndb\n"),
        ("cm b -o path=.data.key", "value\n"),
        (
            "cm -o path=.data",
            "{\"key\":\"value\"}\n{\"key\":\"value\"}\n",
        ),
        ("cm a -o path=.nothing", "\n"),
        ("cm a -o jsonpath={.data.key}", "value"),
        ("cm -o jsonpath={.items[*].metadata.labels.app}", "web db"),
        (
            "cm -o jsonpath={.items[-1].metadata.name}!{\"\\n\"}",
            "b!\n",
        ),
    ] {
        assert_eq!(context.get(line).ok()?, expected, "{line}");
    }
    Ok(())
}
