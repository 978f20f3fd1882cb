//! Equality of shapes, decided while the program is compiled.

use super::limits::same_limit;
use super::text::{same_text, same_texts};
use super::{Kind, Shape};

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
