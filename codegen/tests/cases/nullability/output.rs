pub mod nullability_example_com_v1 {
    //! Types and client of `nullability.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Null;

        /// The resources of `nullability.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct NullabilityExampleComV1Client {
            client: Client,
        }

        impl NullabilityExampleComV1Client {
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

            /// `nulls`.
            #[inline]
            #[must_use]
            pub fn nulls(&self) -> Api<Null> {
                Api::cluster(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Null;

        /// The informers of `nullability.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct NullabilityExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> NullabilityExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `nulls`.
            #[inline]
            #[must_use]
            pub fn nulls(&self) -> SharedInformer<Null> {
                self.factory.informer()
            }
        }

        /// Reads `nulls` from the cache of their informer.
        pub type NullLister = Lister<Null>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// `Code` of `nullability.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Code {
            /// `1`.
            V1,
            /// `2`.
            V2,
            /// A value that was not known when this was generated.
            Other(i64),
        }

        codegen::open_integers! {
            Code {
                V1 = 1,
                V2 = 2,
            }
        }

        /// `DefaultedObject` of `nullability.example.com/v1`.
        pub struct DefaultedObject {
            /// JSON field `size`.
            pub size: Option<i64>,
        }

        codegen::record! {
            DefaultedObject {
                "size" size,
            }
        }

        /// `Hole` of `nullability.example.com/v1`.
        pub struct Hole {
            /// JSON field `a`.
            pub a: Option<String>,
        }

        codegen::record! {
            Hole {
                "a" a,
            }
        }

        /// `MustObject` of `nullability.example.com/v1`.
        pub struct MustObject {
            /// JSON field `name`.
            pub name: Option<String>,
        }

        codegen::record! {
            MustObject {
                "name" name,
            }
        }

        /// Kind `Null` of `nullability.example.com/v1`, of the whole cluster.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Null {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<NullSpec>>,
        }

        codegen::record! {
            Null {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Null {
                "nullability.example.com" "v1" "Null" "nulls" Cluster
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        impl Null {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(
                    self,
                    "{\"p\":{\"spec\":{\"p\":{\"defaulted\":{\"d\":\"on\"},\"defaultedList\":{\"d\":[\"a\"]},\"defaultedMap\":{\"d\":{\"a\":\"b\"}},\"defaultedObject\":{\"d\":{\"size\":3}},\"mustDefault\":{\"d\":\"on\"}}}}}",
                )
            }
        }

        /// `NullSpec` of `nullability.example.com/v1`.
        pub struct NullSpec {
            /// JSON field `any`.
            pub any: Option<codegen::Json>,
            /// JSON field `bytes`, may be null.
            pub bytes: Option<meta::Nullable<meta::Bytes>>,
            /// JSON field `code`, may be null.
            pub code: Option<meta::Nullable<Code>>,
            /// JSON field `defaulted`, may be null, default `"on"`.
            pub defaulted: Option<meta::Nullable<String>>,
            /// JSON field `defaultedList`, default `["a"]`.
            pub defaulted_list: Option<Vec<String>>,
            /// JSON field `defaultedMap`, default `{"a":"b"}`.
            pub defaulted_map: Option<meta::Map<String>>,
            /// JSON field `defaultedObject`, may be null, default `{"size":3}`.
            pub defaulted_object: Option<meta::Nullable<DefaultedObject>>,
            /// JSON field `embedded`.
            pub embedded: Option<meta::RawExtension>,
            /// JSON field `flag`, may be null.
            pub flag: Option<meta::Nullable<bool>>,
            /// JSON field `holes`.
            pub holes: Vec<Option<Hole>>,
            /// JSON field `list`, may be null.
            pub list: Option<meta::Nullable<Vec<String>>>,
            /// JSON field `map`, may be null.
            pub map: Option<meta::Nullable<meta::Map<Option<i64>>>>,
            /// JSON field `mode`, may be null.
            pub mode: Option<meta::Nullable<SpecMode>>,
            /// JSON field `must`, required, may be null.
            pub must: Option<String>,
            /// JSON field `mustDefault`, may be null, default `"on"`.
            pub must_default: Option<meta::Nullable<String>>,
            /// JSON field `mustList`, required, may be null.
            pub must_list: Option<Vec<String>>,
            /// JSON field `mustObject`, required, may be null.
            pub must_object: Option<Box<MustObject>>,
            /// JSON field `number`, may be null.
            pub number: Option<meta::Nullable<f64>>,
            /// JSON field `object`, may be null.
            pub object: Option<meta::Nullable<Object>>,
            /// JSON field `port`, may be null.
            pub port: Option<meta::Nullable<meta::IntOrString>>,
            /// JSON field `text`, may be null.
            pub text: Option<meta::Nullable<String>>,
            /// JSON field `time`, may be null.
            pub time: Option<meta::Nullable<meta::Time>>,
            /// JSON field `whole`, may be null.
            pub whole: Option<meta::Nullable<i64>>,
        }

        codegen::record! {
            NullSpec {
                "any" any,
                "bytes" bytes,
                "code" code,
                "defaulted" defaulted,
                "defaultedList" defaulted_list,
                "defaultedMap" defaulted_map,
                "defaultedObject" defaulted_object,
                "embedded" embedded,
                "flag" flag,
                "holes" holes,
                "list" list,
                "map" map,
                "mode" mode,
                "must" must [always],
                "mustDefault" must_default,
                "mustList" must_list [always],
                "mustObject" must_object [always],
                "number" number,
                "object" object,
                "port" port,
                "text" text,
                "time" time,
                "whole" whole,
            }
        }

        /// `Object` of `nullability.example.com/v1`.
        pub struct Object {
            /// JSON field `name`, may be null.
            pub name: Option<meta::Nullable<String>>,
        }

        codegen::record! {
            Object {
                "name" name,
            }
        }

        /// `SpecMode` of `nullability.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum SpecMode {
            /// `Fast`.
            Fast,
            /// `Slow`.
            Slow,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            SpecMode {
                Fast = "Fast",
                Slow = "Slow",
            }
        }
    }

    pub use client::NullabilityExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{NullabilityExampleComV1Informers, NullLister};
    pub use types::{
        Code, DefaultedObject, Hole, MustObject, Null, NullSpec, Object, SpecMode,
    };
}
