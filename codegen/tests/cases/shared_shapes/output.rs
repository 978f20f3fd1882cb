pub mod shapes_example_com_v1 {
    //! Types and client of `shapes.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::{Mill, Press};

        /// The resources of `shapes.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct ShapesExampleComV1Client {
            client: Client,
        }

        impl ShapesExampleComV1Client {
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

            /// `mills` of one namespace.
            #[inline]
            #[must_use]
            pub fn mills(&self, namespace: &str) -> Api<Mill> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `mills` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_mills(&self) -> Api<Mill> {
                Api::all(self.client.clone())
            }

            /// `presses` of one namespace.
            #[inline]
            #[must_use]
            pub fn presses(&self, namespace: &str) -> Api<Press> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `presses` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_presses(&self) -> Api<Press> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::{Mill, Press};

        /// The informers of `shapes.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct ShapesExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> ShapesExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `mills`.
            #[inline]
            #[must_use]
            pub fn mills(&self) -> SharedInformer<Mill> {
                self.factory.informer()
            }

            /// `presses`.
            #[inline]
            #[must_use]
            pub fn presses(&self) -> SharedInformer<Press> {
                self.factory.informer()
            }
        }

        /// Reads `mills` from the cache of their informer.
        pub type MillLister = Lister<Mill>;

        /// Reads `presses` from the cache of their informer.
        pub type PressLister = Lister<Press>;
    }
    mod types {

        use kubewright::codegen::{self, meta};
        use super::super::shared;
        use super::{MillStatus, SpecSource};

        /// `Bearing` of `shapes.example.com/v1`.
        pub struct Bearing {
            /// JSON field `water`.
            pub water: Option<String>,
        }

        codegen::record! {
            Bearing {
                "water" water,
            }
        }

        /// Kind `Mill` of `shapes.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Mill {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<MillSpec>>,
            /// JSON field `status`.
            pub status: Option<Box<MillStatus>>,
        }

        codegen::record! {
            Mill {
                "metadata" metadata,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Mill {
                "shapes.example.com" "v1" "Mill" "mills" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        impl Mill {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(
                    self,
                    "{\"p\":{\"spec\":{\"p\":{\"preset\":{\"p\":{\"optional\":{\"d\":true}}}}}}}",
                )
            }
        }

        /// `MillSpec` of `shapes.example.com/v1`.
        pub struct MillSpec {
            /// JSON field `fallbacks`.
            pub fallbacks: Vec<SpecSource>,
            /// JSON field `preset`.
            pub preset: Option<Box<Preset>>,
            /// JSON field `source`.
            ///
            /// Where grain comes from.
            pub source: Option<Box<SpecSource>>,
            /// JSON field `stone`.
            pub stone: Option<Box<Stone>>,
            /// JSON field `strict`.
            pub strict: Option<Box<Strict>>,
            /// JSON field `wheel`.
            pub wheel: Option<Box<shared::Wheel>>,
        }

        codegen::record! {
            MillSpec {
                "fallbacks" fallbacks,
                "preset" preset,
                "source" source,
                "stone" stone,
                "strict" strict,
                "wheel" wheel,
            }
        }

        /// `Preset` of `shapes.example.com/v1`.
        pub struct Preset {
            /// JSON field `key`, required.
            pub key: String,
            /// JSON field `optional`, default `true`.
            pub optional: Option<bool>,
        }

        codegen::record! {
            Preset {
                "key" key,
                "optional" optional,
            }
        }

        /// Kind `Press` of `shapes.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Press {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<PressSpec>>,
        }

        codegen::record! {
            Press {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Press {
                "shapes.example.com" "v1" "Press" "presses" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `PressSpec` of `shapes.example.com/v1`.
        pub struct PressSpec {
            /// JSON field `grain`.
            pub grain: Option<String>,
            /// JSON field `source`.
            pub source: Option<Box<SpecSource>>,
        }

        codegen::record! {
            PressSpec {
                "grain" grain,
                "source" source,
            }
        }

        /// `Stone` of `shapes.example.com/v1`.
        pub struct Stone {
            /// JSON field `bearing`.
            pub bearing: Option<Box<Bearing>>,
            /// JSON field `level`.
            pub level: Option<shared::Level>,
        }

        codegen::record! {
            Stone {
                "bearing" bearing,
                "level" level,
            }
        }

        /// `Strict` of `shapes.example.com/v1`.
        pub struct Strict {
            /// JSON field `key`, required.
            pub key: String,
            /// JSON field `optional`, required.
            pub optional: bool,
        }

        codegen::record! {
            Strict {
                "key" key,
                "optional" optional,
            }
        }
    }
    mod mill_status_types {

        use kubewright::codegen;

        /// `MillStatus` of `shapes.example.com/v1`.
        pub struct MillStatus {
            /// JSON field `source`.
            ///
            /// Where grain comes from.
            pub source: Option<Box<SpecSource>>,
        }

        codegen::record! {
            MillStatus {
                "source" source,
            }
        }

        /// `SpecSource` of `shapes.example.com/v1`.
        ///
        /// Where grain comes from.
        pub struct SpecSource {
            /// JSON field `key`, required.
            ///
            /// Its place.
            pub key: String,
            /// JSON field `optional`.
            pub optional: Option<bool>,
        }

        codegen::record! {
            SpecSource {
                "key" key,
                "optional" optional,
            }
        }
    }

    pub use client::ShapesExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{ShapesExampleComV1Informers, MillLister, PressLister};
    pub use types::{Bearing, Mill, MillSpec, Preset, Press, PressSpec, Stone, Strict};
    pub use mill_status_types::{MillStatus, SpecSource};
}
pub mod shapes_example_com_v1beta1 {
    //! Types and client of `shapes.example.com/v1beta1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Mill;

        /// The resources of `shapes.example.com/v1beta1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct ShapesExampleComV1beta1Client {
            client: Client,
        }

        impl ShapesExampleComV1beta1Client {
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

            /// `mills` of one namespace.
            #[inline]
            #[must_use]
            pub fn mills(&self, namespace: &str) -> Api<Mill> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `mills` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_mills(&self) -> Api<Mill> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Mill;

        /// The informers of `shapes.example.com/v1beta1`.
        #[derive(Clone, Copy, Debug)]
        pub struct ShapesExampleComV1beta1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> ShapesExampleComV1beta1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `mills`.
            #[inline]
            #[must_use]
            pub fn mills(&self) -> SharedInformer<Mill> {
                self.factory.informer()
            }
        }

        /// Reads `mills` from the cache of their informer.
        pub type MillLister = Lister<Mill>;
    }
    mod types {

        use kubewright::codegen::{self, meta};
        use super::super::shapes_example_com_v1;

        /// Kind `Mill` of `shapes.example.com/v1beta1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Mill {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<MillSpec>>,
            /// JSON field `status`.
            pub status: Option<Box<shapes_example_com_v1::MillStatus>>,
        }

        codegen::record! {
            Mill {
                "metadata" metadata,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Mill {
                "shapes.example.com" "v1beta1" "Mill" "mills" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `MillSpec` of `shapes.example.com/v1beta1`.
        pub struct MillSpec {
            /// JSON field `grain`.
            pub grain: Option<String>,
            /// JSON field `source`.
            ///
            /// Where grain comes from.
            pub source: Option<Box<shapes_example_com_v1::SpecSource>>,
        }

        codegen::record! {
            MillSpec {
                "grain" grain,
                "source" source,
            }
        }
    }

    pub use client::ShapesExampleComV1beta1Client;
    #[cfg(feature = "informers")]
    pub use informers::{ShapesExampleComV1beta1Informers, MillLister};
    pub use types::{Mill, MillSpec};
}
pub mod shared {
    //! Types and client of `shared`.

    mod wheel_types {

        use kubewright::codegen::{self, meta};

        /// `Bearing` of `shared`.
        pub struct Bearing {
            /// JSON field `oil`.
            pub oil: Option<String>,
        }

        codegen::record! {
            Bearing {
                "oil" oil,
            }
        }

        /// `Level` of `shared`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Level {
            /// `high`.
            High,
            /// `low`.
            Low,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            Level {
                High = "high",
                Low = "low",
            }
        }

        /// `Wheel` of `shared`.
        pub struct Wheel {
            /// JSON field `bearing`.
            pub bearing: Option<Box<Bearing>>,
            /// JSON field `level`.
            pub level: Option<Level>,
        }

        codegen::record! {
            Wheel {
                "bearing" bearing,
                "level" level,
            }
        }
    }

    pub use wheel_types::{Bearing, Level, Wheel};
}
pub mod stores_example_com_v1 {
    //! Types and client of `stores.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Silo;

        /// The resources of `stores.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct StoresExampleComV1Client {
            client: Client,
        }

        impl StoresExampleComV1Client {
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

            /// `silos`.
            #[inline]
            #[must_use]
            pub fn silos(&self) -> Api<Silo> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Silo;

        /// The informers of `stores.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct StoresExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> StoresExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `silos`.
            #[inline]
            #[must_use]
            pub fn silos(&self) -> SharedInformer<Silo> {
                self.factory.informer()
            }
        }

        /// Reads `silos` from the cache of their informer.
        pub type SiloLister = Lister<Silo>;
    }
    mod types {

        use kubewright::codegen::{self, meta};
        use super::super::shared;

        /// Kind `Silo` of `stores.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Silo {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<SiloSpec>>,
        }

        codegen::record! {
            Silo {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Silo {
                "stores.example.com" "v1" "Silo" "silos" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `SiloSpec` of `stores.example.com/v1`.
        pub struct SiloSpec {
            /// JSON field `wheel`.
            pub wheel: Option<Box<shared::Wheel>>,
        }

        codegen::record! {
            SiloSpec {
                "wheel" wheel,
            }
        }
    }

    pub use client::StoresExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{StoresExampleComV1Informers, SiloLister};
    pub use types::{Silo, SiloSpec};
}
