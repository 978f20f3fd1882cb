pub mod streams_example_com_v1 {
    //! Types and client of `streams.example.com/v1`.

    mod client {

        use kubewright::codegen::{Api, Client};
        use super::Shell;

        /// The resources of `streams.example.com/v1`. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct StreamsExampleComV1Client {
            client: Client,
        }

        impl StreamsExampleComV1Client {
            /// A client that sends its requests through `client`.
            #[inline]
            #[must_use]
            pub fn new(client: Client) -> Self {
                Self { client }
            }

            /// The client underneath, which reaches any resource.
            #[inline]
            #[must_use]
            pub fn client(&self) -> &Client {
                &self.client
            }

            /// `shells` of one namespace.
            #[inline]
            #[must_use]
            pub fn shells(&self, namespace: &str) -> Api<Shell> {
                Api::namespaced(self.client.clone(), namespace)
            }
        }
    }
    mod subresources {

        /// `shells/exec`, a stream over a connection of its own.
        #[derive(Clone, Copy, Debug)]
        pub struct ShellExec;

        impl kubewright::codegen::Connect for ShellExec {
            type Parent = super::Shell;
            type Options = ShellExecOptions;
            const NAME: &'static str = "exec";
        }

        /// Query parameters of `shells/exec`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ShellExecOptions {
            /// Parameter `command`.
            ///
            /// What to run.
            pub command: Vec<String>,
            /// Parameter `container`.
            pub container: Option<String>,
            /// Parameter `tty`.
            pub tty: Option<bool>,
        }

        impl kubewright::codegen::Parameters for ShellExecOptions {
            fn each(&self, add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {
                self.command.iter().for_each(|value| add("command", value));
                self.container.iter().for_each(|value| add("container", value));
                self.tty.iter().for_each(|value| add("tty", value));
            }
        }

        /// `shells/log`, answered with text.
        #[derive(Clone, Copy, Debug)]
        pub struct ShellLog;

        impl kubewright::codegen::Connect for ShellLog {
            type Parent = super::Shell;
            type Options = ShellLogOptions;
            const NAME: &'static str = "log";
        }

        /// Query parameters of `shells/log`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ShellLogOptions {
            /// Parameter `"; evil()`.
            pub evil: Option<String>,
            /// Parameter `container`.
            pub container: Option<String>,
            /// Parameter `follow`.
            pub follow: Option<bool>,
            /// Parameter `tailLines`.
            pub tail_lines: Option<i64>,
        }

        impl kubewright::codegen::Parameters for ShellLogOptions {
            fn each(&self, add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {
                self.evil.iter().for_each(|value| add("\"; evil()", value));
                self.container.iter().for_each(|value| add("container", value));
                self.follow.iter().for_each(|value| add("follow", value));
                self.tail_lines.iter().for_each(|value| add("tailLines", value));
            }
        }

        impl kubewright::codegen::Text for ShellLog {}

        impl kubewright::codegen::HasLog for super::Shell {
            type Log = ShellLog;
        }

        /// `shells/proxy`, answered with text.
        #[derive(Clone, Copy, Debug)]
        pub struct ShellProxy;

        impl kubewright::codegen::Connect for ShellProxy {
            type Parent = super::Shell;
            type Options = ShellProxyOptions;
            const NAME: &'static str = "proxy";
        }

        /// Query parameters of `shells/proxy`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ShellProxyOptions {
            /// Parameter `path`.
            pub path: Option<String>,
        }

        impl kubewright::codegen::Parameters for ShellProxyOptions {
            fn each(&self, add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {
                self.path.iter().for_each(|value| add("path", value));
            }
        }

        impl kubewright::codegen::Text for ShellProxy {}
    }
    mod types {

        use kubewright::codegen::{self, meta};

        /// Kind `Shell` of `streams.example.com/v1`, namespaced.
        ///
        /// Verbs: `update`.
        ///
        /// Subresources without an object: `exec`, `log`, `proxy`.
        pub struct Shell {
            /// JSON field `metadata`, required.
            pub metadata: meta::ObjectMeta,
        }

        codegen::record! {
            Shell {
                "metadata" metadata,
            }
        }

        codegen::resource! {
            Shell {
                "streams.example.com" "v1" "Shell" "shells" Namespaced
                Replace
            }
        }
    }

    pub use client::StreamsExampleComV1Client;
    pub use subresources::{ShellExec, ShellExecOptions};
    pub use subresources::{ShellLog, ShellLogOptions};
    pub use subresources::{ShellProxy, ShellProxyOptions};
    pub use types::Shell;
}
