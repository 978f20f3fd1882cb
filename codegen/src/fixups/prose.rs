//! Facts that stand in descriptions alone.

use std::collections::BTreeMap;

/// What upstream's generator writes before a list of values.
const HEADING: &str = "Possible enum values:";

/// How a comment of Go that deprecates a field begins.
const DEPRECATED: [&str; 3] = ["Deprecated:", "Deprecated.", "DEPRECATED"];

/// The values that a description lists, each with what it says about it: lines such as
/// `` - `"ClusterIP"` means … `` after the heading.
pub(crate) fn described_values(description: &str) -> BTreeMap<String, Option<String>> {
    let Some((_, list)) = description.split_once(HEADING) else {
        return BTreeMap::new();
    };
    list.lines().filter_map(described_value).collect()
}

fn described_value(line: &str) -> Option<(String, Option<String>)> {
    let rest = line.trim_start().strip_prefix("- `\"")?;
    let (value, text) = rest.split_once("\"`")?;
    let text = text.trim();
    Some((
        value.to_owned(),
        (!text.is_empty()).then(|| text.to_owned()),
    ))
}

/// A description without the list of values, which its type documents.
pub(crate) fn without_values(description: &str) -> &str {
    description
        .split_once(HEADING)
        .map_or(description, |(before, _)| before)
        .trim_end()
}

/// Whether a description deprecates what it describes: the specification of stock Kubernetes
/// has no other sign.
pub(crate) fn is_deprecated(description: &str) -> bool {
    let mut lines = description.lines().map(str::trim_start);
    lines.any(|line| DEPRECATED.iter().any(|word| line.starts_with(word)))
}
