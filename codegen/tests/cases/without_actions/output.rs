pub mod bare_example_com_v1 {
    //! Types and client of `bare.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Machine;

        /// The resources of `bare.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct BareExampleComV1Client {
            client: Client,
        }

        impl BareExampleComV1Client {
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

            /// `machines` of one namespace.
            #[inline]
            #[must_use]
            pub fn machines(&self, namespace: &str) -> Api<Machine> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `machines` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_machines(&self) -> Api<Machine> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Machine;

        /// The informers of `bare.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct BareExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> BareExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `machines`.
            #[inline]
            #[must_use]
            pub fn machines(&self) -> SharedInformer<Machine> {
                self.factory.informer()
            }
        }

        /// Reads `machines` from the cache of their informer.
        pub type MachineLister = Lister<Machine>;
    }
    mod subresources {

        /// `machines/start`, answered with text.
        #[derive(Clone, Copy, Debug)]
        pub struct MachineStart;

        impl kubewright::codegen::Connect for MachineStart {
            type Parent = super::Machine;
            type Options = MachineStartOptions;
            const NAME: &'static str = "start";
            const METHOD: &'static str = "PUT";
        }

        /// Query parameters of `machines/start`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct MachineStartOptions {}

        impl kubewright::codegen::Parameters for MachineStartOptions {
            fn each(&self, _add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {}
        }

        impl kubewright::codegen::Text for MachineStart {}
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Machine` of `bare.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `delete`.
        ///
        /// Subresources without an object: `start`.
        pub struct Machine {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<MachineSpec>>,
        }

        codegen::record! {
            Machine {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Machine {
                "bare.example.com" "v1" "Machine" "machines" Namespaced
                Get List Watch Create Replace Delete
            }
        }

        /// `MachineSpec` of `bare.example.com/v1`.
        pub struct MachineSpec {
            /// JSON field `cpu`, required.
            pub cpu: codegen::Json,
        }

        codegen::record! {
            MachineSpec {
                "cpu" cpu,
            }
        }
    }

    pub use client::BareExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{BareExampleComV1Informers, MachineLister};
    pub use subresources::{MachineStart, MachineStartOptions};
    pub use types::{Machine, MachineSpec};
}
