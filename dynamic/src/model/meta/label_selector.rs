//! Selectors as they stand inside objects.

use kubewright_table::record;

use super::Map;

/// Which labels an object must have (`meta/v1` `LabelSelector`): all requirements together.
///
/// An empty selector matches everything; where a field of this type is absent, nothing
/// matches.
pub struct LabelSelector {
    /// Labels with exactly these values.
    pub match_labels: Map<String>,
    /// Further requirements.
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

record! {
    LabelSelector {
        "matchLabels" match_labels,
        "matchExpressions" match_expressions,
    }
}

impl Eq for LabelSelector {}

/// One requirement on one label.
pub struct LabelSelectorRequirement {
    /// The label.
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// The values of `In` and `NotIn`; empty for the others.
    pub values: Vec<String>,
}

record! {
    LabelSelectorRequirement {
        "key" key,
        "operator" operator,
        "values" values,
    }
}

impl Eq for LabelSelectorRequirement {}

/// One requirement on one field, in the same notation.
pub struct FieldSelectorRequirement {
    /// Path of the field.
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// The values of `In` and `NotIn`; empty for the others.
    pub values: Vec<String>,
}

record! {
    FieldSelectorRequirement {
        "key" key,
        "operator" operator,
        "values" values,
    }
}

impl Eq for FieldSelectorRequirement {}
