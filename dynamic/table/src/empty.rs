//! Empty values: the content of a field that is absent.

/// A type with an empty value, which is a constant and so holds no heap.
///
/// Tables make values by copying this one, and forget values that were emptied: a `Drop` of
/// the type runs for what was put in the place of `EMPTY`, but not always for `EMPTY` itself.
#[diagnostic::on_unimplemented(
    message = "a field of `record!` cannot have the type `{Self}`",
    label = "this type cannot be part of a table",
    note = "fields are texts, numbers, other types of `leaf!`, `open_enum!`, `either!` or `record!`, and `Option`, `Vec`, `Map`, `Nullable` or `Option<Box<_>>` of those"
)]
pub trait Empty {
    /// The value of a field that is absent.
    const EMPTY: Self;
}

impl Empty for String {
    const EMPTY: Self = Self::new();
}

impl<T> Empty for Option<T> {
    const EMPTY: Self = None;
}

impl<T> Empty for Vec<T> {
    const EMPTY: Self = Self::new();
}
