//! Embedded objects as objects: from and to the struct of a kind.

use super::problem::UnstructuredProblem;
use crate::model::error::Result;
use crate::model::meta::{RawExtension, TypeMeta};
use crate::model::object::problem::JsonProblem;
use crate::model::resource::Resource;
use crate::model::unstructured::Unstructured;

impl RawExtension {
    /// The object of a kind, with its `apiVersion` and `kind`.
    ///
    /// # Errors
    /// When the object cannot be written as JSON.
    ///
    /// ```
    /// use kubewright::meta::{Map, RawExtension};
    /// use kubewright::{ObjectMeta, Resource};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    /// #[resource(group = "", version = "v1", namespaced)]
    /// struct ConfigMap { metadata: ObjectMeta, data: Map<String> }
    ///
    /// let web = ConfigMap { metadata: ObjectMeta::named("web"), ..ConfigMap::default() };
    /// let input = RawExtension::from_object(&web)?;
    /// assert_eq!(input.0["kind"], "ConfigMap");
    /// assert_eq!(input.to::<ConfigMap>()?, web);
    /// # Ok::<(), kubewright::Error>(())
    /// ```
    pub fn from_object<K: Resource>(object: &K) -> Result<Self> {
        let text = object.to_json(&K::api_resource())?;
        let value = serde_json::from_str(&text);
        Ok(value
            .map(Self)
            .map_err(|source| JsonProblem::Unwritable { source })?)
    }

    /// Reads the object as its kind.
    ///
    /// # Errors
    /// When it says that it is of another kind, or the struct refuses it; the error names the
    /// field.
    pub fn to<K: Resource>(&self) -> Result<K> {
        let expected = K::api_resource();
        let expected = TypeMeta {
            api_version: expected.api_version(),
            kind: expected.kind.into_owned(),
        };
        if let Some(found) = self.type_meta().filter(|found| *found != expected) {
            return Err(UnstructuredProblem::OtherKind { found, expected }.into());
        }
        K::from_json(&self.0.to_string())
    }

    /// The object with accessors for what every object has.
    ///
    /// # Errors
    /// When it is not a JSON object.
    pub fn to_unstructured(&self) -> Result<Unstructured> {
        Unstructured::try_from(self.0.clone())
    }
}

impl From<Unstructured> for RawExtension {
    fn from(object: Unstructured) -> Self {
        Self(object.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::meta::Scale;
    use crate::model::resource::Namespaced;

    impl Resource for Scale {
        type Scope = Namespaced;
        const GROUP: &'static str = "autoscaling";
        const VERSION: &'static str = "v1";
        const KIND: &'static str = "Scale";
        const PLURAL: &'static str = "scales";
    }

    #[test]
    fn another_kind_is_an_error_and_a_missing_kind_is_not() {
        let raw = RawExtension::from(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {}}));
        let error = raw.to::<Scale>().unwrap_err();
        assert!(matches!(
            error.problem(),
            Some(UnstructuredProblem::OtherKind { found, expected })
                if found.kind == "Pod" && expected.api_version == "autoscaling/v1"
        ));
        let scale: Scale = RawExtension::from(json!({"spec": {"replicas": 3}}))
            .to()
            .unwrap();
        assert_eq!(scale.spec.and_then(|spec| spec.replicas), Some(3));
        assert!(RawExtension::from(json!([1])).to::<Scale>().is_err());
        assert!(RawExtension::from(json!([1])).to_unstructured().is_err());
    }

    #[test]
    fn objects_come_back_as_they_were() {
        let object = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"x": null}});
        let raw = RawExtension::from(object.clone());
        let unstructured = raw.to_unstructured().unwrap();
        assert_eq!((unstructured.kind(), unstructured.name()), ("Pod", "a"));
        assert_eq!(RawExtension::from(unstructured), raw);
        assert_eq!(raw.0, object);
    }

    #[test]
    fn a_value_that_is_not_an_object_has_neither_type_nor_metadata() {
        for value in [
            json!(null),
            json!([]),
            json!({"kind": "Pod"}),
            json!({"metadata": 3}),
        ] {
            let raw = RawExtension::from(value);
            assert!(
                raw.type_meta().is_none() && raw.metadata().is_none(),
                "{raw:?}"
            );
        }
    }
}
