pub mod patchkinds_example_com_v1 {
    //! Types and client of `patchkinds.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::{BuiltIn, Custom};

        /// The resources of `patchkinds.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct PatchkindsExampleComV1Client {
            client: Client,
        }

        impl PatchkindsExampleComV1Client {
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

            /// `builtins`.
            #[inline]
            #[must_use]
            pub fn built_ins(&self) -> Api<BuiltIn> {
                Api::cluster(self.client.clone())
            }

            /// `customs`.
            #[inline]
            #[must_use]
            pub fn customs(&self) -> Api<Custom> {
                Api::cluster(self.client.clone())
            }
        }
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `BuiltIn` of `patchkinds.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `update`, `patch`.
        pub struct BuiltIn {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
        }

        codegen::record! {
            BuiltIn {
                "metadata" metadata,
            }
        }

        codegen::resource! {
            BuiltIn {
                "patchkinds.example.com" "v1" "BuiltIn" "builtins" Cluster
                Replace Patch StrategicPatch
            }
        }

        /// Kind `Custom` of `patchkinds.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `update`, `patch`.
        pub struct Custom {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
        }

        codegen::record! {
            Custom {
                "metadata" metadata,
            }
        }

        codegen::resource! {
            Custom {
                "patchkinds.example.com" "v1" "Custom" "customs" Cluster
                Replace Patch
            }
        }
    }

    pub use client::PatchkindsExampleComV1Client;
    pub use types::{BuiltIn, Custom};
}
