pub mod exactvalues_example_com_v1 {
    //! Types and client of `exactvalues.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Exact;

        /// The resources of `exactvalues.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct ExactvaluesExampleComV1Client {
            client: Client,
        }

        impl ExactvaluesExampleComV1Client {
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

            /// `exacts` of one namespace.
            #[inline]
            #[must_use]
            pub fn exacts(&self, namespace: &str) -> Api<Exact> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `exacts` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_exacts(&self) -> Api<Exact> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Exact;

        /// The informers of `exactvalues.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct ExactvaluesExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> ExactvaluesExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `exacts`.
            #[inline]
            #[must_use]
            pub fn exacts(&self) -> SharedInformer<Exact> {
                self.factory.informer()
            }
        }

        /// Reads `exacts` from the cache of their informer.
        pub type ExactLister = Lister<Exact>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Exact` of `exactvalues.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Exact {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<ExactSpec>>,
            /// JSON field `status`.
            pub status: Option<Box<ExactStatus>>,
        }

        codegen::record! {
            Exact {
                "metadata" metadata,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Exact {
                "exactvalues.example.com" "v1" "Exact" "exacts" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `ExactSpec` of `exactvalues.example.com/v1`.
        pub struct ExactSpec {
            /// JSON field `ca`.
            pub ca: Option<meta::Bytes>,
            /// JSON field `double`.
            pub double: Option<f64>,
            /// JSON field `float`.
            pub float: Option<f64>,
            /// JSON field `input`.
            pub input: Option<meta::RawExtension>,
            /// JSON field `inputs`.
            pub inputs: Vec<meta::RawExtension>,
            /// JSON field `large`.
            pub large: Option<i64>,
            /// JSON field `limits`.
            pub limits: meta::Map<meta::Quantity>,
            /// JSON field `memory`.
            ///
            /// Limits: pattern `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`.
            pub memory: Option<meta::Quantity>,
            /// JSON field `port`.
            pub port: Option<meta::IntOrString>,
            /// JSON field `ports`.
            pub ports: Vec<meta::IntOrString>,
            /// JSON field `ratio`.
            pub ratio: Option<f64>,
            /// JSON field `ratios`.
            pub ratios: Vec<f64>,
            /// JSON field `since`, required, may be null.
            pub since: Option<meta::Time>,
            /// JSON field `small`.
            pub small: Option<i32>,
            /// JSON field `times`.
            pub times: Vec<meta::Time>,
            /// JSON field `unbounded`.
            pub unbounded: Option<i64>,
            /// JSON field `unsigned`.
            pub unsigned: Option<u64>,
        }

        codegen::record! {
            ExactSpec {
                "ca" ca,
                "double" double,
                "float" float,
                "input" input,
                "inputs" inputs,
                "large" large,
                "limits" limits,
                "memory" memory,
                "port" port,
                "ports" ports,
                "ratio" ratio,
                "ratios" ratios,
                "since" since [always],
                "small" small,
                "times" times,
                "unbounded" unbounded,
                "unsigned" unsigned,
            }
        }

        /// `ExactStatus` of `exactvalues.example.com/v1`.
        pub struct ExactStatus {
            /// JSON field `conditions`.
            pub conditions: Vec<meta::Condition>,
        }

        codegen::record! {
            ExactStatus {
                "conditions" conditions,
            }
        }
    }

    pub use client::ExactvaluesExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{ExactvaluesExampleComV1Informers, ExactLister};
    pub use types::{Exact, ExactSpec, ExactStatus};
}
