pub mod defaults_example_com_v1 {
    //! Types and client of `defaults.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Filling;

        /// The resources of `defaults.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct DefaultsExampleComV1Client {
            client: Client,
        }

        impl DefaultsExampleComV1Client {
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

            /// `fillings` of one namespace.
            #[inline]
            #[must_use]
            pub fn fillings(&self, namespace: &str) -> Api<Filling> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `fillings` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_fillings(&self) -> Api<Filling> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Filling;

        /// The informers of `defaults.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct DefaultsExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> DefaultsExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `fillings`.
            #[inline]
            #[must_use]
            pub fn fillings(&self) -> SharedInformer<Filling> {
                self.factory.informer()
            }
        }

        /// Reads `fillings` from the cache of their informer.
        pub type FillingLister = Lister<Filling>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Filling` of `defaults.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Filling {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`, default `{"size":3}`.
            pub spec: Option<Box<FillingSpec>>,
        }

        codegen::record! {
            Filling {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Filling {
                "defaults.example.com" "v1" "Filling" "fillings" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        impl Filling {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(
                    self,
                    "{\"p\":{\"spec\":{\"d\":{\"size\":3},\"p\":{\"paused\":{\"d\":false},\"ports\":{\"i\":{\"p\":{\"protocol\":{\"d\":\"TCP\"}}}},\"quote\":{\"d\":\"\\\"*/ r#\\\" \\\\ {}\"},\"size\":{\"d\":3},\"strategy\":{\"d\":{\"type\":\"RollingUpdate\"},\"p\":{\"surge\":{\"d\":\"25%\"}}},\"weights\":{\"v\":{\"p\":{\"weight\":{\"d\":0}}}}}}}}",
                )
            }
        }

        /// `FillingSpec` of `defaults.example.com/v1`.
        pub struct FillingSpec {
            /// JSON field `paused`, default `false`.
            pub paused: Option<bool>,
            /// JSON field `plain`.
            pub plain: Option<Box<Plain>>,
            /// JSON field `ports`.
            pub ports: Vec<Port>,
            /// JSON field `quote`, default `"\"*/ r#\" \\ {}"`.
            pub quote: Option<String>,
            /// JSON field `size`, default `3`.
            pub size: Option<i32>,
            /// JSON field `strategy`, default `{"type":"RollingUpdate"}`.
            pub strategy: Option<Box<Strategy>>,
            /// JSON field `weights`.
            pub weights: meta::Map<Weight>,
        }

        codegen::record! {
            FillingSpec {
                "paused" paused,
                "plain" plain,
                "ports" ports,
                "quote" quote,
                "size" size,
                "strategy" strategy,
                "weights" weights,
            }
        }

        /// `Plain` of `defaults.example.com/v1`.
        pub struct Plain {
            /// JSON field `text`.
            pub text: Option<String>,
        }

        codegen::record! {
            Plain {
                "text" text,
            }
        }

        /// `Port` of `defaults.example.com/v1`.
        pub struct Port {
            /// JSON field `name`.
            pub name: Option<String>,
            /// JSON field `protocol`, default `"TCP"`.
            pub protocol: Option<String>,
        }

        codegen::record! {
            Port {
                "name" name,
                "protocol" protocol,
            }
        }

        /// `Strategy` of `defaults.example.com/v1`.
        pub struct Strategy {
            /// JSON field `surge`, default `"25%"`.
            pub surge: Option<meta::IntOrString>,
            /// JSON field `type`.
            pub type_: Option<String>,
        }

        codegen::record! {
            Strategy {
                "surge" surge,
                "type" type_,
            }
        }

        /// `Weight` of `defaults.example.com/v1`.
        pub struct Weight {
            /// JSON field `weight`, default `0`.
            pub weight: Option<i64>,
        }

        codegen::record! {
            Weight {
                "weight" weight,
            }
        }
    }

    pub use client::DefaultsExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{DefaultsExampleComV1Informers, FillingLister};
    pub use types::{Filling, FillingSpec, Plain, Port, Strategy, Weight};
}
