pub mod unknownfields_v1 {
    //! Types and client of `unknownfields/v1`.

    mod types {

        use std::collections::BTreeMap;
        use kubewright_dynamic::codegen;
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
            pub keeps: Option<Keeps>,
            /// JSON field `object`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "BTreeMap::is_empty"
            )]
            pub object: BTreeMap<String, codegen::Json>,
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
            pub unknown: BTreeMap<String, codegen::Json>,
        }
    }

    pub use types::{Holder, Keeps};
}
