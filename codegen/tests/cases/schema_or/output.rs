pub mod apiextensions_v1 {
    //! Types and client of `apiextensions/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `JSONSchemaProps` of `apiextensions/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct JSONSchemaProps {
            /// JSON field `$ref`.
            #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
            pub ref_: Option<String>,
            /// JSON field `additionalProperties`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub additional_properties: Option<JSONSchemaPropsOrBool>,
            /// JSON field `default`.
            #[serde(
                deserialize_with = "codegen::null_as_value",
                skip_serializing_if = "Option::is_none"
            )]
            pub default: Option<codegen::Json>,
            /// JSON field `dependencies`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub dependencies: meta::Map<JSONSchemaPropsOrStringArray>,
            /// JSON field `enum`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub enum_: Vec<codegen::Json>,
            /// JSON field `items`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub items: Option<JSONSchemaPropsOrArray>,
            /// JSON field `not`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub not: Option<Box<JSONSchemaProps>>,
            /// JSON field `x-kubernetes-int-or-string`.
            #[serde(
                rename = "x-kubernetes-int-or-string",
                skip_serializing_if = "Option::is_none"
            )]
            pub x_kubernetes_int_or_string: Option<bool>,
        }

        /// `JSONSchemaPropsOrArray` of `apiextensions/v1`.
        pub type JSONSchemaPropsOrArray = codegen::OrArray<JSONSchemaProps>;

        /// `JSONSchemaPropsOrBool` of `apiextensions/v1`.
        pub type JSONSchemaPropsOrBool = codegen::OrBool<JSONSchemaProps>;

        /// `JSONSchemaPropsOrStringArray` of `apiextensions/v1`.
        pub type JSONSchemaPropsOrStringArray = codegen::OrStringArray<JSONSchemaProps>;
    }

    pub use types::{
        JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool,
        JSONSchemaPropsOrStringArray,
    };
}
