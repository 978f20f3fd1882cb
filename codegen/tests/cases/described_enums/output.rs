pub mod describedenums_v1 {
    //! Types and client of `describedenums/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `PodRestartPolicy` of `describedenums/v1`.
        ///
        /// How to restart.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum PodRestartPolicy {
            /// `""`.
            ///
            /// is the empty one
            Empty,
            /// `Always`.
            ///
            /// restarts, always
            Always,
            /// `Never`.
            Never,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            PodRestartPolicy {
                Empty = "",
                Always = "Always",
                Never = "Never",
            }
        }

        /// `PodSpec` of `describedenums/v1`.
        pub struct PodSpec {
            /// JSON field `mentions`.
            ///
            /// Mentions that possible enum values: exist.
            pub mentions: Option<String>,
            /// JSON field `restartPolicy`.
            ///
            /// How to restart.
            pub restart_policy: Option<PodRestartPolicy>,
        }

        codegen::record! {
            PodSpec {
                "mentions" mentions,
                "restartPolicy" restart_policy,
            }
        }
    }

    pub use types::{PodRestartPolicy, PodSpec};
}
