pub mod scalars_v1 {
    //! Types and client of `scalars/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Scalars` of `scalars/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Scalars {
            /// JSON field `amount`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub amount: Option<meta::Quantity>,
            /// JSON field `anyObject`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub any_object: meta::Map<codegen::Json>,
            /// JSON field `anything`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub anything: Option<codegen::Json>,
            /// JSON field `big`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub big: Option<i64>,
            /// JSON field `bytes`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bytes: Option<meta::Bytes>,
            /// JSON field `flag`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flag: Option<bool>,
            /// JSON field `inlineTime`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub inline_time: Option<meta::Time>,
            /// JSON field `microTime`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub micro_time: Option<meta::MicroTime>,
            /// JSON field `odd`.
            ///
            /// Limits: format `cidr`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub odd: Option<String>,
            /// JSON field `plain`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub plain: Option<i64>,
            /// JSON field `port`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<meta::IntOrString>,
            /// JSON field `ratio`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ratio: Option<f64>,
            /// JSON field `raw`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub raw: Option<meta::RawExtension>,
            /// JSON field `small`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub small: Option<i32>,
            /// JSON field `text`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub text: Option<String>,
            /// JSON field `time`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub time: Option<meta::Time>,
            /// JSON field `unsigned`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unsigned: Option<u32>,
        }
    }

    pub use types::Scalars;
}
