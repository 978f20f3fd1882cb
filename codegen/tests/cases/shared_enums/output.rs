pub mod sharedenums_v1 {
    //! Types and client of `sharedenums/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Container` of `sharedenums/v1`.
        pub struct Container {
            /// JSON field `imagePullPolicy`.
            pub image_pull_policy: Option<ImagePullPolicy>,
            /// JSON field `protocol`.
            pub protocol: Option<Protocol>,
            /// JSON field `type`.
            pub type_: Option<ContainerType>,
        }

        codegen::record! {
            Container {
                "imagePullPolicy" image_pull_policy,
                "protocol" protocol,
                "type" type_,
            }
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
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            ContainerType {
                A = "A",
                B = "B",
            }
        }

        /// `EphemeralContainer` of `sharedenums/v1`.
        pub struct EphemeralContainer {
            /// JSON field `imagePullPolicy`.
            pub image_pull_policy: Option<ImagePullPolicy>,
            /// JSON field `protocol`.
            pub protocol: Option<Protocol>,
            /// JSON field `type`.
            pub type_: Option<EphemeralContainerType>,
        }

        codegen::record! {
            EphemeralContainer {
                "imagePullPolicy" image_pull_policy,
                "protocol" protocol,
                "type" type_,
            }
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
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            EphemeralContainerType {
                A = "A",
                B = "B",
            }
        }

        /// `HTTPGet` of `sharedenums/v1`.
        pub struct HTTPGet {
            /// JSON field `protocol`.
            pub protocol: Option<HTTPGetProtocol>,
        }

        codegen::record! {
            HTTPGet {
                "protocol" protocol,
            }
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
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
            Other(meta::Unknown),
        }

        codegen::open_enum! {
            WidgetPhase {
                Y = "Y",
            }
        }

        /// `WidgetSpec` of `sharedenums/v1`.
        pub struct WidgetSpec {
            /// JSON field `phase`.
            pub phase: Option<WidgetPhase>,
            /// JSON field `widgetMode`.
            pub widget_mode: Option<WidgetMode>,
        }

        codegen::record! {
            WidgetSpec {
                "phase" phase,
                "widgetMode" widget_mode,
            }
        }

        /// `WidgetStatus` of `sharedenums/v1`.
        pub struct WidgetStatus {
            /// JSON field `phase`.
            pub phase: Option<WidgetStatusPhase>,
        }

        codegen::record! {
            WidgetStatus {
                "phase" phase,
            }
        }

        /// `WidgetStatusPhase` of `sharedenums/v1`.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum WidgetStatusPhase {
            /// `Z`.
            Z,
            /// A value that was not known when this was generated.
            Other(meta::Unknown),
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
