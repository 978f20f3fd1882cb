//! Names of modules, which are the names of cargo features and of methods too.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use super::keywords::escaped;
use super::words::snake_case;
use crate::group_version::GroupVersion;

/// Groups that are commonly called by a shorter name than the rule gives.
const FAMILIAR: &[(&str, &str)] = &[
    ("", "core"),
    ("flowcontrol.apiserver.k8s.io", "flowcontrol"),
    ("rbac.authorization.k8s.io", "rbac"),
];

/// Files of the crate that are not a group-version.
const FILES: &[&str] = &["clientset", "informers", "lib", "main"];

/// One module name for each group-version.
///
/// `apps/v1` → `apps_v1`; `.k8s.io` is dropped (`networking.k8s.io/v1` → `networking_v1`)
/// unless another group has that name; every other group keeps its whole name
/// (`cert-manager.io/v1` → `cert_manager_io_v1`).
pub(crate) fn module_names<'a>(
    group_versions: impl IntoIterator<Item = &'a GroupVersion>,
    locked: impl Fn(&GroupVersion) -> Option<String>,
) -> BTreeMap<GroupVersion, String> {
    let all: BTreeSet<&GroupVersion> = group_versions.into_iter().collect();
    let groups: BTreeSet<&str> = all.iter().map(|gv| gv.group.as_str()).collect();
    let mut scope = Scope::reserving(FILES);
    let mut order: Vec<(bool, &GroupVersion, String)> = all
        .into_iter()
        .map(|gv| match locked(gv) {
            Some(name) => (false, gv, name),
            None => (true, gv, module_name(gv, &groups)),
        })
        .collect();
    order.sort();
    order
        .into_iter()
        .map(|(_, gv, wish)| (gv.clone(), scope.claim(&wish, "_")))
        .collect()
}

fn module_name(gv: &GroupVersion, groups: &BTreeSet<&str>) -> String {
    let group = group_name(&gv.group, groups);
    escaped(match gv.version.as_str() {
        "" => group,
        version => format!("{group}_{}", ident(version)),
    })
}

fn group_name(group: &str, all: &BTreeSet<&str>) -> String {
    let short = short_name(group);
    let meets_another = all
        .iter()
        .any(|&other| other != group && (other == short || short_name(other) == short));
    match meets_another && short != group {
        true => ident(group),
        false => ident(short),
    }
}

fn short_name(group: &str) -> &str {
    let familiar = FAMILIAR.iter().find(|(full, _)| *full == group);
    match familiar {
        Some((_, name)) => name,
        None => group.strip_suffix(".k8s.io").unwrap_or(group),
    }
}

fn ident(name: &str) -> String {
    let name = snake_case(name);
    match name.starts_with(|c: char| c.is_ascii_lowercase()) {
        true => name,
        false => format!("group_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::module_names;
    use crate::group_version::GroupVersion;

    fn names(all: &[(&str, &str)]) -> Vec<String> {
        let all: Vec<_> = all
            .iter()
            .map(|(group, version)| GroupVersion::new(*group, *version))
            .collect();
        let names = module_names(&all, |_| None);
        all.iter().map(|gv| names[gv].clone()).collect()
    }

    #[test]
    fn the_rule() {
        for (group, version, name) in [
            ("", "v1", "core_v1"),
            ("apps", "v1", "apps_v1"),
            ("networking.k8s.io", "v1", "networking_v1"),
            ("rbac.authorization.k8s.io", "v1", "rbac_v1"),
            (
                "internal.apiserver.k8s.io",
                "v1alpha1",
                "internal_apiserver_v1alpha1",
            ),
            ("cert-manager.io", "v1", "cert_manager_io_v1"),
            ("3scale.net", "v1beta1", "group_3scale_net_v1beta1"),
            ("../../x", "v1", "x_v1"),
        ] {
            assert_eq!(names(&[(group, version)]), [name]);
        }
    }

    #[test]
    fn where_a_short_name_meets_another_group_the_long_one_is_used() {
        assert_eq!(
            names(&[("policy", "v1"), ("policy.k8s.io", "v1")]),
            ["policy_v1", "policy_k8s_io_v1"]
        );
        assert_eq!(
            names(&[("a-b.io", "v1"), ("a.b.io", "v1")]),
            ["a_b_io_v1", "a_b_io_v1_2"]
        );
    }
}
