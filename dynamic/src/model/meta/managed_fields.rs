//! Managed fields: the field sets of all managers of an object, kept as text.

use std::fmt;

use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf, record};
use serde::{Deserialize, Serialize};

use super::kept::Kept;
use super::{FieldsV1, Time};

/// Which manager set which fields of an object, an entry for each manager and operation.
///
/// Often a quarter of a pod's JSON, which the server keeps for server-side apply and most programs
/// never look at. So it is kept as its JSON text, in one piece, and parsed by
/// [`entries`](Self::entries). Two are equal when their JSON is, whatever the
/// order of their keys.
///
/// # Examples
///
/// ```
/// use kubewright::ObjectMeta;
///
/// let text = r#"{"managedFields": [{"manager": "kubectl", "operation": "Apply"}]}"#;
/// let metadata: ObjectMeta = serde_json::from_str(text)?;
/// let entries = metadata.managed_fields.unwrap_or_default().entries()?;
/// assert_eq!(entries[0].manager.as_deref(), Some("kubectl"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ManagedFields(Kept<'['>);

impl ManagedFields {
    /// The entries as a JSON array.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The entries, read again at each call.
    ///
    /// # Errors
    /// When one of them is not a valid entry, as in `{"manager": 1}`.
    pub fn entries(&self) -> Result<Vec<ManagedFieldsEntry>, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

impl FromIterator<ManagedFieldsEntry> for ManagedFields {
    fn from_iter<I: IntoIterator<Item = ManagedFieldsEntry>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let trees = entries.map(|entry| serde_json::to_value(entry).unwrap_or_default());
        Self(Kept::of(&trees.collect()).unwrap_or_default())
    }
}

impl fmt::Debug for ManagedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Empty for ManagedFields {
    const EMPTY: Self = Self(Kept::EMPTY);
}

impl Leaf for ManagedFields {
    const EXPECTED: &'static str = Kept::<'['>::EXPECTED;
    const FORM: Form = Form::Objects;
    const ANYTHING: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        Kept::read(&datum).map(Self)
    }

    fn show(&self) -> Datum<'_> {
        self.0.show()
    }
}

leaf!(ManagedFields);

/// The fields that one manager set with one operation.
pub struct ManagedFieldsEntry {
    /// The manager: the `fieldManager` of its requests.
    pub manager: Option<String>,
    /// `Apply` or `Update`.
    pub operation: Option<String>,
    /// Version of the API in which `fields_v1` names its fields.
    pub api_version: Option<String>,
    /// When the set of fields last changed.
    pub time: Option<Time>,
    /// Format of the field set; `FieldsV1` is the only one there is.
    pub fields_type: Option<String>,
    /// The fields.
    pub fields_v1: Option<FieldsV1>,
    /// Subresource through which the fields were set; absent for the object itself.
    pub subresource: Option<String>,
}

record! {
    ManagedFieldsEntry {
        "manager" manager,
        "operation" operation,
        "apiVersion" api_version,
        "time" time,
        "fieldsType" fields_type,
        "fieldsV1" fields_v1,
        "subresource" subresource,
    }
}

impl Eq for ManagedFieldsEntry {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::meta::ObjectMeta;

    const TEXT: &str = r#"[{"manager":"kubelet","operation":"Update","apiVersion":"v1","fieldsV1":{"f:status":{}},"subresource":"status"},{"manager":"kubectl"}]"#;

    #[test]
    fn entries_can_be_read_and_put_back() {
        let text = format!(r#"{{"managedFields":{TEXT}}}"#);
        let metadata: ObjectMeta = kubewright_table::from_json(&text).unwrap();
        assert_eq!(kubewright_table::to_json(&metadata), text);
        let managed = metadata.managed_fields.unwrap();
        assert_eq!(managed.as_str(), TEXT);
        let entries = managed.entries().unwrap();
        assert_eq!(entries[0].subresource.as_deref(), Some("status"));
        assert_eq!(entries.len(), 2);
        assert_eq!(entries.into_iter().collect::<ManagedFields>(), managed);
    }

    #[test]
    fn invalid_entries_are_an_error_when_they_are_read() {
        assert!(serde_json::from_str::<ManagedFields>("{}").is_err());
        let odd: ManagedFields = serde_json::from_str(r#"[{"manager":1}]"#).unwrap();
        let error = odd.entries().unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
        assert_eq!(ManagedFields::default().entries().unwrap(), []);
    }
}
