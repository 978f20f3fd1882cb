//! The copy of what a document has and an object lacks.

use serde_json::{Map, Value};

/// Copies what `document` has and `object` has not, map by map.
pub(super) fn copy_missing(document: &Value, object: &mut Map<String, Value>) {
    for (name, value) in document.as_object().into_iter().flatten() {
        match object.get_mut(name) {
            Some(Value::Object(inner)) => copy_missing(value, inner),
            Some(_) => {}
            None => {
                object.insert(name.clone(), value.clone());
            }
        }
    }
}
