//! The limits of numbers, lengths and counts, as a shape holds them.

/// A number in a schema, whole or not.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// A whole number.
    Int(i64),
    /// Any other.
    Float(f64),
}

#[derive(Clone, Copy, Debug)]
pub(in crate::crd) struct Limits {
    pub(in crate::crd) minimum: Option<Limit>,
    pub(in crate::crd) maximum: Option<Limit>,
    pub(in crate::crd) exclusive_minimum: bool,
    pub(in crate::crd) exclusive_maximum: bool,
    pub(in crate::crd) multiple_of: Option<Limit>,
    pub(in crate::crd) min_length: Option<u64>,
    pub(in crate::crd) max_length: Option<u64>,
    pub(in crate::crd) min_items: Option<u64>,
    pub(in crate::crd) max_items: Option<u64>,
    pub(in crate::crd) min_properties: Option<u64>,
    pub(in crate::crd) max_properties: Option<u64>,
}

impl Limits {
    pub(super) const NONE: Self = Self {
        minimum: None,
        maximum: None,
        exclusive_minimum: false,
        exclusive_maximum: false,
        multiple_of: None,
        min_length: None,
        max_length: None,
        min_items: None,
        max_items: None,
        min_properties: None,
        max_properties: None,
    };
}

/// Whether two limits are the same number.
pub(super) const fn same_limit(a: Option<Limit>, b: Option<Limit>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(Limit::Int(a)), Some(Limit::Int(b))) => a == b,
        (Some(Limit::Float(a)), Some(Limit::Float(b))) => a == b,
        _ => false,
    }
}
