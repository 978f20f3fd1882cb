//! Names of kinds and resources in every form that people type.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use kubewright::meta::TypeMeta;
use kubewright::{
    ApiResource, GroupKind, GroupResource, GroupVersion, GroupVersionKind, GroupVersionResource,
    NameError, ResourceArg,
};
use proptest::prelude::*;

fn parse<T: FromStr<Err = NameError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_forms_of_a_resource() {
    let deployments = GroupVersionResource::new("apps", "v1", "deployments");
    for text in ["apps/v1/deployments", "deployments.v1.apps"] {
        assert_eq!(parse::<GroupVersionResource>(text), deployments);
    }
    for text in ["v1/pods", "pods.v1.", "pods.v1"] {
        assert_eq!(
            parse::<GroupVersionResource>(text),
            GroupVersionResource::new("", "v1", "pods")
        );
    }
    let ingresses = GroupVersionResource::new("networking.k8s.io", "v1", "ingresses");
    assert_eq!(
        parse::<GroupVersionResource>("ingresses.v1.networking.k8s.io"),
        ingresses
    );
}

#[test]
fn the_forms_of_a_kind() {
    let deployment = GroupVersionKind::new("apps", "v1", "Deployment");
    for text in ["apps/v1/Deployment", "Deployment.v1.apps"] {
        assert_eq!(parse::<GroupVersionKind>(text), deployment);
    }
    for text in ["v1/Pod", "Pod.v1."] {
        assert_eq!(
            parse::<GroupVersionKind>(text),
            GroupVersionKind::new("", "v1", "Pod")
        );
    }
}

/// Rules U5, U8: what could climb out of its place in a URL is refused, the group included.
#[test]
fn invalid_segments_are_refused() {
    let fails = |text: &str| {
        assert!(
            text.parse::<GroupVersion>().is_err(),
            "{text:?} as a group and version"
        );
        assert!(
            text.parse::<GroupVersionKind>().is_err(),
            "{text:?} as a kind"
        );
        assert!(
            text.parse::<GroupVersionResource>().is_err(),
            "{text:?} as a resource"
        );
    };
    for text in [
        "",
        "/",
        "//",
        "///",
        ".",
        "..",
        "../v1/pods",
        "apps/../pods",
        "apps/v1/..",
        "apps//pods",
        "/v1/pods",
        "apps/v1/",
        "a/b/v1/pods",
        "ap%2Fps/v1/pods",
        "apps/v1/po ds",
        "a..b/v1/pods",
        ".apps/v1/pods",
        "apps./v1/pods",
        "apps/v1/pods?x",
        "apps/v1/pods#x",
        "apps/v1/pods\n",
        "-/v1/pods",
        "apps/-v1/pods",
        "épps/v1/pods",
        "pods..apps",
        "pods.v1.apps.",
        "pods.v1..",
    ] {
        fails(text);
    }
    fails(&format!("{}/v1/pods", "a".repeat(254)));
    fails(&format!("apps/{}/pods", "v".repeat(64)));
}

#[test]
fn errors_name_the_part_and_a_form_that_would_do() {
    for (error, expected) in [
        (
            "apps/V1".parse::<GroupVersion>().unwrap_err(),
            r#""apps/V1" is not a group and version: the version "V1" has a 'V' in it; expected apps/v1, or v1 for the core group"#,
        ),
        (
            "deployments".parse::<GroupVersionResource>().unwrap_err(),
            r#""deployments" is not a group, version and resource: expected apps/v1/deployments or deployments.v1.apps, in the core group v1/pods or pods.v1."#,
        ),
        (
            "".parse::<ResourceArg>().unwrap_err(),
            r#""" is not a resource: the resource is empty; expected po, deployments.apps, deployments.v1.apps, apps/v1/deployments, or deploy/web for one object"#,
        ),
    ] {
        assert_eq!(error.to_string(), expected);
    }
    let long = "a".repeat(1 << 20);
    assert!(long.parse::<GroupVersion>().unwrap_err().to_string().len() < 500);
}

struct Arg(
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
);

#[test]
fn the_forms_of_an_argument() {
    for Arg(text, versioned, unversioned, name) in [
        Arg("po", None, Some("po"), None),
        Arg("Deployment", None, Some("Deployment"), None),
        Arg("deploy/web", None, Some("deploy"), Some("web")),
        Arg("deployments.apps", None, Some("deployments.apps"), None),
        Arg(
            "deployments.apps/web",
            None,
            Some("deployments.apps"),
            Some("web"),
        ),
        Arg(
            "deployments.v1.apps",
            Some("apps/v1/deployments"),
            Some("deployments.v1.apps"),
            None,
        ),
        Arg("pods.v1.", Some("v1/pods"), None, None),
        Arg("pods.v1", None, Some("pods.v1"), None),
        Arg("v1/pods", Some("v1/pods"), None, None),
        Arg(
            "apps/v1/deployments",
            Some("apps/v1/deployments"),
            None,
            None,
        ),
        Arg(
            "ingresses.networking.k8s.io",
            Some("k8s.io/networking/ingresses"),
            Some("ingresses.networking.k8s.io"),
            None,
        ),
        Arg(
            "clusterrole/system:node",
            None,
            Some("clusterrole"),
            Some("system:node"),
        ),
    ] {
        let arg: ResourceArg = parse(text);
        assert_eq!(
            arg.versioned().map(ToString::to_string).as_deref(),
            versioned,
            "{text}"
        );
        assert_eq!(
            arg.unversioned().map(ToString::to_string).as_deref(),
            unversioned,
            "{text}"
        );
        assert_eq!(arg.name(), name, "{text}");
    }
}

#[test]
fn arguments_at_fault_are_refused() {
    for text in [
        "",
        "/",
        "/web",
        "deploy/",
        "deploy/..",
        "deploy/.",
        "deploy/a%2fb",
        "a/b/c/d",
        "a/b/c/d/e",
        "../x",
        "..",
        ".",
        "po ds",
        "po,svc",
        "deployments..apps",
        "v1/",
        "apps//x",
        "apps/v1/",
        "*",
    ] {
        assert!(
            text.parse::<ResourceArg>().is_err(),
            "{text:?} was accepted"
        );
    }
}

#[test]
fn type_metadata_becomes_a_kind_and_back() {
    let read = |api_version: &str, kind: &str| {
        let (api_version, kind) = (api_version.to_owned(), kind.to_owned());
        GroupVersionKind::try_from(&TypeMeta { api_version, kind })
    };
    let deployment = read("apps/v1", "Deployment").unwrap();
    assert_eq!(
        deployment,
        GroupVersionKind::new("apps", "v1", "Deployment")
    );
    assert_eq!(TypeMeta::from(&deployment).api_version, "apps/v1");
    assert!(read("", "Deployment").is_err());
    assert!(
        read("v1", "")
            .unwrap_err()
            .to_string()
            .contains("the kind is empty")
    );
}

#[test]
fn a_name_alone_makes_a_resource_without_kind_and_scope() {
    let name: GroupVersionResource = parse("apps/v1/deployments");
    let resource = ApiResource::from(&name);
    assert_eq!((&*resource.kind, resource.scope), ("", None));
    assert_eq!(GroupVersionResource::from(&resource), name);
}

fn check_round_trip<T>(name: &T) -> Result<(), TestCaseError>
where
    T: FromStr<Err = NameError> + Display + Debug + PartialEq,
{
    prop_assert_eq!(&parse::<T>(&name.to_string()), name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_printed_reads_back_equal(
        group in "([a-z0-9]([a-z0-9-]{0,3}[a-z0-9])?(\\.[a-z0-9]{1,4}){0,3})?",
        version in "v[1-9]((alpha|beta)[1-9])?|[a-z0-9]{1,4}",
        resource in "[a-z]([a-z0-9-]{0,6}[a-z0-9])?",
        kind in "[A-Z][A-Za-z0-9]{0,6}",
    ) {
        check_round_trip(&GroupVersion::new(&*group, &*version))?;
        check_round_trip(&GroupVersionKind::new(&*group, &*version, &*kind))?;
        check_round_trip(&GroupVersionResource::new(&*group, &*version, &*resource))?;
        check_round_trip(&GroupKind::new(&*group, &*kind))?;
        check_round_trip(&GroupResource::new(&*group, &*resource))?;

        let dotted = format!("{resource}.{version}.{group}");
        prop_assert_eq!(
            parse::<GroupVersionResource>(&dotted),
            GroupVersionResource::new(&*group, &*version, &*resource)
        );
    }

    #[test]
    fn what_parses_is_safe_in_a_url(text in "[a-z0-9A-Z./%-]{0,16}|\\PC{0,8}") {
        if let Ok(GroupVersionResource { group, version, resource }) = text.parse() {
            for segment in [&*version, &*resource, if group.is_empty() { "core" } else { &*group }] {
                prop_assert!(!segment.is_empty() && segment != "." && segment != "..");
                prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)));
            }
        }
        let _ = text.parse::<ResourceArg>();
    }
}
