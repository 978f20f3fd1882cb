pub mod apiextensions_v1 {
    //! Types and client of `apiextensions/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `JSONSchemaProps` of `apiextensions/v1`.
        pub struct JSONSchemaProps {
            /// JSON field `$ref`.
            pub ref_: Option<String>,
            /// JSON field `additionalProperties`.
            pub additional_properties: Option<JSONSchemaPropsOrBool>,
            /// JSON field `default`.
            pub default: Option<codegen::Json>,
            /// JSON field `dependencies`.
            pub dependencies: meta::Map<JSONSchemaPropsOrStringArray>,
            /// JSON field `enum`.
            pub enum_: Vec<codegen::Json>,
            /// JSON field `items`.
            pub items: Option<JSONSchemaPropsOrArray>,
            /// JSON field `not`.
            pub not: Option<Box<JSONSchemaProps>>,
            /// JSON field `x-kubernetes-int-or-string`.
            pub x_kubernetes_int_or_string: Option<bool>,
        }

        codegen::record! {
            JSONSchemaProps {
                "$ref" ref_,
                "additionalProperties" additional_properties,
                "default" default,
                "dependencies" dependencies,
                "enum" enum_,
                "items" items,
                "not" not,
                "x-kubernetes-int-or-string" x_kubernetes_int_or_string,
            }
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
