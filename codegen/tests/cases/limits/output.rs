pub mod limits_example_com_v1 {
    //! Types and client of `limits.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Bounded;

        /// The resources of `limits.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct LimitsExampleComV1Client {
            client: Client,
        }

        impl LimitsExampleComV1Client {
            /// A client that sends its requests through `client`.
            #[inline]
            #[must_use]
            pub fn new(client: Client) -> Self {
                Self { client }
            }

            /// The client underneath, which reaches any resource.
            #[inline]
            #[must_use]
            pub fn client(&self) -> &Client {
                &self.client
            }

            /// `boundeds`.
            #[inline]
            #[must_use]
            pub fn boundeds(&self) -> Api<Bounded> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Bounded;

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
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Bounded` of `limits.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Rule: `the name must not be \u{60}x\u{60}`.
        pub struct Bounded {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            ///
            /// Rule: `self.size <= self.most`.
            pub spec: Option<Box<BoundedSpec>>,
        }

        codegen::record! {
            Bounded {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Bounded {
                "limits.example.com" "v1" "Bounded" "boundeds" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `BoundedSpec` of `limits.example.com/v1`.
        pub struct BoundedSpec {
            /// JSON field `address`.
            ///
            /// Limits: format `ipv4`.
            pub address: Option<String>,
            /// JSON field `fixed`.
            ///
            /// Rule: `*/ is immutable #![x]`.
            pub fixed: Option<String>,
            /// JSON field `labels`.
            ///
            /// Limits: entries at most `5`.
            pub labels: meta::Map<String>,
            /// JSON field `left`.
            pub left: Option<Box<Left>>,
            /// JSON field `most`.
            pub most: Option<i64>,
            /// JSON field `name`.
            ///
            /// Limits: length at least `1`, length at most `63`, pattern `^[a-z]([-a-z0-9]*[\u{60}\]a-z])?$`.
            pub name: Option<String>,
            /// JSON field `old`, deprecated.
            ///
            /// Deprecated: use name.
            pub old: Option<String>,
            /// JSON field `right`.
            pub right: Option<Box<Left>>,
            /// JSON field `size`.
            ///
            /// Limits: at least `1`, at most `10`, a multiple of `2`.
            pub size: Option<i64>,
            /// JSON field `tags`.
            ///
            /// Limits: items at least `1`, items at most `3`.
            pub tags: Vec<String>,
        }

        codegen::record! {
            BoundedSpec {
                "address" address,
                "fixed" fixed,
                "labels" labels,
                "left" left,
                "most" most,
                "name" name,
                "old" old,
                "right" right,
                "size" size,
                "tags" tags,
            }
        }

        /// `Left` of `limits.example.com/v1`.
        pub struct Left {
            /// JSON field `a`.
            ///
            /// Limits: length at least `1`.
            pub a: Option<String>,
            /// JSON field `b`.
            pub b: Option<String>,
        }

        codegen::record! {
            Left {
                "a" a,
                "b" b,
            }
        }
    }

    pub use client::LimitsExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{LimitsExampleComV1Informers, BoundedLister};
    pub use types::{Bounded, BoundedSpec, Left};
}
