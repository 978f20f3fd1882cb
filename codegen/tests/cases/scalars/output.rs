pub mod scalars_v1 {
    //! Types and client of `scalars/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Scalars` of `scalars/v1`.
        pub struct Scalars {
            /// JSON field `amount`.
            pub amount: Option<meta::Quantity>,
            /// JSON field `anyObject`.
            pub any_object: meta::Map<codegen::Json>,
            /// JSON field `anything`.
            pub anything: Option<codegen::Json>,
            /// JSON field `big`.
            pub big: Option<i64>,
            /// JSON field `bytes`.
            pub bytes: Option<meta::Bytes>,
            /// JSON field `flag`.
            pub flag: Option<bool>,
            /// JSON field `inlineTime`.
            pub inline_time: Option<meta::Time>,
            /// JSON field `microTime`.
            pub micro_time: Option<meta::MicroTime>,
            /// JSON field `odd`.
            ///
            /// Limits: format `cidr`.
            pub odd: Option<String>,
            /// JSON field `plain`.
            pub plain: Option<i64>,
            /// JSON field `port`.
            pub port: Option<meta::IntOrString>,
            /// JSON field `ratio`.
            pub ratio: Option<f64>,
            /// JSON field `raw`.
            pub raw: Option<meta::RawExtension>,
            /// JSON field `small`.
            pub small: Option<i32>,
            /// JSON field `text`.
            pub text: Option<String>,
            /// JSON field `time`.
            pub time: Option<meta::Time>,
            /// JSON field `unsigned`.
            pub unsigned: Option<u32>,
        }

        codegen::record! {
            Scalars {
                "amount" amount,
                "anyObject" any_object,
                "anything" anything,
                "big" big,
                "bytes" bytes,
                "flag" flag,
                "inlineTime" inline_time,
                "microTime" micro_time,
                "odd" odd,
                "plain" plain,
                "port" port,
                "ratio" ratio,
                "raw" raw,
                "small" small,
                "text" text,
                "time" time,
                "unsigned" unsigned,
            }
        }
    }

    pub use types::Scalars;
}
