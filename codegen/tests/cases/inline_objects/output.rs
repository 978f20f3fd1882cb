pub mod inline_v1 {
    //! Types and client of `inline/v1`.

    mod types {

        use kubewright_dynamic::codegen;
        use serde::{Deserialize, Serialize};

        /// `Outer` of `inline/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Outer {
            /// JSON field `spec`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<Box<OuterSpec>>,
            /// JSON field `specTemplate`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec_template: Option<Box<OuterSpecTemplate>>,
        }

        /// `OuterSpec` of `inline/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct OuterSpec {
            /// JSON field `policies`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub policies: Vec<Policy>,
            /// JSON field `template`.
            ///
            /// Inner text.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub template: Option<Box<SpecTemplate>>,
        }

        /// `OuterSpecTemplate` of `inline/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct OuterSpecTemplate {
            /// JSON field `other`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub other: Option<String>,
        }

        /// `Policy` of `inline/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Policy {
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        /// `SpecTemplate` of `inline/v1`.
        ///
        /// Inner text.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct SpecTemplate {
            /// JSON field `size`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub size: i64,
        }
    }

    pub use types::{Outer, OuterSpec, OuterSpecTemplate, Policy, SpecTemplate};
}
