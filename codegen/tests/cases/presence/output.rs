pub mod presence_v1 {
    //! Types and client of `presence/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Empty` of `presence/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Empty {}

        /// `Port` of `presence/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Port {
            /// JSON field `containerPort`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub container_port: i64,
            /// JSON field `protocol`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<String>,
        }

        /// `Presence` of `presence/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Presence {
            /// JSON field `atomic`, replaced as a whole.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub atomic: Vec<String>,
            /// JSON field `defaulted`, default `"TCP"`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub defaulted: Option<String>,
            /// JSON field `keyed`, a list keyed by `containerPort`, `protocol`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub keyed: Vec<Port>,
            /// JSON field `nullable`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub nullable: Option<String>,
            /// JSON field `optionalList`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub optional_list: Vec<String>,
            /// JSON field `optionalMap`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub optional_map: meta::Map<String>,
            /// JSON field `optionalStruct`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional_struct: Option<Box<Empty>>,
            /// JSON field `optionalText`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional_text: Option<String>,
            /// JSON field `requiredList`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub required_list: Vec<String>,
            /// JSON field `requiredMap`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub required_map: meta::Map<String>,
            /// JSON field `requiredNullable`, required, may be null.
            pub required_nullable: Option<String>,
            /// JSON field `requiredStruct`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub required_struct: Empty,
            /// JSON field `requiredText`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub required_text: String,
            /// JSON field `requiredTime`, required, may be null.
            pub required_time: Option<meta::Time>,
            /// JSON field `set`, a set.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub set: Vec<String>,
        }
    }

    pub use types::{Empty, Port, Presence};
}
