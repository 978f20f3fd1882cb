pub mod odd_example_com_v1 {
    //! Types and client of `odd.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Oddity;

        /// The resources of `odd.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct OddExampleComV1Client {
            client: Client,
        }

        impl OddExampleComV1Client {
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

            /// `oddities` of one namespace.
            #[inline]
            #[must_use]
            pub fn oddities(&self, namespace: &str) -> Api<Oddity> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `oddities` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_oddities(&self) -> Api<Oddity> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Oddity;

        /// The informers of `odd.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct OddExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> OddExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `oddities`.
            #[inline]
            #[must_use]
            pub fn oddities(&self) -> SharedInformer<Oddity> {
                self.factory.informer()
            }
        }

        /// Reads `oddities` from the cache of their informer.
        pub type OddityLister = Lister<Oddity>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// `Address` of `odd.example.com/v1`.
        pub struct Address {
            /// JSON field `type`, required.
            pub type_: AddressType,
            /// JSON field `value`, required.
            pub value: String,
        }

        codegen::record! {
            Address {
                "type" type_,
                "value" value,
            }
        }

        /// `AddressType` of `odd.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum AddressType {
            /// `IPv4`.
            IPv4,
            /// `IPv6`.
            IPv6,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            AddressType {
                IPv4 = "IPv4",
                IPv6 = "IPv6",
            }
        }

        /// Kind `Oddity` of `odd.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Subresources: `scale`.
        ///
        /// Short names: `odd`.
        ///
        /// Categories: `all`, `curious`.
        ///
        /// Printed columns: `Ready` `.status.conditions[?(@.type=="Ready")].status`.
        ///
        /// Deprecated: the server warns `odd.example.com/v1 Oddity goes away`.
        pub struct Oddity {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `operation`.
            pub operation: Option<Box<OddityOperation>>,
            /// JSON field `spec`.
            pub spec: Option<Box<OdditySpec>>,
            /// JSON field `status`, default `{"observedGeneration":-1}`.
            pub status: Option<Box<OddityStatus>>,
        }

        codegen::record! {
            Oddity {
                "metadata" metadata,
                "operation" operation,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Oddity {
                "odd.example.com" "v1" "Oddity" "oddities" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection HasScale
            }
        }

        impl Oddity {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(
                    self,
                    "{\"p\":{\"status\":{\"d\":{\"observedGeneration\":-1}}}}",
                )
            }
        }

        /// `OddityOperation` of `odd.example.com/v1`.
        pub struct OddityOperation {
            /// JSON field `retry`.
            pub retry: Option<bool>,
        }

        codegen::record! {
            OddityOperation {
                "retry" retry,
            }
        }

        /// `OdditySpec` of `odd.example.com/v1`.
        pub struct OdditySpec {
            /// JSON field `$ref`.
            pub ref_2: Option<String>,
            /// JSON field `9lives`.
            pub _9lives: Option<String>,
            /// JSON field `CACerts`.
            pub ca_certs: Option<String>,
            /// JSON field `Paused`.
            pub paused: Option<bool>,
            /// JSON field `a.b`.
            pub a_b: Option<String>,
            /// JSON field `a/b`.
            pub a_b_2: Option<String>,
            /// JSON field `address`.
            pub address: Option<Box<Address>>,
            /// JSON field `continue`.
            pub continue_: Option<String>,
            /// JSON field `extra`.
            pub extra: meta::Map<Vec<String>>,
            /// JSON field `for`.
            pub for_: Option<String>,
            /// JSON field `granular`.
            pub granular: meta::Map<String>,
            /// JSON field `keep_firing_for`.
            pub keep_firing_for: Option<String>,
            /// JSON field `match`.
            pub match_: Option<String>,
            /// JSON field `open`.
            pub open: meta::Map<codegen::Json>,
            /// JSON field `ports`.
            pub ports: meta::Map<meta::IntOrString>,
            /// JSON field `power`.
            pub power: Option<Power>,
            /// JSON field `ref`.
            pub ref_: Option<String>,
            /// JSON field `replicas`.
            pub replicas: Option<i32>,
            /// JSON field `selector`, replaced as a whole.
            pub selector: Option<Box<SpecSelector>>,
            /// JSON field `static`.
            pub static_: Option<String>,
            /// JSON field `steps`, replaced as a whole.
            pub steps: Vec<Vec<String>>,
            /// JSON field `tier`.
            pub tier: Option<String>,
            /// JSON field `type`.
            pub type_: Option<String>,
            /// JSON field `union`.
            pub union: Option<Box<Union>>,
            /// JSON field `visibility`.
            pub visibility: Option<Visibility>,
            /// JSON field `with space`.
            pub with_space: Option<String>,
            /// JSON field `x-kubernetes-validations`.
            pub x_kubernetes_validations: Option<String>,
            /// JSON field `x-metadata`.
            pub x_metadata: Option<String>,
        }

        codegen::record! {
            OdditySpec {
                "$ref" ref_2,
                "9lives" _9lives,
                "CACerts" ca_certs,
                "Paused" paused,
                "a.b" a_b,
                "a/b" a_b_2,
                "address" address,
                "continue" continue_,
                "extra" extra,
                "for" for_,
                "granular" granular,
                "keep_firing_for" keep_firing_for,
                "match" match_,
                "open" open,
                "ports" ports,
                "power" power,
                "ref" ref_,
                "replicas" replicas,
                "selector" selector,
                "static" static_,
                "steps" steps,
                "tier" tier,
                "type" type_,
                "union" union,
                "visibility" visibility,
                "with space" with_space,
                "x-kubernetes-validations" x_kubernetes_validations,
                "x-metadata" x_metadata,
            }
        }

        /// `OddityStatus` of `odd.example.com/v1`.
        pub struct OddityStatus {
            /// JSON field `HPAReplicas`.
            pub hpa_replicas: Option<i32>,
            /// JSON field `observedGeneration`.
            pub observed_generation: Option<i64>,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<codegen::Json>,
        }

        codegen::record! {
            OddityStatus {
                "HPAReplicas" hpa_replicas,
                "observedGeneration" observed_generation,
                .. unknown
            }
        }

        /// `Power` of `odd.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Power {
            /// `1`.
            V1,
            /// `=`.
            Equal,
            /// `Off`.
            Off,
            /// `On`.
            On,
            /// `yes`.
            Yes,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            Power {
                V1 = "1",
                Equal = "=",
                Off = "Off",
                On = "On",
                Yes = "yes",
            }
        }

        /// `SpecSelector` of `odd.example.com/v1`.
        pub struct SpecSelector {
            /// JSON field `key`.
            pub key: Option<String>,
        }

        codegen::record! {
            SpecSelector {
                "key" key,
            }
        }

        /// `Union` of `odd.example.com/v1`.
        pub struct Union {
            /// JSON field `a`.
            pub a: Option<String>,
            /// JSON field `b`.
            pub b: Option<String>,
            /// JSON field `c`.
            pub c: Option<String>,
        }

        codegen::record! {
            Union {
                "a" a,
                "b" b,
                "c" c,
            }
        }

        /// `Visibility` of `odd.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Visibility {
            /// `Private`.
            Private,
            /// `Public`.
            Public,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            Visibility {
                Private = "Private",
                Public = "Public",
            }
        }
    }

    pub use client::OddExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{OddExampleComV1Informers, OddityLister};
    pub use types::{
        Address, AddressType, Oddity, OddityOperation, OdditySpec, OddityStatus, Power,
        SpecSelector, Union, Visibility,
    };
}
