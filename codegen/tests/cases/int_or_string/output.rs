pub mod intorstring_v1 {
    //! Types and client of `intorstring/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Ports` of `intorstring/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Ports {
            /// JSON field `byAnyOf`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub by_any_of: Option<meta::IntOrString>,
            /// JSON field `byExtension`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub by_extension: Option<meta::IntOrString>,
            /// JSON field `byFormat`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub by_format: Option<meta::IntOrString>,
            /// JSON field `byOneOf`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub by_one_of: Option<meta::IntOrString>,
            /// JSON field `byTypes`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub by_types: Option<meta::IntOrString>,
            /// JSON field `listed`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub listed: Vec<meta::IntOrString>,
            /// JSON field `mixed`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub mixed: Option<codegen::Json>,
            /// JSON field `nullableText`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub nullable_text: Option<String>,
            /// JSON field `quantity`.
            ///
            /// Limits: pattern `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub quantity: Option<meta::Quantity>,
        }
    }

    pub use types::Ports;
}
