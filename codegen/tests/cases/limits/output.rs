pub mod limits_example_com_v1 {
    //! Types and client of `limits.example.com/v1`.

    mod client {

        use kubewright_dynamic::codegen::{Api, Client};
        use super::types::Bounded;

        /// The resources of `limits.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct LimitsExampleComV1Client {
            client: Client,
        }

        impl LimitsExampleComV1Client {
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

            /// `boundeds`.
            #[must_use]
            pub fn boundeds(&self) -> Api<Bounded> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright_dynamic::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::types::Bounded;

        /// The informers of `limits.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct LimitsExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> LimitsExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `boundeds`.
            #[inline]
            #[must_use]
            pub fn boundeds(&self) -> SharedInformer<Bounded> {
                self.factory.informer()
            }
        }

        /// Reads `boundeds` from the cache of their informer.
        pub type BoundedLister = Lister<Bounded>;
    }
    mod resources {

        use kubewright_dynamic::codegen;
        use super::types::Bounded;

        codegen::constructors! {
            Bounded: Cluster,
        }
    }
    mod types {

        use kubewright_dynamic::codegen::{self, Resource, meta};
        use serde::{Deserialize, Serialize};

        /// Kind `Bounded` of `limits.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Rule: `the name must not be \u{60}x\u{60}`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Resource)]
        #[serde(default)]
        #[resource(
            group = "limits.example.com",
            version = "v1",
            kind = "Bounded",
            plural = "boundeds",
        )]
        pub struct Bounded {
            /// JSON field `metadata`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            ///
            /// Rule: `self.size <= self.most`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<BoundedSpec>>,
        }

        /// `BoundedSpec` of `limits.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct BoundedSpec {
            /// JSON field `address`.
            ///
            /// Limits: format `ipv4`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub address: Option<String>,
            /// JSON field `fixed`.
            ///
            /// Rule: `*/ is immutable #![x]`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fixed: Option<String>,
            /// JSON field `labels`.
            ///
            /// Limits: entries at most `5`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub labels: meta::Map<String>,
            /// JSON field `left`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub left: Option<Box<Left>>,
            /// JSON field `most`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub most: Option<i64>,
            /// JSON field `name`.
            ///
            /// Limits: length at least `1`, length at most `63`, pattern `^[a-z]([-a-z0-9]*[\u{60}\]a-z])?$`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            /// JSON field `old`, deprecated.
            ///
            /// Deprecated: use name.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub old: Option<String>,
            /// JSON field `right`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub right: Option<Box<Left>>,
            /// JSON field `size`.
            ///
            /// Limits: at least `1`, at most `10`, a multiple of `2`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<i64>,
            /// JSON field `tags`.
            ///
            /// Limits: items at least `1`, items at most `3`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub tags: Vec<String>,
        }

        /// `Left` of `limits.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Left {
            /// JSON field `a`.
            ///
            /// Limits: length at least `1`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub a: Option<String>,
            /// JSON field `b`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub b: Option<String>,
        }
    }

    pub use client::LimitsExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{LimitsExampleComV1Informers, BoundedLister};
    pub use types::{Bounded, BoundedSpec, Left};
}
