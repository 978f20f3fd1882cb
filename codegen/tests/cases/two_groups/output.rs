pub mod left_example_com_v1 {
    //! Types and client of `left.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Left;

        /// The resources of `left.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct LeftExampleComV1Client {
            client: Client,
        }

        impl LeftExampleComV1Client {
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

            /// `lefts` of one namespace.
            #[inline]
            #[must_use]
            pub fn lefts(&self, namespace: &str) -> Api<Left> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `lefts` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_lefts(&self) -> Api<Left> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Left;

        /// The informers of `left.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct LeftExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> LeftExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `lefts`.
            #[inline]
            #[must_use]
            pub fn lefts(&self) -> SharedInformer<Left> {
                self.factory.informer()
            }
        }

        /// Reads `lefts` from the cache of their informer.
        pub type LeftLister = Lister<Left>;
    }
    mod subresources {

        /// `lefts/token`.
        #[cfg(feature = "right_example_com_v1beta1")]
        #[derive(Clone, Copy, Debug)]
        pub struct LeftToken;

        #[cfg(feature = "right_example_com_v1beta1")]
        impl kubewright::codegen::Subresource for LeftToken {
            type Parent = super::Left;
            type Body = super::super::right_example_com_v1beta1::Token;
            const NAME: &'static str = "token";
            const API_VERSION: &'static str = "right.example.com/v1beta1";
            const KIND: &'static str = "Token";
        }

        #[cfg(feature = "right_example_com_v1beta1")]
        impl kubewright::codegen::verbs::Create for LeftToken {}
    }
    mod types {

        use kubewright::codegen::{self, meta};
        use super::Shared;

        /// Kind `Left` of `left.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Subresources: `token`.
        pub struct Left {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `shared`.
            pub shared: Option<Box<Shared>>,
        }

        codegen::record! {
            Left {
                "metadata" metadata,
                "shared" shared,
            }
        }

        codegen::resource! {
            Left {
                "left.example.com" "v1" "Left" "lefts" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }
    }
    mod shared_types {

        use kubewright::codegen;

        /// `Shared` of `left.example.com/v1`.
        pub struct Shared {
            /// JSON field `x`.
            pub x: Option<String>,
        }

        codegen::record! {
            Shared {
                "x" x,
            }
        }
    }

    pub use client::LeftExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{LeftExampleComV1Informers, LeftLister};
    #[cfg(feature = "right_example_com_v1beta1")]
    pub use subresources::LeftToken;
    pub use types::Left;
    pub use shared_types::Shared;
}
pub mod right_example_com_v1beta1 {
    //! Types and client of `right.example.com/v1beta1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Right;

        /// The resources of `right.example.com/v1beta1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct RightExampleComV1beta1Client {
            client: Client,
        }

        impl RightExampleComV1beta1Client {
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

            /// `rights`.
            #[inline]
            #[must_use]
            pub fn rights(&self) -> Api<Right> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Right;

        /// The informers of `right.example.com/v1beta1`.
        #[derive(Clone, Copy, Debug)]
        pub struct RightExampleComV1beta1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> RightExampleComV1beta1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `rights`.
            #[inline]
            #[must_use]
            pub fn rights(&self) -> SharedInformer<Right> {
                self.factory.informer()
            }
        }

        /// Reads `rights` from the cache of their informer.
        pub type RightLister = Lister<Right>;
    }
    mod types {

        use kubewright::codegen::{self, meta};
        use super::super::left_example_com_v1;

        /// Kind `Right` of `right.example.com/v1beta1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Right {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `shared`.
            pub shared: Option<Box<left_example_com_v1::Shared>>,
        }

        codegen::record! {
            Right {
                "metadata" metadata,
                "shared" shared,
            }
        }

        codegen::resource! {
            Right {
                "right.example.com" "v1beta1" "Right" "rights" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// Kind `Token` of `right.example.com/v1beta1`, only sent as the body of a subresource.
        pub struct Token {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<TokenSpec>>,
        }

        codegen::record! {
            Token {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Token {
                "right.example.com" "v1beta1" "Token" "" Namespaced
                
            }
        }

        /// `TokenSpec` of `right.example.com/v1beta1`.
        pub struct TokenSpec {
            /// JSON field `seconds`.
            pub seconds: Option<i64>,
        }

        codegen::record! {
            TokenSpec {
                "seconds" seconds,
            }
        }
    }

    pub use client::RightExampleComV1beta1Client;
    #[cfg(feature = "informers")]
    pub use informers::{RightExampleComV1beta1Informers, RightLister};
    pub use types::{Right, Token, TokenSpec};
}
