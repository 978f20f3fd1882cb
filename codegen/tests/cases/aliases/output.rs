pub mod aliases_v1 {
    //! Types and client of `aliases/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Mode` of `aliases/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Mode {
            /// `Fast`.
            Fast,
            /// `Slow`.
            Slow,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            Mode {
                Fast = "Fast",
                Slow = "Slow",
            }
        }

        /// `Thing` of `aliases/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Thing {
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        /// `Uses` of `aliases/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Uses {
            /// JSON field `first`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub first: Vec<Thing>,
            /// JSON field `labels`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub labels: meta::Map<String>,
            /// JSON field `mode`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<Mode>,
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            /// JSON field `names`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub names: Vec<String>,
            /// JSON field `second`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub second: Vec<Thing>,
        }
    }

    pub use types::{Mode, Thing, Uses};
}
