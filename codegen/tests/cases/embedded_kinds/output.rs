pub mod embedded_example_com_v1 {
    //! Types and client of `embedded.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::{Claim, Set};

        /// The resources of `embedded.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct EmbeddedExampleComV1Client {
            client: Client,
        }

        impl EmbeddedExampleComV1Client {
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

            /// `claims` of one namespace.
            #[inline]
            #[must_use]
            pub fn claims(&self, namespace: &str) -> Api<Claim> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `sets` of one namespace.
            #[inline]
            #[must_use]
            pub fn sets(&self, namespace: &str) -> Api<Set> {
                Api::namespaced(self.client.clone(), namespace)
            }
        }
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Claim` of `embedded.example.com/v1`, namespaced.
        ///
        /// Verbs: `update`.
        pub struct Claim {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<ClaimSpec>>,
        }

        codegen::record! {
            Claim {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Claim {
                "embedded.example.com" "v1" "Claim" "claims" Namespaced
                Replace
            }
        }

        /// `ClaimSpec` of `embedded.example.com/v1`.
        pub struct ClaimSpec {
            /// JSON field `size`.
            pub size: Option<String>,
        }

        codegen::record! {
            ClaimSpec {
                "size" size,
            }
        }

        /// `EmbeddedClaim` of `embedded.example.com/v1`.
        pub struct EmbeddedClaim {
            /// JSON field `apiVersion`.
            pub api_version: Option<String>,
            /// JSON field `kind`.
            pub kind: Option<String>,
            /// JSON field `metadata`.
            pub metadata: Option<Box<meta::ObjectMeta>>,
            /// JSON field `spec`.
            pub spec: Option<Box<ClaimSpec>>,
        }

        codegen::record! {
            EmbeddedClaim {
                "apiVersion" api_version,
                "kind" kind,
                "metadata" metadata,
                "spec" spec,
            }
        }

        /// Kind `Set` of `embedded.example.com/v1`, namespaced.
        ///
        /// Verbs: `update`.
        pub struct Set {
            /// JSON field `claimTemplates`.
            pub claim_templates: Vec<EmbeddedClaim>,
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
        }

        codegen::record! {
            Set {
                "claimTemplates" claim_templates,
                "metadata" metadata,
            }
        }

        codegen::resource! {
            Set {
                "embedded.example.com" "v1" "Set" "sets" Namespaced
                Replace
            }
        }
    }

    pub use client::EmbeddedExampleComV1Client;
    pub use types::{Claim, ClaimSpec, EmbeddedClaim, Set};
}
