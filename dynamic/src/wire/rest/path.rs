//! The path of a resource in the API.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::asked::Asked;
use super::problem::{Part, RestProblem};
use crate::model::api_resource::{ApiResource, ScopeKind};

/// The characters that must be escaped in a path segment (RFC 3986 `pchar`).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'/')
    .add(b'%')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// A collection, an object or a subresource, by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) resource: &'a ApiResource,
    pub(crate) namespace: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    /// `status`, or several segments as in `proxy/metrics`.
    pub(crate) subresource: Option<&'a str>,
}

impl Target<'_> {
    /// The absolute path ([rule U1](crate::semantics#u1), [U2](crate::semantics#u2)). Every part of
    /// it is checked, group, version and plural included ([rule U5](crate::semantics#u5),
    /// [U8](crate::semantics#u8)).
    pub(crate) fn path(&self) -> Result<String, RestProblem> {
        self.check_scope()?;
        let ApiResource {
            group,
            version,
            plural,
            ..
        } = self.resource;
        let mut path = String::with_capacity(96);
        if group.is_empty() {
            path.push_str("/api");
        } else {
            path.push_str("/apis");
            push(&mut path, Part::Group, group)?;
        }
        push(&mut path, Part::Version, version)?;
        if let Some(namespace) = self.namespace {
            path.push_str("/namespaces");
            push(&mut path, Part::Namespace, namespace)?;
        }
        push(&mut path, Part::Resource, plural)?;
        if let Some(name) = self.name {
            push(&mut path, Part::Name, name)?;
        }
        for segment in self.subresource.iter().flat_map(|path| path.split('/')) {
            push(&mut path, Part::Subresource, segment)?;
        }
        Ok(path)
    }

    /// A name without a namespace, or a namespace where there can be none, would address
    /// something that does not exist; the server's 404 or 405 would not say so
    /// ([rule U7](crate::semantics#u7)).
    fn check_scope(&self) -> Result<(), RestProblem> {
        let resource = self.resource.group_resource();
        match (self.resource.scope, self.namespace) {
            (Some(ScopeKind::Cluster), Some(_)) => Err(RestProblem::NotNamespaced { resource }),
            (Some(ScopeKind::Namespaced), None) if self.name.is_some() => {
                Err(RestProblem::NoNamespace { resource })
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn asked(&self, verb: &'static str) -> Asked {
        Asked {
            verb,
            group: self.resource.group.clone(),
            resource: match self.subresource {
                Some(subresource) => Cow::Owned(format!("{}/{subresource}", self.resource.plural)),
                None => self.resource.plural.clone(),
            },
            name: self.name.unwrap_or_default().to_owned(),
        }
    }
}

/// Whether a path from the caller is one, and stays where it is. A URL parser takes `..` as
/// a step back, spelled `%2e%2e` too, and a backslash as a slash; it drops line breaks.
pub(crate) fn stays_in_place(path: &str) -> bool {
    let climbs = |segment: &str| {
        let segment: Vec<u8> = percent_decode_str(segment).collect();
        matches!(segment.as_slice(), b"." | b"..")
    };
    path.starts_with('/')
        && !path.contains(|c: char| c == '\\' || c.is_ascii_control())
        && !path.split('/').any(climbs)
}

fn push(path: &mut String, part: Part, text: &str) -> Result<(), RestProblem> {
    let segment = || text.to_owned();
    match text {
        "" => Err(RestProblem::EmptySegment { part }),
        "." | ".." => Err(RestProblem::Climbing {
            part,
            segment: segment(),
        }),
        _ if text.contains(['/', '%']) => Err(RestProblem::ReservedCharacter {
            part,
            segment: segment(),
        }),
        _ => {
            path.push('/');
            path.extend(utf8_percent_encode(text, SEGMENT));
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resource(
        group: &'static str,
        plural: &'static str,
        scope: Option<ScopeKind>,
    ) -> ApiResource {
        ApiResource {
            group: group.into(),
            version: "v1".into(),
            kind: "".into(),
            plural: plural.into(),
            scope,
        }
    }

    fn path(
        resource: &ApiResource,
        namespace: Option<&str>,
        name: Option<&str>,
        subresource: Option<&str>,
    ) -> Result<String, RestProblem> {
        Target {
            resource,
            namespace,
            name,
            subresource,
        }
        .path()
    }

    #[test]
    fn core_and_named_groups_with_and_without_a_namespace() {
        // Rules U1, U2
        let (pods, deployments) = (
            resource("", "pods", None),
            resource("apps", "deployments", None),
        );
        for (resource, namespace, name, sub, expected) in [
            (&pods, None, None, None, "/api/v1/pods"),
            (
                &pods,
                Some("prod"),
                None,
                None,
                "/api/v1/namespaces/prod/pods",
            ),
            (
                &pods,
                Some("prod"),
                Some("web"),
                None,
                "/api/v1/namespaces/prod/pods/web",
            ),
            (&deployments, None, None, None, "/apis/apps/v1/deployments"),
            (
                &deployments,
                Some("prod"),
                Some("web"),
                Some("status"),
                "/apis/apps/v1/namespaces/prod/deployments/web/status",
            ),
            (
                &pods,
                Some("prod"),
                Some("web"),
                Some("proxy/metrics"),
                "/api/v1/namespaces/prod/pods/web/proxy/metrics",
            ),
            (
                &resource("rbac.authorization.k8s.io", "clusterroles", None),
                None,
                Some("system:node"),
                None,
                "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node",
            ),
        ] {
            assert_eq!(path(resource, namespace, name, sub).unwrap(), expected);
        }
    }

    #[test]
    fn each_bad_segment_is_named() {
        // Rules U5, U8
        for bad in ["", ".", "..", "a/b", "a%2fb"] {
            let named = |plural: &'static str| resource("apps", plural, None);
            for (error, what) in [
                (path(&named("pods"), Some(bad), None, None), "namespace"),
                (path(&named("pods"), None, Some(bad), None), "name"),
            ] {
                let error = error.unwrap_err();
                assert!(
                    error.to_string().starts_with(&format!("the {what}")),
                    "{bad}: {error}"
                );
            }
            assert!(path(&named("pods"), None, None, Some("..")).is_err());
            let group = ApiResource {
                group: format!("{bad}x/..").into(),
                ..named("pods")
            };
            assert!(path(&group, None, None, None).is_err());
            let plural = ApiResource {
                plural: bad.to_owned().into(),
                ..named("pods")
            };
            assert!(path(&plural, None, None, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_known_scope_is_held_to() {
        // Rule U7
        let nodes = resource("", "nodes", Some(ScopeKind::Cluster));
        let pods = resource("", "pods", Some(ScopeKind::Namespaced));
        assert!(
            path(&nodes, Some("prod"), None, None)
                .unwrap_err()
                .to_string()
                .contains("belong to the cluster")
        );
        assert!(
            path(&pods, None, Some("web"), None)
                .unwrap_err()
                .to_string()
                .contains("live in namespaces")
        );
        assert!(path(&pods, None, None, None).is_ok());
    }

    proptest! {
        /// Whatever the names are, the path has the segments it should, and no others.
        #[test]
        fn no_name_escapes_its_segment(namespace in ".*", name in ".*") {
            let pods = resource("", "pods", None);
            if let Ok(path) = path(&pods, Some(&namespace), Some(&name), None) {
                let url = url::Url::parse(&format!("http://k{path}?x#y")).unwrap();
                let segments: Vec<_> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 6);
                let decoded = |at: usize| percent_decode_str(segments[at]).decode_utf8().unwrap().into_owned();
                prop_assert_eq!((decoded(3), decoded(5)), (namespace, name));
            }
        }
    }
}
