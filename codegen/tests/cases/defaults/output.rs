pub mod defaults_example_com_v1 {
    //! Types and client of `defaults.example.com/v1`.

    mod client {

        use kubewright_dynamic::codegen::{Api, Client};
        use super::types::Filling;

        /// The resources of `defaults.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct DefaultsExampleComV1Client {
            client: Client,
        }

        impl DefaultsExampleComV1Client {
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

            /// `fillings` of one namespace.
            #[must_use]
            pub fn fillings(&self, namespace: &str) -> Api<Filling> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `fillings` of all namespaces.
            #[must_use]
            pub fn all_fillings(&self) -> Api<Filling> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright_dynamic::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::types::Filling;

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
    mod resources {

        use kubewright_dynamic::codegen;
        use super::types::Filling;

        codegen::constructors! {
            Filling: Namespaced,
        }

        impl Filling {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(
                    self,
                    "{\"p\":{\"spec\":{\"d\":{},\"p\":{\"paused\":{\"d\":false},\"ports\":{\"i\":{\"p\":{\"protocol\":{\"d\":\"TCP\"}}}},\"quote\":{\"d\":\"\\\"*/ r#\\\" \\\\ {}\"},\"size\":{\"d\":3},\"strategy\":{\"d\":{\"type\":\"RollingUpdate\"},\"p\":{\"surge\":{\"d\":\"25%\"}}},\"weights\":{\"v\":{\"p\":{\"weight\":{\"d\":0}}}}}}}}",
                )
            }
        }
    }
    mod types {

        use kubewright_dynamic::codegen::{self, Resource, meta};
        use serde::{Deserialize, Serialize};

        /// Kind `Filling` of `defaults.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Resource)]
        #[serde(default)]
        #[resource(
            group = "defaults.example.com",
            version = "v1",
            kind = "Filling",
            plural = "fillings",
            namespaced,
        )]
        pub struct Filling {
            /// JSON field `metadata`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`, default `{}`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<FillingSpec>>,
        }

        /// `FillingSpec` of `defaults.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct FillingSpec {
            /// JSON field `paused`, default `false`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub paused: Option<bool>,
            /// JSON field `plain`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub plain: Option<Box<Plain>>,
            /// JSON field `ports`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub ports: Vec<Port>,
            /// JSON field `quote`, default `"\"*/ r#\" \\ {}"`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub quote: Option<String>,
            /// JSON field `size`, default `3`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<i32>,
            /// JSON field `strategy`, default `{"type":"RollingUpdate"}`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<Box<Strategy>>,
            /// JSON field `weights`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub weights: meta::Map<Weight>,
        }

        /// `Plain` of `defaults.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Plain {
            /// JSON field `text`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub text: Option<String>,
        }

        /// `Port` of `defaults.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Port {
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            /// JSON field `protocol`, default `"TCP"`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<String>,
        }

        /// `Strategy` of `defaults.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Strategy {
            /// JSON field `surge`, default `"25%"`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub surge: Option<meta::IntOrString>,
            /// JSON field `type`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
        }

        /// `Weight` of `defaults.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Weight {
            /// JSON field `weight`, default `0`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }
    }

    pub use client::DefaultsExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{DefaultsExampleComV1Informers, FillingLister};
    pub use types::{Filling, FillingSpec, Plain, Port, Strategy, Weight};
}
