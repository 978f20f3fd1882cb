pub mod collisions_v1 {
    //! Types and client of `collisions/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `DebugType` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct DebugType {
            /// JSON field `secret`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
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
            Other(String),
        }

        codegen::open_enum! {
            From {
                Ok = "Ok",
                Result = "Result",
            }
        }

        /// `OptionType` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct OptionType {
            /// JSON field `a`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub a: Option<Box<ThingA>>,
            /// JSON field `b`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub b: Option<Box<ThingA2>>,
        }

        /// `Proxy` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Proxy {
            /// JSON field `jwksUri`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub jwks_uri: Option<String>,
            /// JSON field `jwks_uri`.
            #[serde(rename = "jwks_uri", skip_serializing_if = "Option::is_none")]
            pub jwks_uri_2: Option<String>,
            /// JSON field `proxyURL`.
            #[serde(rename = "proxyURL", skip_serializing_if = "Option::is_none")]
            pub proxy_url_2: Option<String>,
            /// JSON field `proxyUrl`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            /// JSON field `unknown`.
            #[serde(rename = "unknown", skip_serializing_if = "Option::is_none")]
            pub unknown_2: Option<String>,
            /// Properties that the schema allows but does not name.
            #[serde(flatten)]
            pub unknown: meta::Map<String>,
        }

        /// `Proxy2` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Proxy2 {
            /// JSON field `inner`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub inner: Option<Box<Proxy2Inner>>,
        }

        /// `Proxy2Inner` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Proxy2Inner {
            /// JSON field `y`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub y: Option<String>,
        }

        /// `ProxyHolder` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ProxyHolder {
            /// JSON field `p`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub p: Option<Box<Proxy>>,
        }

        /// `ProxyInner` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ProxyInner {
            /// JSON field `x`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub x: Option<String>,
        }

        /// `Result` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Result {
            /// JSON field `default`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub default: Option<ResultDefault>,
            /// JSON field `from`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub from: Option<From>,
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
            Other(String),
        }

        codegen::open_enum! {
            ResultDefault {
                None = "None",
                Some = "Some",
            }
        }

        /// `SelfType` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct SelfType {
            /// JSON field `me`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub me: Option<Box<VecType>>,
        }

        /// `ThingA` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ThingA {
            /// JSON field `one`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub one: Option<String>,
        }

        /// `ThingA2` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct ThingA2 {
            /// JSON field `two`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub two: Option<String>,
        }

        /// `VecType` of `collisions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct VecType {
            /// JSON field `items`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub items: Vec<String>,
        }
    }

    pub use types::{
        DebugType, From, OptionType, Proxy, Proxy2, Proxy2Inner, ProxyHolder, ProxyInner,
        Result, ResultDefault, SelfType, ThingA, ThingA2, VecType,
    };
}
