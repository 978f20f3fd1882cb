//! The implementations that the derive makes from a struct.

use kubewright as elsewhere;
use kubewright::{
    Cluster, HasMetadata, Namespaced, Object, ObjectMeta, Resource, ScopeKind, verbs,
};
use serde::{Deserialize, Serialize};

/// Whether a type implements a trait, as a value: an inherent constant goes before a
/// trait's, and is there only where the bound holds.
macro_rules! implements {
    ($type:ty: $trait:path) => {{
        #[allow(dead_code, reason = "one of the two constants goes unused")]
        trait Otherwise {
            const YES: bool = false;
        }
        impl<T: ?Sized> Otherwise for T {}
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "one of the two constants goes unused")]
        impl<T: ?Sized + $trait> Probe<T> {
            const YES: bool = true;
        }
        <Probe<$type>>::YES
    }};
}

macro_rules! verbs_of {
    ($type:ty) => {{
        let verbs = [
            ("get", implements!($type: verbs::Get)),
            ("list", implements!($type: verbs::List)),
            ("watch", implements!($type: verbs::Watch)),
            ("create", implements!($type: verbs::Create)),
            ("update", implements!($type: verbs::Replace)),
            ("patch", implements!($type: verbs::Patch)),
            ("delete", implements!($type: verbs::Delete)),
            ("deletecollection", implements!($type: verbs::DeleteCollection)),
            ("status", implements!($type: verbs::HasStatus)),
            ("scale", implements!($type: verbs::HasScale)),
        ];
        let there: Vec<&str> = verbs.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        there.join(" ")
    }};
}

const ALL: &str = "get list watch create update patch delete deletecollection";

#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1alpha1", namespaced)]
struct NetworkPolicy {
    metadata: ObjectMeta,
    status: Option<String>,
}

#[derive(Resource, Clone, Default, Serialize, Deserialize)]
#[resource(group = "", version = "v1", verbs(create))]
struct Binding {
    metadata: ObjectMeta,
}

/// Every option at once, and each field that might be mistaken for a forbidden one.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "example.com",
    version = "v1beta1",
    kind = "Gadget",
    plural = "gadgetry"
)]
#[resource(
    namespaced = true,
    verbs(get, deletecollection,),
    status = false,
    crate = "elsewhere"
)]
#[resource(scale(
    spec = ".spec.size",
    status = ".status.size",
    selector = ".status.selector"
))]
#[serde(rename_all = "camelCase")]
struct Widget {
    metadata: ObjectMeta,
    #[serde(rename = "kinds")]
    kind: String,
    #[serde(skip)]
    api_version: String,
    r#type: String,
    status: Option<String>,
}

#[derive(Resource, Clone, Default, Serialize, Deserialize)]
#[resource(
    group = "example.com",
    version = "v1",
    verbs(),
    status,
    scale,
    namespaced = false
)]
struct Nothing {
    metadata: ObjectMeta,
}

#[test]
fn what_is_not_stated_follows_from_the_struct() {
    assert_eq!(
        (
            NetworkPolicy::GROUP,
            NetworkPolicy::VERSION,
            NetworkPolicy::KIND,
            NetworkPolicy::PLURAL
        ),
        (
            "example.com",
            "v1alpha1",
            "NetworkPolicy",
            "networkpolicies"
        ),
    );
    assert_eq!(verbs_of!(NetworkPolicy), format!("{ALL} status"));
    assert_eq!(
        NetworkPolicy::api_resource().scope,
        Some(ScopeKind::Namespaced)
    );
}

#[test]
fn what_is_stated_goes_first() {
    assert_eq!(
        (Widget::GROUP, Widget::VERSION, Widget::KIND, Widget::PLURAL),
        ("example.com", "v1beta1", "Gadget", "gadgetry"),
    );
    assert_eq!(verbs_of!(Widget), "get deletecollection scale");
}

#[test]
fn a_kind_that_can_only_be_created_cannot_be_listed() {
    assert_eq!(verbs_of!(Binding), "create");
    assert_eq!(verbs_of!(Nothing), "status scale");
}

#[test]
fn the_scope_is_a_type() {
    fn namespaced<K: Resource<Scope = Namespaced>>() {}
    fn cluster<K: Resource<Scope = Cluster>>() {}
    namespaced::<NetworkPolicy>();
    namespaced::<Widget>();
    cluster::<Binding>();
    cluster::<Nothing>();
}

#[test]
fn metadata_is_the_field() {
    let mut policy = NetworkPolicy::default();
    policy.metadata_mut().name = Some("deny".to_owned());
    policy.metadata.namespace = Some("prod".to_owned());
    assert_eq!(policy.metadata().name.as_deref(), Some("deny"));
    assert_eq!(
        (Object::name(&policy), Object::namespace(&policy)),
        ("deny", Some("prod"))
    );
}

#[test]
fn within_a_function_and_with_nothing_in_scope() {
    mod empty {
        #[derive(Clone, serde::Serialize, serde::Deserialize, kubewright::Resource)]
        #[resource(group = "", version = "v1")]
        pub(super) struct Node {
            metadata: kubewright::ObjectMeta,
        }
    }
    assert_eq!(empty::Node::PLURAL, "nodes");
}
