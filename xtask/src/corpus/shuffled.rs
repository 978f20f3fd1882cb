//! The same documents in another order: of files, and of the members of every object.

use std::fmt::Write as _;

use kubewright_codegen::Spec;
use serde_json::Value;

use super::project::Project;

/// A project's documents, last first, their members reversed, as JSON.
pub(super) fn specs(project: &Project) -> Vec<Spec> {
    let documents = project.documents.iter().rev();
    let shuffled = documents.map(|document| {
        let mut text = String::new();
        for value in &document.values {
            // JSON is YAML, and so are several documents of it.
            let lead = if document.values.len() > 1 {
                "\n---\n"
            } else {
                ""
            };
            text.push_str(lead);
            reversed(value, &mut text);
        }
        document.spec(text.into_bytes())
    });
    shuffled.collect()
}

/// Writes a value with the members of every object in reverse.
fn reversed(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push('{');
            for (index, (key, value)) in members.iter().rev().enumerate() {
                let comma = if index > 0 { "," } else { "" };
                // Writing to a text does not fail.
                let _ = write!(out, "{comma}{}:", Value::from(key.as_str()));
                reversed(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                reversed(item, out);
            }
            out.push(']');
        }
        leaf => out.push_str(&leaf.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_reversed_and_items_are_not() {
        let mut text = String::new();
        reversed(
            &serde_json::json!({"a": [1, {"c": null, "d": "\""}], "b": {}}),
            &mut text,
        );
        assert_eq!(text, r#"{"b":{},"a":[1,{"d":"\"","c":null}]}"#);
    }
}
