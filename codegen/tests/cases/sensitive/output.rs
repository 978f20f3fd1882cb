pub mod core_v1 {
    //! Types and client of `v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Secret;

        /// The resources of `v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct CoreV1Client {
            client: Client,
        }

        impl CoreV1Client {
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

            /// `secrets` of one namespace.
            #[inline]
            #[must_use]
            pub fn secrets(&self, namespace: &str) -> Api<Secret> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `secrets` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_secrets(&self) -> Api<Secret> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Secret;

        /// The informers of `v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct CoreV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> CoreV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `secrets`.
            #[inline]
            #[must_use]
            pub fn secrets(&self) -> SharedInformer<Secret> {
                self.factory.informer()
            }
        }

        /// Reads `secrets` from the cache of their informer.
        pub type SecretLister = Lister<Secret>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Secret` of `v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Secret {
            /// JSON field `data`.
            pub data: meta::Map<meta::Bytes>,
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `stringData`.
            pub string_data: meta::Map<String>,
            /// JSON field `type`.
            pub type_: Option<String>,
        }

        codegen::record! {
            Secret {
                "data" data [secret],
                "metadata" metadata,
                "stringData" string_data [secret],
                "type" type_,
            }
        }

        codegen::resource! {
            Secret {
                "" "v1" "Secret" "secrets" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }
    }

    pub use client::CoreV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{CoreV1Informers, SecretLister};
    pub use types::Secret;
}
