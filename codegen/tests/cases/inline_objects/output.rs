pub mod inline_v1 {
    //! Types and client of `inline/v1`.

    mod types {

        use kubewright::codegen;

        /// `Outer` of `inline/v1`.
        pub struct Outer {
            /// JSON field `spec`.
            pub spec: Option<Box<OuterSpec>>,
            /// JSON field `specTemplate`.
            pub spec_template: Option<Box<OuterSpecTemplate>>,
        }

        codegen::record! {
            Outer {
                "spec" spec,
                "specTemplate" spec_template,
            }
        }

        /// `OuterSpec` of `inline/v1`.
        pub struct OuterSpec {
            /// JSON field `policies`.
            pub policies: Vec<Policy>,
            /// JSON field `template`.
            ///
            /// Inner text.
            pub template: Option<Box<SpecTemplate>>,
        }

        codegen::record! {
            OuterSpec {
                "policies" policies,
                "template" template,
            }
        }

        /// `OuterSpecTemplate` of `inline/v1`.
        pub struct OuterSpecTemplate {
            /// JSON field `other`.
            pub other: Option<String>,
        }

        codegen::record! {
            OuterSpecTemplate {
                "other" other,
            }
        }

        /// `Policy` of `inline/v1`.
        pub struct Policy {
            /// JSON field `name`.
            pub name: Option<String>,
        }

        codegen::record! {
            Policy {
                "name" name,
            }
        }

        /// `SpecTemplate` of `inline/v1`.
        ///
        /// Inner text.
        pub struct SpecTemplate {
            /// JSON field `size`, required.
            pub size: i64,
        }

        codegen::record! {
            SpecTemplate {
                "size" size,
            }
        }
    }

    pub use types::{Outer, OuterSpec, OuterSpecTemplate, Policy, SpecTemplate};
}
