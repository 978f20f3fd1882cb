pub mod aliases_v1 {
    //! Types and client of `aliases/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Mode` of `aliases/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Mode {
            /// `Fast`.
            Fast,
            /// `Slow`.
            Slow,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            Mode {
                Fast = "Fast",
                Slow = "Slow",
            }
        }

        /// `Thing` of `aliases/v1`.
        pub struct Thing {
            /// JSON field `name`.
            pub name: Option<String>,
        }

        codegen::record! {
            Thing {
                "name" name,
            }
        }

        /// `Uses` of `aliases/v1`.
        pub struct Uses {
            /// JSON field `first`.
            pub first: Vec<Thing>,
            /// JSON field `labels`.
            pub labels: meta::Map<String>,
            /// JSON field `mode`.
            pub mode: Option<Mode>,
            /// JSON field `name`.
            pub name: Option<String>,
            /// JSON field `names`.
            pub names: Vec<String>,
            /// JSON field `second`.
            pub second: Vec<Thing>,
        }

        codegen::record! {
            Uses {
                "first" first,
                "labels" labels,
                "mode" mode,
                "name" name,
                "names" names,
                "second" second,
            }
        }
    }

    pub use types::{Mode, Thing, Uses};
}
