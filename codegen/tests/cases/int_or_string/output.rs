pub mod intorstring_v1 {
    //! Types and client of `intorstring/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Ports` of `intorstring/v1`.
        pub struct Ports {
            /// JSON field `byAnyOf`.
            pub by_any_of: Option<meta::IntOrString>,
            /// JSON field `byExtension`.
            pub by_extension: Option<meta::IntOrString>,
            /// JSON field `byFormat`.
            pub by_format: Option<meta::IntOrString>,
            /// JSON field `byOneOf`.
            pub by_one_of: Option<meta::IntOrString>,
            /// JSON field `byTypes`.
            pub by_types: Option<meta::IntOrString>,
            /// JSON field `listed`.
            pub listed: Vec<meta::IntOrString>,
            /// JSON field `mixed`.
            pub mixed: Option<codegen::Json>,
            /// JSON field `nullableText`, may be null.
            pub nullable_text: Option<meta::Nullable<String>>,
            /// JSON field `quantity`.
            ///
            /// Limits: pattern `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`.
            pub quantity: Option<meta::Quantity>,
        }

        codegen::record! {
            Ports {
                "byAnyOf" by_any_of,
                "byExtension" by_extension,
                "byFormat" by_format,
                "byOneOf" by_one_of,
                "byTypes" by_types,
                "listed" listed,
                "mixed" mixed,
                "nullableText" nullable_text,
                "quantity" quantity,
            }
        }
    }

    pub use types::Ports;
}
