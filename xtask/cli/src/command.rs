//! The command line: which command, with which arguments.

use clap::error::Error;
use clap::{ArgMatches, FromArgMatches, Parser, Subcommand};

use crate::{control_plane, crd, generate, get, program, serve};

/// Kubernetes from the command line: read any resource, generate types, run servers.
#[derive(Parser)]
#[command(name = program::name(), bin_name = program::name(), version)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One of the commands with its arguments, as clap reads it; [`App::run`](crate::App::run)
/// runs it.
///
/// An xtask with commands of its own flattens it into them:
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use clap::Parser;
///
/// #[derive(Parser)]
/// #[command(bin_name = "cargo xtask")]
/// enum Command {
///     /// Build the image.
///     Image,
///     #[command(flatten)]
///     Kubewright(kubewright_cli::Command),
/// }
///
/// fn main() -> ExitCode {
///     match Command::parse() {
///         Command::Image => ExitCode::SUCCESS,
///         Command::Kubewright(command) => kubewright_cli::App::new().run(command),
///     }
/// }
/// ```
pub struct Command(pub(crate) Which);

// Described where their arguments are: a line here would take the place of all that.
#[derive(Subcommand)]
pub(crate) enum Which {
    Gen(generate::Args),
    Crd(crd::Args),
    Get(get::Args),
    Serve(serve::Args),
    ControlPlane(control_plane::Args),
}

impl FromArgMatches for Command {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Which::from_arg_matches(matches).map(Command)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Subcommand for Command {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        Which::augment_subcommands(command)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Which::augment_subcommands_for_update(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Which::has_subcommand(name)
    }
}
