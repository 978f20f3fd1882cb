pub mod embedded_example_com_v1 {
    //! Types and client of `embedded.example.com/v1`.

    mod client {

        use kubewright_dynamic::codegen::{Api, Client};
        use super::types::{Claim, Set};

        /// The resources of `embedded.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct EmbeddedExampleComV1Client {
            client: Client,
        }

        impl EmbeddedExampleComV1Client {
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

            /// `claims` of one namespace.
            #[must_use]
            pub fn claims(&self, namespace: &str) -> Api<Claim> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `sets` of one namespace.
            #[must_use]
            pub fn sets(&self, namespace: &str) -> Api<Set> {
                Api::namespaced(self.client.clone(), namespace)
            }
        }
    }
    mod resources {

        use kubewright_dynamic::codegen;
        use super::types::{Claim, Set};

        codegen::constructors! {
            Claim: Namespaced,
            Set: Namespaced,
        }
    }
    mod types {

        use kubewright_dynamic::codegen::{self, Resource, meta};
        use serde::{Deserialize, Serialize};

        /// Kind `Claim` of `embedded.example.com/v1`, namespaced.
        ///
        /// Verbs: `update`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Resource)]
        #[serde(default)]
        #[resource(
            group = "embedded.example.com",
            version = "v1",
            kind = "Claim",
            plural = "claims",
            namespaced,
            verbs(update),
        )]
        pub struct Claim {
            /// JSON field `metadata`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<ClaimSpec>>,
        }

        /// `ClaimSpec` of `embedded.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ClaimSpec {
            /// JSON field `size`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<String>,
        }

        /// `EmbeddedClaim` of `embedded.example.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct EmbeddedClaim {
            /// JSON field `apiVersion`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub api_version: Option<String>,
            /// JSON field `kind`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            /// JSON field `metadata`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<Box<meta::ObjectMeta>>,
            /// JSON field `spec`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<ClaimSpec>>,
        }

        /// Kind `Set` of `embedded.example.com/v1`, namespaced.
        ///
        /// Verbs: `update`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Resource)]
        #[serde(default, rename_all = "camelCase")]
        #[resource(
            group = "embedded.example.com",
            version = "v1",
            kind = "Set",
            plural = "sets",
            namespaced,
            verbs(update),
        )]
        pub struct Set {
            /// JSON field `claimTemplates`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub claim_templates: Vec<EmbeddedClaim>,
            /// JSON field `metadata`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub metadata: meta::ObjectMeta,
        }
    }

    pub use client::EmbeddedExampleComV1Client;
    pub use types::{Claim, ClaimSpec, EmbeddedClaim, Set};
}
