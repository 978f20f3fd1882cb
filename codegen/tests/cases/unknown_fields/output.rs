pub mod unknownfields_v1 {
    //! Types and client of `unknownfields/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Holder` of `unknownfields/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Holder {
            /// JSON field `bare`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub bare: Option<codegen::Json>,
            /// JSON field `embedded`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub embedded: Option<codegen::Json>,
            /// JSON field `keeps`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keeps: Option<Box<Keeps>>,
            /// JSON field `object`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub object: meta::Map<codegen::Json>,
        }

        /// `Keeps` of `unknownfields/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Keeps {
            /// JSON field `known`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            #[serde(flatten)]
            pub unknown: meta::Map<codegen::Json>,
        }
    }

    pub use types::{Holder, Keeps};
}
