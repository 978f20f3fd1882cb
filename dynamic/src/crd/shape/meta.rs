//! The shapes of the types that every Kubernetes API shares.

use super::{Field, Schema, Shape};
use crate::model::meta::{
    Bytes, Condition, FieldSelectorRequirement, IntOrString, LabelSelector,
    LabelSelectorRequirement, MicroTime, ObjectMeta, OwnerReference, Quantity, RawExtension, Time,
};

macro_rules! shapes {
    ($($type:ty => $shape:expr;)*) => {
        $(impl Schema for $type {
            const SHAPE: Shape = $shape;
        })*
    };
}

const STRINGS: Shape = Shape::array(&Shape::string());

/// A number with a suffix, as the API server's own schemas have it.
const QUANTITY: &str = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

const REQUIREMENT: Shape = Shape::object(&[
    Field::required("key", Shape::string()),
    Field::required("operator", Shape::string()),
    Field::optional("values", STRINGS),
]);

shapes! {
    Time => Shape::string().format("date-time");
    MicroTime => Shape::string().format("date-time");
    Bytes => Shape::string().format("byte");
    IntOrString => Shape::int_or_string();
    Quantity => Shape::int_or_string().quantity(QUANTITY);
    RawExtension => Shape::any_object();
    LabelSelectorRequirement => REQUIREMENT;
    FieldSelectorRequirement => REQUIREMENT;
    LabelSelector => Shape::object(&[
        Field::optional("matchLabels", Shape::map(&Shape::string())),
        Field::optional("matchExpressions", Shape::array(&REQUIREMENT)),
    ]).map_type("atomic");
    OwnerReference => Shape::object(&[
        Field::required("apiVersion", Shape::string()),
        Field::required("kind", Shape::string()),
        Field::required("name", Shape::string()),
        Field::required("uid", Shape::string()),
        Field::optional("controller", Shape::boolean()),
        Field::optional("blockOwnerDeletion", Shape::boolean()),
    ]).map_type("atomic");
    // What belongs to a template; the rest is kept as it is.
    ObjectMeta => Shape::object(&[
        Field::optional("name", Shape::string()),
        Field::optional("generateName", Shape::string()),
        Field::optional("namespace", Shape::string()),
        Field::optional("labels", Shape::map(&Shape::string())),
        Field::optional("annotations", Shape::map(&Shape::string())),
        Field::optional("finalizers", STRINGS),
        Field::optional("creationTimestamp", <Time as Schema>::SHAPE),
        Field::optional("deletionTimestamp", <Time as Schema>::SHAPE),
    ]).keeping_unknown();
    Condition => Shape::object(&[
        Field::required("type", Shape::string().max_length(316)),
        Field::required("status", Shape::choice(&["True", "False", "Unknown"])),
        Field::optional("observedGeneration", <i64 as Schema>::SHAPE),
        Field::required("lastTransitionTime", <Time as Schema>::SHAPE),
        Field::required("reason", Shape::string().max_length(1024)),
        Field::required("message", Shape::string().max_length(32768)),
    ]);
}

impl Shape {
    /// A number or string that a pattern restricts.
    const fn quantity(mut self, pattern: &'static str) -> Self {
        self.pattern = pattern;
        self
    }
}
