pub mod sharedenums_v1 {
    //! Types and client of `sharedenums/v1`.

    mod types {

        use kubewright_dynamic::codegen;
        use serde::{Deserialize, Serialize};

        /// `Container` of `sharedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Container {
            /// JSON field `imagePullPolicy`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_policy: Option<ImagePullPolicy>,
            /// JSON field `protocol`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<Protocol>,
            /// JSON field `type`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<ContainerType>,
        }

        /// `ContainerType` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ContainerType {
            /// `A`.
            A,
            /// `B`.
            B,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            ContainerType {
                A = "A",
                B = "B",
            }
        }

        /// `EphemeralContainer` of `sharedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct EphemeralContainer {
            /// JSON field `imagePullPolicy`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_policy: Option<ImagePullPolicy>,
            /// JSON field `protocol`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<Protocol>,
            /// JSON field `type`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<EphemeralContainerType>,
        }

        /// `EphemeralContainerType` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum EphemeralContainerType {
            /// `A`.
            A,
            /// `B`.
            B,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            EphemeralContainerType {
                A = "A",
                B = "B",
            }
        }

        /// `HTTPGet` of `sharedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct HTTPGet {
            /// JSON field `protocol`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<HTTPGetProtocol>,
        }

        /// `HTTPGetProtocol` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum HTTPGetProtocol {
            /// `HTTP1`.
            HTTP1,
            /// `HTTP2`.
            HTTP2,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            HTTPGetProtocol {
                HTTP1 = "HTTP1",
                HTTP2 = "HTTP2",
            }
        }

        /// `ImagePullPolicy` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ImagePullPolicy {
            /// `Always`.
            Always,
            /// `IfNotPresent`.
            IfNotPresent,
            /// `Never`.
            Never,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            ImagePullPolicy {
                Always = "Always",
                IfNotPresent = "IfNotPresent",
                Never = "Never",
            }
        }

        /// `Protocol` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Protocol {
            /// `TCP`.
            TCP,
            /// `UDP`.
            UDP,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            Protocol {
                TCP = "TCP",
                UDP = "UDP",
            }
        }

        /// `WidgetMode` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum WidgetMode {
            /// `X`.
            X,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            WidgetMode {
                X = "X",
            }
        }

        /// `WidgetPhase` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum WidgetPhase {
            /// `Y`.
            Y,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            WidgetPhase {
                Y = "Y",
            }
        }

        /// `WidgetSpec` of `sharedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct WidgetSpec {
            /// JSON field `phase`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub phase: Option<WidgetPhase>,
            /// JSON field `widgetMode`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub widget_mode: Option<WidgetMode>,
        }

        /// `WidgetStatus` of `sharedenums/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct WidgetStatus {
            /// JSON field `phase`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub phase: Option<WidgetStatusPhase>,
        }

        /// `WidgetStatusPhase` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum WidgetStatusPhase {
            /// `Z`.
            Z,
            /// A value that was not known when this was generated.
            Other(String),
        }

        codegen::open_enum! {
            WidgetStatusPhase {
                Z = "Z",
            }
        }
    }

    pub use types::{
        Container, ContainerType, EphemeralContainer, EphemeralContainerType, HTTPGet,
        HTTPGetProtocol, ImagePullPolicy, Protocol, WidgetMode, WidgetPhase, WidgetSpec,
        WidgetStatus, WidgetStatusPhase,
    };
}
