pub mod manykinds_v1 {
    //! Types and client of `manykinds/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Holder` of `manykinds/v1`.
        pub struct Holder {
            /// JSON field `event`.
            pub event: Option<Box<meta::RawWatchEvent>>,
            /// JSON field `options`.
            pub options: Option<Box<meta::DeleteOptions>>,
            /// JSON field `own`.
            pub own: Option<Box<Several>>,
        }

        codegen::record! {
            Holder {
                "event" event,
                "options" options,
                "own" own,
            }
        }

        /// `Several` of `manykinds/v1`.
        pub struct Several {
            /// JSON field `apiVersion`.
            pub api_version: Option<String>,
            /// JSON field `kind`.
            pub kind: Option<String>,
            /// JSON field `metadata`.
            pub metadata: Option<Box<meta::ObjectMeta>>,
        }

        codegen::record! {
            Several {
                "apiVersion" api_version,
                "kind" kind,
                "metadata" metadata,
            }
        }
    }

    pub use types::{Holder, Several};
}
