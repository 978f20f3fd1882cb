//! To be written.

use std::process::ExitCode;

/// Nothing yet.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: Args) -> ExitCode {
    ExitCode::SUCCESS
}
