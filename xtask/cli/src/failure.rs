//! An error as a person reads it: what happened, then why.

use std::error::Error;
use std::iter::successors;
use std::process::ExitCode;

use crate::style::BAD;

/// Whatever a command ends with when it does not succeed.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Prints an error with its causes to standard error; the exit code of failure.
///
/// Many messages end in their root cause; what lies between is then no news.
pub fn failed(error: &dyn Error) -> ExitCode {
    let said = error.to_string();
    anstream::eprintln!("{BAD}error{BAD:#}: {said}");
    let causes: Vec<_> = successors(error.source(), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    if causes.last().is_none_or(|root| !said.contains(root)) {
        for cause in causes.iter().filter(|cause| !said.contains(*cause)) {
            anstream::eprintln!("  caused by: {cause}");
        }
    }
    ExitCode::FAILURE
}

/// Prints why a command line cannot be carried out; the exit code that clap has for this.
pub(crate) fn misused(message: &str) -> ExitCode {
    anstream::eprintln!("{BAD}error{BAD:#}: {message}\n\nFor more, try --help.");
    ExitCode::from(2)
}
