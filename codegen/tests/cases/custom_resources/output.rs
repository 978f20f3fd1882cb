pub mod customresources_example_com_v1 {
    //! Types and client of `customresources.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::{Anything, Fungus, Soil};

        /// The resources of `customresources.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct CustomresourcesExampleComV1Client {
            client: Client,
        }

        impl CustomresourcesExampleComV1Client {
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

            /// `anythings`.
            #[inline]
            #[must_use]
            pub fn anythings(&self) -> Api<Anything> {
                Api::cluster(self.client.clone())
            }

            /// `fungi` of one namespace.
            #[inline]
            #[must_use]
            pub fn fungi(&self, namespace: &str) -> Api<Fungus> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `fungi` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_fungi(&self) -> Api<Fungus> {
                Api::all(self.client.clone())
            }

            /// `soils`.
            #[inline]
            #[must_use]
            pub fn soils(&self) -> Api<Soil> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::{Anything, Fungus, Soil};

        /// The informers of `customresources.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct CustomresourcesExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> CustomresourcesExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `anythings`.
            #[inline]
            #[must_use]
            pub fn anythings(&self) -> SharedInformer<Anything> {
                self.factory.informer()
            }

            /// `fungi`.
            #[inline]
            #[must_use]
            pub fn fungi(&self) -> SharedInformer<Fungus> {
                self.factory.informer()
            }

            /// `soils`.
            #[inline]
            #[must_use]
            pub fn soils(&self) -> SharedInformer<Soil> {
                self.factory.informer()
            }
        }

        /// Reads `anythings` from the cache of their informer.
        pub type AnythingLister = Lister<Anything>;

        /// Reads `fungi` from the cache of their informer.
        pub type FungusLister = Lister<Fungus>;

        /// Reads `soils` from the cache of their informer.
        pub type SoilLister = Lister<Soil>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Anything` of `customresources.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Anything {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<codegen::Json>,
        }

        codegen::record! {
            Anything {
                "metadata" metadata,
                .. unknown except "apiVersion" "kind"
            }
        }

        codegen::resource! {
            Anything {
                "customresources.example.com" "v1" "Anything" "anythings" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// Kind `Fungus` of `customresources.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Subresources: `status`, `scale`.
        ///
        /// Rule: `self.metadata.name != 'mould'`.
        ///
        /// Short names: `fg`.
        ///
        /// Grows by itself.
        pub struct Fungus {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`, required.
            pub spec: FungusSpec,
            /// JSON field `status`.
            pub status: Option<Box<FungusStatus>>,
        }

        codegen::record! {
            Fungus {
                "metadata" metadata,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Fungus {
                "customresources.example.com" "v1" "Fungus" "fungi" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection HasStatus HasScale
            }
        }

        impl Fungus {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(self, "{\"p\":{\"spec\":{\"p\":{\"caps\":{\"d\":1}}}}}")
            }
        }

        /// `FungusSpec` of `customresources.example.com/v1`.
        pub struct FungusSpec {
            /// JSON field `caps`, default `1`.
            pub caps: Option<i32>,
        }

        codegen::record! {
            FungusSpec {
                "caps" caps,
            }
        }

        /// `FungusStatus` of `customresources.example.com/v1`.
        pub struct FungusStatus {
            /// JSON field `caps`.
            pub caps: Option<i32>,
        }

        codegen::record! {
            FungusStatus {
                "caps" caps,
            }
        }

        /// Kind `Soil` of `customresources.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Soil {
            /// JSON field `acidity`.
            pub acidity: Option<f64>,
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `status`.
            pub status: Option<Box<SoilStatus>>,
        }

        codegen::record! {
            Soil {
                "acidity" acidity,
                "metadata" metadata,
                "status" status,
            }
        }

        codegen::resource! {
            Soil {
                "customresources.example.com" "v1" "Soil" "soils" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `SoilStatus` of `customresources.example.com/v1`.
        pub struct SoilStatus {
            /// JSON field `dry`.
            pub dry: Option<bool>,
        }

        codegen::record! {
            SoilStatus {
                "dry" dry,
            }
        }
    }

    pub use client::CustomresourcesExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{
        CustomresourcesExampleComV1Informers, AnythingLister, FungusLister, SoilLister,
    };
    pub use types::{Anything, Fungus, FungusSpec, FungusStatus, Soil, SoilStatus};
}
pub mod customresources_example_com_v1beta1 {
    //! Types and client of `customresources.example.com/v1beta1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Fungus;

        /// The resources of `customresources.example.com/v1beta1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct CustomresourcesExampleComV1beta1Client {
            client: Client,
        }

        impl CustomresourcesExampleComV1beta1Client {
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

            /// `fungi` of one namespace.
            #[inline]
            #[must_use]
            pub fn fungi(&self, namespace: &str) -> Api<Fungus> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `fungi` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_fungi(&self) -> Api<Fungus> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Fungus;

        /// The informers of `customresources.example.com/v1beta1`.
        #[derive(Clone, Copy, Debug)]
        pub struct CustomresourcesExampleComV1beta1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> CustomresourcesExampleComV1beta1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `fungi`.
            #[inline]
            #[must_use]
            pub fn fungi(&self) -> SharedInformer<Fungus> {
                self.factory.informer()
            }
        }

        /// Reads `fungi` from the cache of their informer.
        pub type FungusLister = Lister<Fungus>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Fungus` of `customresources.example.com/v1beta1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Short names: `fg`.
        ///
        /// Deprecated: the server warns of this version.
        pub struct Fungus {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<FungusSpec>>,
        }

        codegen::record! {
            Fungus {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Fungus {
                "customresources.example.com" "v1beta1" "Fungus" "fungi" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `FungusSpec` of `customresources.example.com/v1beta1`.
        pub struct FungusSpec {
            /// JSON field `caps`.
            pub caps: Option<i32>,
        }

        codegen::record! {
            FungusSpec {
                "caps" caps,
            }
        }
    }

    pub use client::CustomresourcesExampleComV1beta1Client;
    #[cfg(feature = "informers")]
    pub use informers::{CustomresourcesExampleComV1beta1Informers, FungusLister};
    pub use types::{Fungus, FungusSpec};
}
