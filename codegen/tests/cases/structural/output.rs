pub mod structural_example_com_v1 {
    //! Types and client of `structural.example.com/v1`.

    mod client {

        use kubewright_dynamic::codegen::{Api, Client};
        use super::types::Idioms;

        /// The resources of `structural.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct StructuralExampleComV1Client {
            client: Client,
        }

        impl StructuralExampleComV1Client {
            /// A client that sends its requests through `client`.
            #[must_use]
            pub fn new(client: Client) -> Self {
                Self { client }
            }

            /// The client underneath, which reaches any resource.
            #[must_use]
            pub fn client(&self) -> &Client {
                &self.client
            }

            /// `idioms` of one namespace.
            #[must_use]
            pub fn idioms(&self, namespace: &str) -> Api<Idioms> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `idioms` of all namespaces.
            #[must_use]
            pub fn all_idioms(&self) -> Api<Idioms> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright_dynamic::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::types::Idioms;

        /// The informers of `structural.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct StructuralExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> StructuralExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `idioms`.
            #[inline]
            #[must_use]
            pub fn idioms(&self) -> SharedInformer<Idioms> {
                self.factory.informer()
            }
        }

        /// Reads `idioms` from the cache of their informer.
        pub type IdiomsLister = Lister<Idioms>;
    }
    mod resources {

        use kubewright_dynamic::codegen;
        use super::types::Idioms;

        codegen::constructors! {
            Idioms: Namespaced,
        }
    }
    mod types {

        use kubewright_dynamic::codegen::{self, Resource, meta};
        use serde::{Deserialize, Serialize};

        /// `Either` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Either {
            /// JSON field `a`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub a: Option<String>,
            /// JSON field `b`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub b: Option<String>,
        }

        /// Kind `Idioms` of `structural.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Resource)]
        #[serde(default)]
        #[resource(
            group = "structural.example.com",
            version = "v1",
            kind = "Idioms",
            plural = "idioms",
            namespaced,
        )]
        pub struct Idioms {
            /// JSON field `metadata`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<IdiomsSpec>>,
        }

        /// `IdiomsSpec` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct IdiomsSpec {
            /// JSON field `allocations`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub allocations: Vec<Option<i64>>,
            /// JSON field `anything`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub anything: Option<codegen::Json>,
            /// JSON field `cidrs`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub cidrs: Vec<String>,
            /// JSON field `either`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub either: Option<Box<Either>>,
            /// JSON field `embedded`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub embedded: Option<codegen::Json>,
            /// JSON field `headers`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub headers: meta::Map<Vec<String>>,
            /// JSON field `keeps`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keeps: Option<Box<Keeps>>,
            /// JSON field `labels`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub labels: meta::Map<Option<String>>,
            /// JSON field `limitedObject`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub limited_object: meta::Map<bool>,
            /// JSON field `limitedText`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limited_text: Option<String>,
            /// JSON field `limits`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub limits: meta::Map<meta::Quantity>,
            /// JSON field `listOfNone`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub list_of_none: Vec<ListOfNone>,
            /// JSON field `match`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_: Option<SpecMatch>,
            /// JSON field `memory`.
            ///
            /// Limits: pattern `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub memory: Option<meta::Quantity>,
            /// JSON field `mounts`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub mounts: Vec<Vec<String>>,
            /// JSON field `none`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub none: Option<Box<ListOfNone>>,
            /// JSON field `object`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub object: meta::Map<codegen::Json>,
            /// JSON field `oddNumber`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub odd_number: Option<i64>,
            /// JSON field `oddObject`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub odd_object: Option<Box<OddObject>>,
            /// JSON field `oddText`.
            ///
            /// Limits: format `int32`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub odd_text: Option<String>,
            /// JSON field `perhaps`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub perhaps: Option<String>,
            /// JSON field `portBare`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port_bare: Option<meta::IntOrString>,
            /// JSON field `portLimited`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port_limited: Option<meta::IntOrString>,
            /// JSON field `portTyped`.
            ///
            /// Limits: pattern `^.*`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port_typed: Option<meta::IntOrString>,
            /// JSON field `portUnion`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port_union: Option<meta::IntOrString>,
            /// JSON field `requiredNone`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub required_none: ListOfNone,
            /// JSON field `statusCode`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status_code: Option<i64>,
            /// JSON field `template`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub template: Option<Box<SpecTemplate>>,
            /// JSON field `usage`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub usage: Option<Usage>,
        }

        /// `Keeps` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Keeps {
            /// JSON field `known`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            #[serde(flatten)]
            pub unknown: meta::Map<codegen::Json>,
        }

        /// `ListOfNone` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ListOfNone {}

        /// `OddObject` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct OddObject {
            /// JSON field `a`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub a: Option<String>,
        }

        /// `SpecMatch` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum SpecMatch {
            /// `""`.
            Empty,
            /// `!=`.
            NotEqual,
            /// `!~`.
            NotTilde,
            /// `=`.
            Equal,
            /// `=~`.
            EqualTilde,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            SpecMatch {
                Empty = "",
                NotEqual = "!=",
                NotTilde = "!~",
                Equal = "=",
                EqualTilde = "=~",
            }
        }

        /// `SpecTemplate` of `structural.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct SpecTemplate {
            /// JSON field `metadata`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<Box<meta::ObjectMeta>>,
        }

        /// `Usage` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Usage {
            /// `digital signature`.
            DigitalSignature,
            /// `s/mime`.
            SMime,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            Usage {
                DigitalSignature = "digital signature",
                SMime = "s/mime",
            }
        }
    }

    pub use client::StructuralExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{StructuralExampleComV1Informers, IdiomsLister};
    pub use types::{
        Either, Idioms, IdiomsSpec, Keeps, ListOfNone, OddObject, SpecMatch, SpecTemplate,
        Usage,
    };
}
