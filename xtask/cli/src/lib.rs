//! The command `kubewright`, as a library.
//!
//! `cargo install kubewright-cli` builds it as a program:
//!
//! ```sh
//! kubewright gen --server --out my-api       # Rust types for the API of your cluster
//! kubewright get deployments -A              # any resource, shown as kubectl shows it
//! kubewright serve                           # an API server to try things on
//! ```
//!
//! A project that wants the same version for everybody who builds it, or prints the manifests
//! of kinds that it defines, calls the commands from an [xtask] of its own:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     kubewright_cli::main()
//! }
//! ```
//!
//! With `xtask = "run --package xtask --"` below `[alias]` in `.cargo/config.toml`,
//! `cargo xtask gen --server --out my-api` then does what the program does, and the help
//! texts say `cargo xtask`. [`App`] takes kinds of your own; [`Command`] goes into a command
//! line with further commands.
//!
//! [xtask]: https://github.com/matklad/cargo-xtask
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is its job"
)]

use std::process::ExitCode;

use clap::Parser as _;
use kubewright::crd::CustomResourceDefinition;

mod checkout;
mod command;
mod control_plane;
mod crd;
mod failure;
mod generate;
mod get;
mod program;
mod runtime;
mod serve;
mod shell;
mod style;

use self::checkout::Checkout;
pub use self::command::Command;
use self::command::{CommandLine, Which};

/// Runs the command that the program's arguments name; [`App`] does the same with kinds of
/// your own.
#[must_use = "a program ends with this code"]
pub fn main() -> ExitCode {
    App::new().main()
}

/// The commands, and what they know of the program that they are part of.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use kubewright::{ObjectMeta, Resource, Schema};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Resource, Clone, Debug, Serialize, Deserialize)]
/// #[resource(group = "example.com", version = "v1", namespaced)]
/// struct Widget {
///     metadata: ObjectMeta,
///     spec: WidgetSpec,
/// }
///
/// #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
/// struct WidgetSpec {
///     size: u32,
/// }
///
/// // `cargo xtask crd` prints the definition of Widget.
/// fn main() -> ExitCode {
///     kubewright_cli::App::new().kinds([Widget::crd()]).main()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct App {
    kinds: Vec<CustomResourceDefinition>,
    is_of_checkout: bool,
}

impl App {
    /// The commands, for a program that defines no kinds.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds kinds, whose manifests the command `crd` prints, writes and checks.
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = CustomResourceDefinition>) -> Self {
        self.kinds.extend(kinds);
        self
    }

    /// For the xtask of kubewright's own checkout: `gen` alone writes its `generated/`.
    #[doc(hidden)]
    #[must_use]
    pub fn of_checkout(mut self) -> Self {
        self.is_of_checkout = true;
        self
    }

    /// Reads the program's arguments and runs the command that they name. Ends the program
    /// itself where they ask for help or cannot be understood.
    #[must_use = "a program ends with this code"]
    pub fn main(&self) -> ExitCode {
        self.run(CommandLine::parse().command)
    }

    /// Runs one command, for a program that reads its arguments itself.
    #[must_use = "a program ends with this code"]
    pub fn run(&self, command: Command) -> ExitCode {
        match command.0 {
            Which::Gen(args) => generate::run(args, self.checkout().as_ref()),
            Which::Crd(args) => crd::run(&args, &self.kinds),
            Which::Get(args) => get::run(args),
            Which::Serve(args) => serve::run(&args),
            Which::ControlPlane(args) => control_plane::run(args),
        }
    }

    fn checkout(&self) -> Option<Checkout> {
        Checkout::found().filter(|_| self.is_of_checkout)
    }
}

/// What the xtask of kubewright's own checkout shares with the commands here. No part of the
/// public API.
#[doc(hidden)]
pub mod parts {
    pub use crate::control_plane::{binaries, binaries_of};
    pub use crate::failure::{Failure, failed};
    pub use crate::generate::{fetch, stock, write};
    pub use crate::program::examples;
    pub use crate::runtime::{block_on, interrupted};
    pub mod style {
        pub use crate::style::{BAD, CODE, DIM, GOOD, STRONG, WARNING};
    }
}
