//! An error as a person reads it: what happened, then why.

use std::error::Error;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

/// Whatever a command ends with when it does not succeed.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// Prints an error with its causes to standard error; the exit code of failure.
pub(crate) fn failed(error: &dyn Error) -> ExitCode {
    let mut said = error.to_string();
    anstream::eprintln!("{BAD}error{BAD:#}: {said}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        // Some errors repeat their cause; once is enough.
        if !said.contains(&text) {
            anstream::eprintln!("  caused by: {text}");
            said.push_str(&text);
        }
        cause = error.source();
    }
    ExitCode::FAILURE
}
