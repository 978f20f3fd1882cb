pub mod collisions_v1 {
    //! Types and client of `collisions/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `DebugType` of `collisions/v1`.
        pub struct DebugType {
            /// JSON field `secret`.
            pub secret: Option<String>,
        }

        codegen::record! {
            DebugType {
                "secret" secret,
            }
        }

        /// `From` of `collisions/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum From {
            /// `Ok`.
            Ok,
            /// `Result`.
            Result,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            From {
                Ok = "Ok",
                Result = "Result",
            }
        }

        /// `OptionType` of `collisions/v1`.
        pub struct OptionType {
            /// JSON field `a`.
            pub a: Option<Box<ThingA>>,
            /// JSON field `b`.
            pub b: Option<Box<ThingA2>>,
        }

        codegen::record! {
            OptionType {
                "a" a,
                "b" b,
            }
        }

        /// `Proxy` of `collisions/v1`.
        pub struct Proxy {
            /// JSON field `jwksUri`.
            pub jwks_uri: Option<String>,
            /// JSON field `jwks_uri`.
            pub jwks_uri_2: Option<String>,
            /// JSON field `proxyURL`.
            pub proxy_url_2: Option<String>,
            /// JSON field `proxyUrl`.
            pub proxy_url: Option<String>,
            /// JSON field `unknown`.
            pub unknown_2: Option<String>,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<String>,
        }

        codegen::record! {
            Proxy {
                "jwksUri" jwks_uri,
                "jwks_uri" jwks_uri_2,
                "proxyURL" proxy_url_2,
                "proxyUrl" proxy_url,
                "unknown" unknown_2,
                .. unknown
            }
        }

        /// `Proxy2` of `collisions/v1`.
        pub struct Proxy2 {
            /// JSON field `inner`.
            pub inner: Option<Box<Proxy2Inner>>,
        }

        codegen::record! {
            Proxy2 {
                "inner" inner,
            }
        }

        /// `Proxy2Inner` of `collisions/v1`.
        pub struct Proxy2Inner {
            /// JSON field `y`.
            pub y: Option<String>,
        }

        codegen::record! {
            Proxy2Inner {
                "y" y,
            }
        }

        /// `ProxyHolder` of `collisions/v1`.
        pub struct ProxyHolder {
            /// JSON field `p`.
            pub p: Option<Box<Proxy>>,
        }

        codegen::record! {
            ProxyHolder {
                "p" p,
            }
        }

        /// `ProxyInner` of `collisions/v1`.
        pub struct ProxyInner {
            /// JSON field `x`.
            pub x: Option<String>,
        }

        codegen::record! {
            ProxyInner {
                "x" x,
            }
        }

        /// `Result` of `collisions/v1`.
        pub struct Result {
            /// JSON field `default`.
            pub default: Option<ResultDefault>,
            /// JSON field `from`.
            pub from: Option<From>,
        }

        codegen::record! {
            Result {
                "default" default,
                "from" from,
            }
        }

        /// `ResultDefault` of `collisions/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ResultDefault {
            /// `None`.
            None,
            /// `Some`.
            Some,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            ResultDefault {
                None = "None",
                Some = "Some",
            }
        }

        /// `SelfType` of `collisions/v1`.
        pub struct SelfType {
            /// JSON field `me`.
            pub me: Option<Box<VecType>>,
        }

        codegen::record! {
            SelfType {
                "me" me,
            }
        }

        /// `ThingA` of `collisions/v1`.
        pub struct ThingA {
            /// JSON field `one`.
            pub one: Option<String>,
        }

        codegen::record! {
            ThingA {
                "one" one,
            }
        }

        /// `ThingA2` of `collisions/v1`.
        pub struct ThingA2 {
            /// JSON field `two`.
            pub two: Option<String>,
        }

        codegen::record! {
            ThingA2 {
                "two" two,
            }
        }

        /// `VecType` of `collisions/v1`.
        pub struct VecType {
            /// JSON field `items`.
            pub items: Vec<String>,
        }

        codegen::record! {
            VecType {
                "items" items,
            }
        }
    }

    pub use types::{
        DebugType, From, OptionType, Proxy, Proxy2, Proxy2Inner, ProxyHolder, ProxyInner,
        Result, ResultDefault, SelfType, ThingA, ThingA2, VecType,
    };
}
