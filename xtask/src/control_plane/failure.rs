//! An error as a person reads it: what happened, then why.

use std::error::Error;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

/// Whatever a command ends with when it does not succeed.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

const BAD: Style = AnsiColor::Red.on_default().bold();

/// Prints an error with its causes to standard error; the exit code of failure.
pub(crate) fn failed(error: &dyn Error) -> ExitCode {
    anstream::eprintln!("{BAD}error{BAD:#}: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        anstream::eprintln!("  caused by: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
