pub mod describedenums_v1 {
    //! Types and client of `describedenums/v1`.

    mod types {

        use kubewright_dynamic::codegen;
        use serde::{Deserialize, Serialize};

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
            Other(String),
        }

        codegen::open_enum! {
            PodRestartPolicy {
                Empty = "",
                Always = "Always",
                Never = "Never",
            }
        }

        /// `PodSpec` of `describedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct PodSpec {
            /// JSON field `mentions`.
            ///
            /// Mentions that possible enum values: exist.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mentions: Option<String>,
            /// JSON field `restartPolicy`.
            ///
            /// How to restart.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub restart_policy: Option<PodRestartPolicy>,
        }
    }

    pub use types::{PodRestartPolicy, PodSpec};
}
