//! Comparing texts and shapes while the program is compiled.

use super::limits::Limit;
use super::{Kind, Shape};

/// Whether two texts are the same.
pub(in crate::crd) const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a text is among some.
pub(super) const fn contains(texts: &[&str], wanted: &str) -> bool {
    let mut at = 0;
    while at < texts.len() {
        if same_text(texts[at], wanted) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether two shapes allow the same values, so that one field can have both.
///
/// Descriptions may differ: the first is kept.
pub(super) const fn same_shape(a: &Shape, b: &Shape) -> bool {
    same_kind(a, b)
        && same_text(a.format, b.format)
        && same_text(a.pattern, b.pattern)
        && same_texts(a.choices, b.choices)
        && same_limit(a.limits.minimum, b.limits.minimum)
        && same_limit(a.limits.maximum, b.limits.maximum)
        && same_text(a.list_type, b.list_type)
        && a.preserve_unknown == b.preserve_unknown
        && a.embedded == b.embedded
}

const fn same_kind(a: &Shape, b: &Shape) -> bool {
    match (a.kind, b.kind) {
        (Kind::Any, Kind::Any)
        | (Kind::Boolean, Kind::Boolean)
        | (Kind::Integer, Kind::Integer)
        | (Kind::Number, Kind::Number)
        | (Kind::String, Kind::String)
        | (Kind::IntOrString, Kind::IntOrString) => true,
        (Kind::Array(a), Kind::Array(b)) | (Kind::Map(a), Kind::Map(b)) => same_shape(a, b),
        (Kind::Object(a), Kind::Object(b)) => {
            let mut at = 0;
            let mut is_same = a.len() == b.len();
            while is_same && at < a.len() {
                is_same =
                    same_text(a[at].name, b[at].name) && same_shape(&a[at].shape, &b[at].shape);
                at += 1;
            }
            is_same
        }
        // Unions have names of their own inside; only the same type is the same.
        (Kind::Union(a), Kind::Union(b)) => a.is_same(b),
        _ => false,
    }
}

const fn same_texts(a: &[&str], b: &[&str]) -> bool {
    let mut at = 0;
    let mut is_same = a.len() == b.len();
    while is_same && at < a.len() {
        is_same = same_text(a[at], b[at]);
        at += 1;
    }
    is_same
}

const fn same_limit(a: Option<Limit>, b: Option<Limit>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(Limit::Int(a)), Some(Limit::Int(b))) => a == b,
        (Some(Limit::Float(a)), Some(Limit::Float(b))) => a == b,
        _ => false,
    }
}
