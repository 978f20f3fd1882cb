//! Reads a path: the collection, object or subresource that it addresses.

use crate::ir::{GroupVersion, Verb};
use crate::parse::{Method, Operation};

/// What a path addresses.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route<'a> {
    pub(super) group_version: GroupVersion,
    pub(super) plural: &'a str,
    pub(super) namespaced: bool,
    /// Below the deprecated `watch/` prefix.
    pub(super) watch: bool,
    pub(super) target: Target<'a>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    Collection,
    Object,
    Subresource(&'a str),
    /// Below a subresource, such as `proxy/{path}`; holds the subresource's name.
    Deeper(&'a str),
}

/// Reads `/api/v1/…` and `/apis/{group}/{version}/…`; anything else is not a resource.
pub(super) fn route(path: &str) -> Option<Route<'_>> {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (group_version, rest) = match segments[..] {
        ["api", version, ref rest @ ..] => (GroupVersion::new("", version), rest),
        ["apis", group, version, ref rest @ ..] => (GroupVersion::new(group, version), rest),
        _ => return None,
    };
    let (watch, rest) = match *rest {
        ["watch", ref rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let (namespaced, rest) = match *rest {
        ["namespaces", "{namespace}", ref rest @ ..] if !rest.is_empty() => (true, rest),
        _ => (false, rest),
    };
    let (plural, target) = match *rest {
        [plural] => (plural, Target::Collection),
        [plural, name] if is_parameter(name) => (plural, Target::Object),
        [plural, name, sub] if is_parameter(name) => (plural, Target::Subresource(sub)),
        [plural, name, sub, ..] if is_parameter(name) => (plural, Target::Deeper(sub)),
        _ => return None,
    };
    (!is_parameter(plural)).then_some(Route {
        group_version,
        plural,
        namespaced,
        watch,
        target,
    })
}

/// The verbs of an operation: by its action, else by its method.
pub(super) fn verb(operation: &Operation, route: &Route<'_>) -> Option<Verb> {
    match operation.action.as_deref() {
        Some("get") => Some(Verb::Get),
        Some("list") => Some(Verb::List),
        Some("watch" | "watchlist") => Some(Verb::Watch),
        Some("post") => Some(Verb::Create),
        Some("put") => Some(Verb::Replace),
        Some("patch") => Some(Verb::Patch),
        Some("delete") => Some(Verb::Delete),
        Some("deletecollection") => Some(Verb::DeleteCollection),
        Some(_) => None,
        None if route.watch => Some(Verb::Watch),
        None => by_method(operation.method, route.target == Target::Collection),
    }
}

fn by_method(method: Method, collection: bool) -> Option<Verb> {
    Some(match (method, collection) {
        (Method::Get, true) => Verb::List,
        (Method::Get, false) => Verb::Get,
        (Method::Post, _) => Verb::Create,
        (Method::Put, _) => Verb::Replace,
        (Method::Patch, _) => Verb::Patch,
        (Method::Delete, true) => Verb::DeleteCollection,
        (Method::Delete, false) => Verb::Delete,
        (Method::Other, _) => return None,
    })
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::{Target, route};

    #[test]
    fn paths_are_read() {
        for (path, expected) in [
            (
                "/api/v1/nodes",
                Some(("", "nodes", false, Target::Collection)),
            ),
            (
                "/api/v1/nodes/{name}",
                Some(("", "nodes", false, Target::Object)),
            ),
            (
                "/api/v1/namespaces",
                Some(("", "namespaces", false, Target::Collection)),
            ),
            (
                "/api/v1/namespaces/{name}",
                Some(("", "namespaces", false, Target::Object)),
            ),
            (
                "/api/v1/namespaces/{name}/finalize",
                Some(("", "namespaces", false, Target::Subresource("finalize"))),
            ),
            (
                "/api/v1/namespaces/{namespace}/pods/{name}/proxy/{path}",
                Some(("", "pods", true, Target::Deeper("proxy"))),
            ),
            (
                "/apis/apps/v1/namespaces/{namespace}/deployments",
                Some(("apps", "deployments", true, Target::Collection)),
            ),
            (
                "/apis/apps/v1/watch/deployments",
                Some(("apps", "deployments", false, Target::Collection)),
            ),
            ("/apis/apps/v1/", None),
            ("/version/", None),
            ("/apis/{group}", None),
        ] {
            let found = route(path);
            let found = found.as_ref().map(|route| {
                (
                    route.group_version.group.as_str(),
                    route.plural,
                    route.namespaced,
                    &route.target,
                )
            });
            let expected = expected
                .as_ref()
                .map(|(group, plural, namespaced, target)| (*group, *plural, *namespaced, target));
            assert_eq!(found, expected, "{path}");
        }
    }
}
