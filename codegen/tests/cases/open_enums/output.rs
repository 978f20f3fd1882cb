pub mod openenums_v1 {
    //! Types and client of `openenums/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Enums` of `openenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Enums {
            /// JSON field `byName`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub by_name: meta::Map<EnumsByName>,
            /// JSON field `compression`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub compression: Option<EnumsCompression>,
            /// JSON field `hostile`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostile: Option<EnumsHostile>,
            /// JSON field `maybe`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub maybe: Option<EnumsMaybe>,
            /// JSON field `number`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub number: Option<i64>,
            /// JSON field `operator`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub operator: Option<EnumsOperator>,
            /// JSON field `type`, required.
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub type_: EnumsType,
            /// JSON field `usages`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub usages: Vec<EnumsUsage>,
        }

        /// `EnumsByName` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsByName {
            /// `Off`.
            Off,
            /// `On`.
            On,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsByName {
                Off = "Off",
                On = "On",
            }
        }

        /// `EnumsCompression` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsCompression {
            /// `GZIP`.
            GZIP,
            /// `Gzip`.
            Gzip,
            /// `gzip`.
            Gzip2,
            /// `none`.
            None,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsCompression {
                GZIP = "GZIP",
                Gzip = "Gzip",
                Gzip2 = "gzip",
                None = "none",
            }
        }

        /// `EnumsHostile` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsHostile {
            /// `\u{a}`.
            UA,
            /// `"; std::process::exit(1);//`.
            U22U3BStdProcessExitU281U29U3B,
            /// `*/`.
            Star,
            /// `\u{202e}`.
            U202E,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsHostile {
                UA = "\n",
                U22U3BStdProcessExitU281U29U3B = "\"; std::process::exit(1);//",
                Star = "*/",
                U202E = "\u{202e}",
            }
        }

        /// `EnumsMaybe` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsMaybe {
            /// `""`.
            Empty,
            /// `301`.
            V301,
            /// `Other`.
            OtherValue,
            /// `Self`.
            SelfValue,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsMaybe {
                Empty = "",
                V301 = "301",
                OtherValue = "Other",
                SelfValue = "Self",
            }
        }

        /// `EnumsOperator` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsOperator {
            /// `!=`.
            NotEqual,
            /// `!~`.
            NotTilde,
            /// `*`.
            Star,
            /// `=`.
            Equal,
            /// `=~`.
            EqualTilde,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsOperator {
                NotEqual = "!=",
                NotTilde = "!~",
                Star = "*",
                Equal = "=",
                EqualTilde = "=~",
            }
        }

        /// `EnumsType` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsType {
            /// `ClusterIP`.
            ClusterIP,
            /// `ExternalName`.
            ExternalName,
            /// `NodePort`.
            NodePort,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsType {
                ClusterIP = "ClusterIP",
                ExternalName = "ExternalName",
                NodePort = "NodePort",
            }
        }

        /// `EnumsUsage` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsUsage {
            /// `any`.
            Any,
            /// `digital signature`.
            DigitalSignature,
            /// `s/mime`.
            SMime,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EnumsUsage {
                Any = "any",
                DigitalSignature = "digital signature",
                SMime = "s/mime",
            }
        }
    }

    pub use types::{
        Enums, EnumsByName, EnumsCompression, EnumsHostile, EnumsMaybe, EnumsOperator,
        EnumsType, EnumsUsage,
    };
}
