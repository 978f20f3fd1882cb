//! An error as a person reads it: what happened, then why.

use std::error::Error;
use std::iter::successors;
use std::process::ExitCode;

use crate::style::BAD;

/// Whatever a command ends with when it does not succeed.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Prints an error with its causes to standard error; the exit code of failure.
pub fn failed(error: &dyn Error) -> ExitCode {
    anstream::eprintln!("{BAD}error{BAD:#}: {error}");
    for cause in successors(error.source(), |&error| error.source()) {
        anstream::eprintln!("  caused by: {cause}");
    }
    ExitCode::FAILURE
}

/// Prints why a command line cannot be carried out; the exit code that clap has for this.
pub(crate) fn misused(message: &str) -> ExitCode {
    anstream::eprintln!("{BAD}error{BAD:#}: {message}\n\nFor more, try --help.");
    ExitCode::from(2)
}
