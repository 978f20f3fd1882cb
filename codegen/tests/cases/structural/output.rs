pub mod structural_example_com_v1 {
    //! Types and client of `structural.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Idioms;

        /// The resources of `structural.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct StructuralExampleComV1Client {
            client: Client,
        }

        impl StructuralExampleComV1Client {
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

            /// `idioms` of one namespace.
            #[inline]
            #[must_use]
            pub fn idioms(&self, namespace: &str) -> Api<Idioms> {
                Api::namespaced(self.client.clone(), namespace)
            }

            /// `idioms` of all namespaces.
            #[inline]
            #[must_use]
            pub fn all_idioms(&self) -> Api<Idioms> {
                Api::all(self.client.clone())
            }
        }
    }
    #[cfg(feature = "informers")]
    mod informers {

        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::Idioms;

        /// The informers of `structural.example.com/v1`.
        #[derive(Clone, Copy, Debug)]
        pub struct StructuralExampleComV1Informers<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> StructuralExampleComV1Informers<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            /// `idioms`.
            #[inline]
            #[must_use]
            pub fn idioms(&self) -> SharedInformer<Idioms> {
                self.factory.informer()
            }
        }

        /// Reads `idioms` from the cache of their informer.
        pub type IdiomsLister = Lister<Idioms>;
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// `Either` of `structural.example.com/v1`.
        pub struct Either {
            /// JSON field `a`.
            pub a: Option<String>,
            /// JSON field `b`.
            pub b: Option<String>,
        }

        codegen::record! {
            Either {
                "a" a,
                "b" b,
            }
        }

        /// Kind `Idioms` of `structural.example.com/v1`, namespaced.
        ///
        /// Verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
        pub struct Idioms {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
            /// JSON field `spec`.
            pub spec: Option<Box<IdiomsSpec>>,
        }

        codegen::record! {
            Idioms {
                "metadata" metadata,
                "spec" spec,
            }
        }

        codegen::resource! {
            Idioms {
                "structural.example.com" "v1" "Idioms" "idioms" Namespaced
                Get List Watch Create Replace Patch Delete DeleteCollection
            }
        }

        /// `IdiomsSpec` of `structural.example.com/v1`.
        pub struct IdiomsSpec {
            /// JSON field `allocations`.
            pub allocations: Vec<Option<i64>>,
            /// JSON field `anything`.
            pub anything: Option<codegen::Json>,
            /// JSON field `cidrs`.
            pub cidrs: Vec<String>,
            /// JSON field `either`.
            pub either: Option<Box<Either>>,
            /// JSON field `embedded`.
            pub embedded: Option<meta::RawExtension>,
            /// JSON field `headers`.
            pub headers: meta::Map<Vec<String>>,
            /// JSON field `keeps`.
            pub keeps: Option<Box<Keeps>>,
            /// JSON field `labels`.
            pub labels: meta::Map<Option<String>>,
            /// JSON field `limitedObject`.
            pub limited_object: meta::Map<bool>,
            /// JSON field `limitedText`.
            pub limited_text: Option<LimitedText>,
            /// JSON field `limits`.
            pub limits: meta::Map<meta::Quantity>,
            /// JSON field `listOfNone`.
            pub list_of_none: Vec<ListOfNone>,
            /// JSON field `match`.
            pub match_: Option<SpecMatch>,
            /// JSON field `memory`.
            ///
            /// Limits: pattern `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`.
            pub memory: Option<meta::Quantity>,
            /// JSON field `mirrored`, may be null.
            pub mirrored: Option<meta::Nullable<bool>>,
            /// JSON field `mounts`.
            pub mounts: Vec<Vec<String>>,
            /// JSON field `none`.
            pub none: Option<Box<ListOfNone>>,
            /// JSON field `object`.
            pub object: meta::Map<codegen::Json>,
            /// JSON field `oddNumber`.
            pub odd_number: Option<i64>,
            /// JSON field `oddObject`.
            pub odd_object: Option<Box<OddObject>>,
            /// JSON field `oddText`.
            ///
            /// Limits: format `int32`.
            pub odd_text: Option<String>,
            /// JSON field `perhaps`, may be null.
            pub perhaps: Option<meta::Nullable<String>>,
            /// JSON field `portBare`.
            pub port_bare: Option<meta::IntOrString>,
            /// JSON field `portLimited`.
            pub port_limited: Option<meta::IntOrString>,
            /// JSON field `portTyped`.
            ///
            /// Limits: pattern `^.*`.
            pub port_typed: Option<meta::IntOrString>,
            /// JSON field `portUnion`.
            pub port_union: Option<meta::IntOrString>,
            /// JSON field `requiredNone`, required.
            pub required_none: ListOfNone,
            /// JSON field `statusCode`.
            pub status_code: Option<StatusCode>,
            /// JSON field `template`.
            pub template: Option<Box<SpecTemplate>>,
            /// JSON field `usage`.
            pub usage: Option<Usage>,
            /// JSON field `weight`, may be null.
            pub weight: Option<meta::Nullable<i32>>,
        }

        codegen::record! {
            IdiomsSpec {
                "allocations" allocations,
                "anything" anything,
                "cidrs" cidrs,
                "either" either,
                "embedded" embedded,
                "headers" headers,
                "keeps" keeps,
                "labels" labels,
                "limitedObject" limited_object,
                "limitedText" limited_text,
                "limits" limits,
                "listOfNone" list_of_none,
                "match" match_,
                "memory" memory,
                "mirrored" mirrored,
                "mounts" mounts,
                "none" none,
                "object" object,
                "oddNumber" odd_number,
                "oddObject" odd_object,
                "oddText" odd_text,
                "perhaps" perhaps,
                "portBare" port_bare,
                "portLimited" port_limited,
                "portTyped" port_typed,
                "portUnion" port_union,
                "requiredNone" required_none,
                "statusCode" status_code,
                "template" template,
                "usage" usage,
                "weight" weight,
            }
        }

        /// `Keeps` of `structural.example.com/v1`.
        pub struct Keeps {
            /// JSON field `known`.
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<codegen::Json>,
        }

        codegen::record! {
            Keeps {
                "known" known,
                .. unknown
            }
        }

        /// `LimitedText` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum LimitedText {
            /// `Public`.
            Public,
            /// `public`.
            Public2,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            LimitedText {
                Public = "Public",
                Public2 = "public",
            }
        }

        /// `ListOfNone` of `structural.example.com/v1`.
        pub struct ListOfNone {}

        codegen::record! {
            ListOfNone {
            }
        }

        /// `OddObject` of `structural.example.com/v1`.
        pub struct OddObject {
            /// JSON field `a`.
            pub a: Option<String>,
        }

        codegen::record! {
            OddObject {
                "a" a,
            }
        }

        /// `SpecMatch` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum SpecMatch {
            /// `""`.
            Empty,
            /// `!=`.
            NotEqual,
            /// `!~`.
            NotTilde,
            /// `=`.
            Equal,
            /// `=~`.
            EqualTilde,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            SpecMatch {
                Empty = "",
                NotEqual = "!=",
                NotTilde = "!~",
                Equal = "=",
                EqualTilde = "=~",
            }
        }

        /// `SpecTemplate` of `structural.example.com/v1`.
        pub struct SpecTemplate {
            /// JSON field `metadata`.
            pub metadata: Option<Box<meta::ObjectMeta>>,
        }

        codegen::record! {
            SpecTemplate {
                "metadata" metadata,
            }
        }

        /// `StatusCode` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum StatusCode {
            /// `-1`.
            Minus1,
            /// `301`.
            V301,
            /// `302`.
            V302,
            /// A value that was not known when this was generated.
            Other(i64),
        }

        codegen::open_integers! {
            StatusCode {
                Minus1 = -1,
                V301 = 301,
                V302 = 302,
            }
        }

        /// `Usage` of `structural.example.com/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Usage {
            /// `digital signature`.
            DigitalSignature,
            /// `s/mime`.
            SMime,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            Usage {
                DigitalSignature = "digital signature",
                SMime = "s/mime",
            }
        }
    }

    pub use client::StructuralExampleComV1Client;
    #[cfg(feature = "informers")]
    pub use informers::{StructuralExampleComV1Informers, IdiomsLister};
    pub use types::{
        Either, Idioms, IdiomsSpec, Keeps, LimitedText, ListOfNone, OddObject, SpecMatch,
        SpecTemplate, StatusCode, Usage,
    };
}
