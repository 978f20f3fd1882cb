//! Chooses the module of a type that several group-versions use.
//!
//! Within a group, at its most stable version: others depend on it and not the other way
//! round, and values need no conversion between versions. Beyond a group, in a module of
//! its own, [`SHARED`].

use std::collections::BTreeSet;

use crate::ir::GroupVersion;

/// The module of what several groups use.
const SHARED: &str = "shared";

/// The home of a type with these users; `None` when there are none. Where it lived before it
/// stays, as long as it is used there.
pub(super) fn common(
    users: &BTreeSet<&GroupVersion>,
    known: Option<&String>,
) -> Option<GroupVersion> {
    let is_known = |user: &&GroupVersion| Some(&user.api_version()) == known;
    let groups: BTreeSet<&str> = users.iter().map(|user| user.group.as_str()).collect();
    let users = users.iter().copied();
    match groups.len() {
        0 => None,
        1 => users
            .clone()
            .find(is_known)
            .cloned()
            .or(users.cloned().reduce(more_stable)),
        _ => Some(GroupVersion::new(SHARED, "")),
    }
}

fn more_stable(one: GroupVersion, other: GroupVersion) -> GroupVersion {
    match priority(&one.version) >= priority(&other.version) {
        true => one,
        false => other,
    }
}

/// A version as Kubernetes orders them: `v2`, `v1`, `v1beta2`, `v1alpha1`, then the rest.
fn priority(version: &str) -> (u64, u64, u64, std::cmp::Reverse<&str>) {
    let (stability, major, minor) = parsed(version).unwrap_or_default();
    (stability, major, minor, std::cmp::Reverse(version))
}

fn parsed(version: &str) -> Option<(u64, u64, u64)> {
    let rest = version.strip_prefix('v')?;
    for (stability, word) in [(2, "beta"), (1, "alpha")] {
        if let Some((major, minor)) = rest.split_once(word) {
            return Some((stability, major.parse().ok()?, minor.parse().ok()?));
        }
    }
    Some((3, rest.parse().ok()?, 0))
}

#[cfg(test)]
mod tests {
    use super::common;
    use crate::ir::GroupVersion;

    fn home(users: &[(&str, &str)]) -> Option<String> {
        let users: Vec<_> = users
            .iter()
            .map(|(group, version)| GroupVersion::new(*group, *version))
            .collect();
        common(&users.iter().collect(), None).map(|home| home.api_version())
    }

    #[test]
    fn the_most_stable_version_of_a_group_and_else_the_shared_module() {
        for (users, expected) in [
            (&[("a", "v1alpha1")][..], "a/v1alpha1"),
            (&[("a", "v1alpha1"), ("a", "v1"), ("a", "v1beta1")], "a/v1"),
            (&[("a", "v1"), ("a", "v2")], "a/v2"),
            (&[("a", "v1beta2"), ("a", "v1beta10")], "a/v1beta10"),
            (&[("a", "v1alpha1"), ("a", "edge")], "a/v1alpha1"),
            (&[("a", "x"), ("a", "b")], "a/b"),
            (&[("a", "v1"), ("b", "v1"), ("a", "v1")], "shared"),
        ] {
            assert_eq!(home(users).as_deref(), Some(expected), "{users:?}");
            let reversed: Vec<_> = users.iter().copied().rev().collect();
            assert_eq!(home(&reversed), home(users));
        }
        assert_eq!(home(&[]), None);
        let versions = ["v1", "v1beta1"].map(|version| GroupVersion::new("a", version));
        let known = |home: &str| common(&versions.iter().collect(), Some(&home.to_owned()));
        assert_eq!(known("a/v1beta1").unwrap(), versions[1]);
        assert_eq!(
            known("a/v1alpha1").unwrap(),
            versions[0],
            "it is not used there"
        );
    }
}
