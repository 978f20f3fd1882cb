pub mod openenums_v1 {
    //! Types and client of `openenums/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Enums` of `openenums/v1`.
        pub struct Enums {
            /// JSON field `byName`.
            pub by_name: meta::Map<EnumsByName>,
            /// JSON field `compression`.
            pub compression: Option<EnumsCompression>,
            /// JSON field `hostile`.
            pub hostile: Option<EnumsHostile>,
            /// JSON field `maybe`.
            pub maybe: Option<EnumsMaybe>,
            /// JSON field `number`.
            pub number: Option<EnumsNumber>,
            /// JSON field `operator`.
            pub operator: Option<EnumsOperator>,
            /// JSON field `type`, required.
            pub type_: EnumsType,
            /// JSON field `usages`.
            pub usages: Vec<EnumsUsage>,
        }

        codegen::record! {
            Enums {
                "byName" by_name,
                "compression" compression,
                "hostile" hostile,
                "maybe" maybe,
                "number" number,
                "operator" operator,
                "type" type_,
                "usages" usages,
            }
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            EnumsMaybe {
                Empty = "",
                V301 = "301",
                OtherValue = "Other",
                SelfValue = "Self",
            }
        }

        /// `EnumsNumber` of `openenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EnumsNumber {
            /// `301`.
            V301,
            /// `302`.
            V302,
            /// A value that was not known when this was generated.
            Other(i64),
        }

        codegen::open_integers! {
            EnumsNumber {
                V301 = 301,
                V302 = 302,
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
        Enums, EnumsByName, EnumsCompression, EnumsHostile, EnumsMaybe, EnumsNumber,
        EnumsOperator, EnumsType, EnumsUsage,
    };
}
