//! The defaults that the server would fill in, filled in here.
//!
//! A generated kind carries the defaults of its schema as one JSON text, in a form of four
//! keys: `p` properties, `v` values of a map, `i` items of a list, `d` the default. What has
//! none inside is left out. Nothing is compiled for them but that text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The object with every default of its schema where it has nothing, as the server fills
/// them in: inside what is there, and inside what a default has brought.
///
/// A default that does not fit the type, which no server accepts, leaves the object as it is.
pub fn with_defaults<T: Serialize + DeserializeOwned>(object: T, defaults: &str) -> T {
    filled(&object, defaults).unwrap_or(object)
}

fn filled<T: Serialize + DeserializeOwned>(object: &T, defaults: &str) -> Option<T> {
    let defaults: Value = serde_json::from_str(defaults).ok()?;
    let mut value = serde_json::to_value(object).ok()?;
    fill(&mut value, &defaults);
    // Read from text, as from the wire: reading a `Value` takes other paths through serde.
    serde_json::from_str(&value.to_string()).ok()
}

/// As deep as the defaults go, which the generator bounds.
fn fill(value: &mut Value, defaults: &Value) {
    match value {
        Value::Object(members) => {
            if let Some(properties) = defaults.get("p").and_then(Value::as_object) {
                fill_properties(members, properties);
            }
            if let Some(inside) = defaults.get("v") {
                members.values_mut().for_each(|value| fill(value, inside));
            }
        }
        Value::Array(items) => {
            if let Some(inside) = defaults.get("i") {
                items.iter_mut().for_each(|item| fill(item, inside));
            }
        }
        _ => {}
    }
}

fn fill_properties(members: &mut Map<String, Value>, properties: &Map<String, Value>) {
    for (name, defaults) in properties {
        if let (false, Some(default)) = (members.contains_key(name), defaults.get("d")) {
            members.insert(name.clone(), default.clone());
        }
        if let Some(value) = members.get_mut(name) {
            fill(value, defaults);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::with_defaults;

    fn filled(object: Value) -> Value {
        let defaults = json!({"p": {
            "size": {"d": 3},
            "strategy": {"d": {"type": "Rolling"}, "p": {"surge": {"d": 1}}},
            "ports": {"i": {"p": {"protocol": {"d": "TCP"}}}},
            "byName": {"v": {"p": {"weight": {"d": 0}}}},
            "bare": {"p": {"inner": {"d": true}}},
        }});
        with_defaults(object, &defaults.to_string())
    }

    #[test]
    fn what_is_missing_comes_in_and_what_is_there_stays() {
        let brought = json!({"size": 3, "strategy": {"type": "Rolling", "surge": 1}});
        assert_eq!(
            filled(json!({})),
            brought,
            "nothing comes into what is not there"
        );
        assert_eq!(
            filled(json!({"size": 0, "strategy": {}, "bare": {}})),
            json!({"size": 0, "strategy": {"surge": 1}, "bare": {"inner": true}})
        );
    }

    #[test]
    fn lists_and_maps_are_walked_through() {
        let object = filled(json!({
            "ports": [{}, {"protocol": "UDP"}], "byName": {"a": {}, "b": {"weight": 2}},
        }));
        assert_eq!(
            object["ports"],
            json!([{"protocol": "TCP"}, {"protocol": "UDP"}])
        );
        assert_eq!(
            object["byName"],
            json!({"a": {"weight": 0}, "b": {"weight": 2}})
        );
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        assert_eq!(with_defaults(7_u8, r#"{"d": "x"}"#), 7);
        assert_eq!(with_defaults(json!({"a": 1}), "no JSON"), json!({"a": 1}));
        let fits_not = r#"{"p": {"a": {"d": "text"}}}"#;
        let empty = std::collections::BTreeMap::<String, u8>::new();
        assert_eq!(with_defaults(empty.clone(), fits_not), empty);
    }
}
