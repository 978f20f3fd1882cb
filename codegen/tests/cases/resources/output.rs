pub mod resources_example_com_v1 {
    //! Types and client of `resources.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::{SelfReview, Widget, Zone};

        /// The resources of `resources.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct ResourcesExampleComV1Client {
            client: Client,
        }

        impl ResourcesExampleComV1Client {
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

            /// `selfreviews`.
            #[inline]
            #[must_use]
            pub fn self_reviews(&self) -> Api<SelfReview> {
                Api::cluster(self.client.clone())
            }

            /// `widgets` of one namespace.
            #[inline]
            #[must_use]
            pub fn widgets(&self, namespace: &str) -> Api<Widget> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `widgets` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_widgets(&self) -> Api<Widget> {
                Api::all(self.client.clone())
            }

            /// `zones`.
            #[inline]
            #[must_use]
            pub fn zones(&self) -> Api<Zone> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Widget;

        /// The informers of `resources.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct ResourcesExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> ResourcesExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `widgets`.
            #[inline]
            #[must_use]
            pub fn widgets(&self) -> SharedInformer<Widget> {
                self.factory.informer()
            }
        }

        /// Reads `widgets` from the cache of their informer.
        pub type WidgetLister = Lister<Widget>;
    }
    mod subresources {

        /// `widgets/eviction`.
        #[derive(Clone, Copy, Debug)]
        pub struct WidgetEviction;

        impl kubewright::codegen::Subresource for WidgetEviction {
            type Parent = super::Widget;
            type Body = super::super::resources_example_com_v1::Eviction;
            const NAME: &'static str = "eviction";
            const API_VERSION: &'static str = "resources.example.com/v1";
            const KIND: &'static str = "Eviction";
        }

        impl kubewright::codegen::verbs::Create for WidgetEviction {}

        /// `widgets/exec`, a stream over a connection of its own.
        #[derive(Clone, Copy, Debug)]
        pub struct WidgetExec;

        impl kubewright::codegen::Connect for WidgetExec {
            type Parent = super::Widget;
            type Options = WidgetExecOptions;
            const NAME: &'static str = "exec";
        }

        /// Query parameters of `widgets/exec`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct WidgetExecOptions {}

        impl kubewright::codegen::Parameters for WidgetExecOptions {
            fn each(&self, _add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {}
        }

        /// `widgets/log`, answered with text.
        #[derive(Clone, Copy, Debug)]
        pub struct WidgetLog;

        impl kubewright::codegen::Connect for WidgetLog {
            type Parent = super::Widget;
            type Options = WidgetLogOptions;
            const NAME: &'static str = "log";
        }

        /// Query parameters of `widgets/log`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct WidgetLogOptions {}

        impl kubewright::codegen::Parameters for WidgetLogOptions {
            fn each(&self, _add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {}
        }

        impl kubewright::codegen::Text for WidgetLog {}

        impl kubewright::codegen::HasLog for super::Widget {
            type Log = WidgetLog;
        }

        /// `widgets/proxy`, answered with text.
        #[derive(Clone, Copy, Debug)]
        pub struct WidgetProxy;

        impl kubewright::codegen::Connect for WidgetProxy {
            type Parent = super::Widget;
            type Options = WidgetProxyOptions;
            const NAME: &'static str = "proxy";
        }

        /// Query parameters of `widgets/proxy`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct WidgetProxyOptions {}

        impl kubewright::codegen::Parameters for WidgetProxyOptions {
            fn each(&self, _add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {}
        }

        impl kubewright::codegen::Text for WidgetProxy {}
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Eviction` of `resources.example.com/v1`, only sent as the body of a subresource.
        pub struct Eviction {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
        }

        codegen::record! {
            Eviction {
                "metadata" metadata,
            }
        }

        codegen::resource! {
            Eviction {
                "resources.example.com" "v1" "Eviction" "" Namespaced
                
            }
        }

        /// Kind `SelfReview` of `resources.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `create`.
        pub struct SelfReview {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`, required.
            pub spec: SelfReviewSpec,
        }

        codegen::record! {
            SelfReview {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            SelfReview {
                "resources.example.com" "v1" "SelfReview" "selfreviews" Cluster
                Create
            }
        }

        /// `SelfReviewSpec` of `resources.example.com/v1`.
        pub struct SelfReviewSpec {
            /// JSON field `user`.
            pub user: Option<String>,
        }

        codegen::record! {
            SelfReviewSpec {
                "user" user,
            }
        }

        /// Kind `Widget` of `resources.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        ///
        /// Subresources: `status`, `scale`, `eviction`.
        ///
        /// Subresources without an object: `exec`, `log`, `proxy`.
        pub struct Widget {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<WidgetSpec>>,
            /// JSON field `status`.
            pub status: Option<Box<WidgetStatus>>,
        }

        codegen::record! {
            Widget {
                "metadata" metadata,
                "spec" spec,
                "status" status,
            }
        }

        codegen::resource! {
            Widget {
                "resources.example.com" "v1" "Widget" "widgets" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection HasStatus HasScale
            }
        }

        /// `WidgetSpec` of `resources.example.com/v1`.
        pub struct WidgetSpec {
            /// JSON field `replicas`.
            pub replicas: Option<i32>,
        }

        codegen::record! {
            WidgetSpec {
                "replicas" replicas,
            }
        }

        /// `WidgetStatus` of `resources.example.com/v1`.
        pub struct WidgetStatus {
            /// JSON field `ready`.
            pub ready: Option<i32>,
        }

        codegen::record! {
            WidgetStatus {
                "ready" ready,
            }
        }

        /// Kind `Zone` of `resources.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Zone {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `status`.
            pub status: Option<Box<ZoneStatus>>,
        }

        codegen::record! {
            Zone {
                "metadata" metadata,
                "status" status,
            }
        }

        codegen::resource! {
            Zone {
                "resources.example.com" "v1" "Zone" "zones" Cluster
                Get List Create Replace Patch Delete DeleteCollection
            }
        }

        /// `ZoneStatus` of `resources.example.com/v1`.
        pub struct ZoneStatus {
            /// JSON field `up`.
            pub up: Option<bool>,
        }

        codegen::record! {
            ZoneStatus {
                "up" up,
            }
        }
    }

    pub use client::ResourcesExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{ResourcesExampleComV1Informers, WidgetLister};
    pub use subresources::WidgetEviction;
    pub use subresources::{WidgetExec, WidgetExecOptions};
    pub use subresources::{WidgetLog, WidgetLogOptions};
    pub use subresources::{WidgetProxy, WidgetProxyOptions};
    pub use types::{
        Eviction, SelfReview, SelfReviewSpec, Widget, WidgetSpec, WidgetStatus, Zone,
        ZoneStatus,
    };
}
