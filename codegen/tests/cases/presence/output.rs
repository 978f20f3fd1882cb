pub mod presence_v1 {
    //! Types and client of `presence/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Empty` of `presence/v1`.
        pub struct Empty {}

        codegen::record! {
            Empty {
            }
        }

        /// `Port` of `presence/v1`.
        pub struct Port {
            /// JSON field `containerPort`, required.
            pub container_port: i64,
            /// JSON field `protocol`.
            pub protocol: Option<String>,
        }

        codegen::record! {
            Port {
                "containerPort" container_port,
                "protocol" protocol,
            }
        }

        /// `Presence` of `presence/v1`.
        pub struct Presence {
            /// JSON field `atomic`, replaced as a whole.
            pub atomic: Vec<String>,
            /// JSON field `defaulted`, default `"TCP"`.
            pub defaulted: Option<String>,
            /// JSON field `keyed`, a list keyed by `containerPort`, `protocol`.
            pub keyed: Vec<Port>,
            /// JSON field `nullable`, may be null.
            pub nullable: Option<meta::Nullable<String>>,
            /// JSON field `optionalList`.
            pub optional_list: Vec<String>,
            /// JSON field `optionalMap`.
            pub optional_map: meta::Map<String>,
            /// JSON field `optionalStruct`.
            pub optional_struct: Option<Box<Empty>>,
            /// JSON field `optionalText`.
            pub optional_text: Option<String>,
            /// JSON field `requiredList`, required.
            pub required_list: Vec<String>,
            /// JSON field `requiredMap`, required.
            pub required_map: meta::Map<String>,
            /// JSON field `requiredNullable`, required, may be null.
            pub required_nullable: Option<String>,
            /// JSON field `requiredStruct`, required.
            pub required_struct: Empty,
            /// JSON field `requiredText`, required.
            pub required_text: String,
            /// JSON field `requiredTime`, required, may be null.
            pub required_time: Option<meta::Time>,
            /// JSON field `set`, a set.
            pub set: Vec<String>,
        }

        codegen::record! {
            Presence {
                "atomic" atomic,
                "defaulted" defaulted,
                "keyed" keyed,
                "nullable" nullable,
                "optionalList" optional_list,
                "optionalMap" optional_map,
                "optionalStruct" optional_struct,
                "optionalText" optional_text,
                "requiredList" required_list [always],
                "requiredMap" required_map [always],
                "requiredNullable" required_nullable [always],
                "requiredStruct" required_struct,
                "requiredText" required_text,
                "requiredTime" required_time [always],
                "set" set,
            }
        }
    }

    pub use types::{Empty, Port, Presence};
}
