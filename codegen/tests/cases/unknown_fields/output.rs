pub mod unknownfields_v1 {
    //! Types and client of `unknownfields/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Holder` of `unknownfields/v1`.
        pub struct Holder {
            /// JSON field `bare`.
            pub bare: Option<codegen::Json>,
            /// JSON field `embedded`.
            pub embedded: Option<meta::RawExtension>,
            /// JSON field `keeps`.
            pub keeps: Option<Box<Keeps>>,
            /// JSON field `object`.
            pub object: meta::Map<codegen::Json>,
        }

        codegen::record! {
            Holder {
                "bare" bare,
                "embedded" embedded,
                "keeps" keeps,
                "object" object,
            }
        }

        /// `Keeps` of `unknownfields/v1`.
        pub struct Keeps {
            /// JSON field `known`.
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<codegen::Json>,
        }

        codegen::record! {
            Keeps {
                "known" known,
                .. unknown
            }
        }
    }

    pub use types::{Holder, Keeps};
}
