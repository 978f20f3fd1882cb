//! The meaning of a URL path.
//!
//! The path alone decides which document or which objects are meant; the method and the query
//! decide what happens to them, elsewhere.

use percent_encoding::percent_decode_str;

/// The places of an API server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Root,
    Health,
    Version,
    /// `/api`: the versions of the core group.
    CoreVersions,
    /// `/apis`: the other groups.
    Groups,
    Group(String),
    GroupVersion {
        group: String,
        version: String,
    },
    /// `/openapi/v3`: the index.
    OpenApiIndex,
    /// `/openapi/v3/apis/apps/v1`: one document, by its path in the index.
    OpenApi(String),
    Objects(Target),
    Unknown,
}

/// The objects a path under a group version addresses.
#[derive(Debug, PartialEq, Eq, Default, Clone)]
pub(crate) struct Target {
    pub(crate) group: String,
    pub(crate) version: String,
    /// Empty for cluster scope and for all namespaces.
    pub(crate) namespace: String,
    pub(crate) plural: String,
    /// Empty for the whole collection.
    pub(crate) name: String,
    /// Empty for the object itself.
    pub(crate) subresource: String,
    /// Whether the old `/watch/` prefix was there.
    pub(crate) watch: bool,
}

impl Route {
    pub(crate) fn parse(path: &str) -> Self {
        let Some(segments) = segments(path) else {
            return Self::Unknown;
        };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] => Self::Root,
            ["healthz" | "livez" | "readyz", ..] => Self::Health,
            ["version"] => Self::Version,
            ["api"] => Self::CoreVersions,
            ["apis"] => Self::Groups,
            ["apis", group] => Self::Group((*group).to_owned()),
            ["openapi", "v3"] => Self::OpenApiIndex,
            ["openapi", "v3", rest @ ..] => Self::OpenApi(rest.join("/")),
            ["api", version, rest @ ..] => under("", version, rest),
            ["apis", group, version, rest @ ..] => under(group, version, rest),
            _ => Self::Unknown,
        }
    }
}

/// The decoded segments of a path; `None` when one of them is not UTF-8.
fn segments(path: &str) -> Option<Vec<String>> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts
        .map(|part| Some(percent_decode_str(part).decode_utf8().ok()?.into_owned()))
        .collect()
}

fn under(group: &str, version: &str, rest: &[&str]) -> Route {
    let (group, version) = (group.to_owned(), version.to_owned());
    let (watch, rest) = match rest {
        ["watch", rest @ ..] if !rest.is_empty() => (true, rest),
        rest => (false, rest),
    };
    let (namespace, rest) = match rest {
        [] => return Route::GroupVersion { group, version },
        // A namespace's own subresources look like resources inside it.
        ["namespaces", _, "status" | "finalize"] if group.is_empty() => ("", rest),
        ["namespaces", namespace, inner @ ..] if !inner.is_empty() => (*namespace, inner),
        rest => ("", rest),
    };
    let (plural, name, subresource) = match rest {
        [plural] => (*plural, "", String::new()),
        [plural, name] => (*plural, *name, String::new()),
        [plural, name, sub @ ..] => (*plural, *name, sub.join("/")),
        [] => return Route::Unknown,
    };
    let (namespace, plural, name) = (namespace.into(), plural.into(), name.into());
    Route::Objects(Target {
        group,
        version,
        namespace,
        plural,
        name,
        subresource,
        watch,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(group: &str, namespace: &str, plural: &str, name: &str, subresource: &str) -> Route {
        let owned = str::to_owned;
        Route::Objects(Target {
            group: owned(group),
            version: "v1".into(),
            namespace: owned(namespace),
            plural: owned(plural),
            name: owned(name),
            subresource: owned(subresource),
            watch: false,
        })
    }

    // Rules U1, U2
    #[test]
    fn paths_address_objects() {
        let cases = [
            ("/api/v1/pods", target("", "", "pods", "", "")),
            (
                "/api/v1/namespaces/a/pods/p/log",
                target("", "a", "pods", "p", "log"),
            ),
            (
                "/apis/apps/v1/namespaces/a/deployments",
                target("apps", "a", "deployments", "", ""),
            ),
            ("/api/v1/namespaces", target("", "", "namespaces", "", "")),
            (
                "/api/v1/namespaces/a",
                target("", "", "namespaces", "a", ""),
            ),
            (
                "/api/v1/namespaces/a/status",
                target("", "", "namespaces", "a", "status"),
            ),
            (
                "/api/v1/nodes/n/proxy/x/y",
                target("", "", "nodes", "n", "proxy/x/y"),
            ),
            (
                "/apis/g/v1/things/a%3Ab",
                target("g", "", "things", "a:b", ""),
            ),
        ];
        for (path, wanted) in cases {
            assert_eq!(Route::parse(path), wanted, "{path}");
        }
    }

    #[test]
    fn paths_of_documents() {
        assert_eq!(Route::parse("/"), Route::Root);
        assert_eq!(Route::parse("/apis/"), Route::Groups);
        assert_eq!(
            Route::parse("/openapi/v3/apis/apps/v1"),
            Route::OpenApi("apis/apps/v1".into())
        );
        assert_eq!(
            Route::parse("/apis/apps/v1"),
            Route::GroupVersion {
                group: "apps".into(),
                version: "v1".into()
            }
        );
        assert_eq!(Route::parse("/nope"), Route::Unknown);
        assert_eq!(Route::parse("/api/v1/pods/%ff"), Route::Unknown);
    }
}
