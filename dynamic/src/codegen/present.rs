//! Fields for which null is a value like any other.

use serde::de::{Deserialize, Deserializer};

/// Reads whatever is there, null included, as present.
///
/// For optional fields that hold any JSON: serde would read null as absent, and a schema
/// whose default is null would lose it between reading and writing.
///
/// # Errors
///
/// When the value is no `T`.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Schema {
        #[serde(deserialize_with = "super::deserialize")]
        default: Option<Value>,
    }

    #[test]
    fn null_is_present_and_absence_is_not() {
        let read = |text| serde_json::from_str::<Schema>(text).unwrap().default;
        assert_eq!(read(r#"{"default": null}"#), Some(Value::Null));
        assert_eq!(read("{}"), None);
    }
}
