//! Reading `null` where a value is required.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the type's default; for `#[serde(deserialize_with = "…")]`.
///
/// Servers written in Go send `null` for empty slices, maps and zero structs, also where
/// their schema calls a field required. Together with `#[serde(default)]`, which covers the
/// missing field, this makes every field readable.
///
/// # Errors
///
/// Errors of `T` itself.
///
/// # Examples
///
/// ```
/// use kubewright::meta::null_as_default;
///
/// #[derive(serde::Deserialize)]
/// struct Spec {
///     #[serde(default, deserialize_with = "null_as_default")]
///     names: Vec<String>,
/// }
/// let spec: Spec = serde_json::from_str(r#"{"names": null}"#)?;
/// assert!(spec.names.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
