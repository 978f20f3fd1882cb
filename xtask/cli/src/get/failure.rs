//! Failures of `get`, with the messages and exit codes that kubectl's users know.

use std::fmt;
use std::io;
use std::process::ExitCode;

use kubewright::Error;

use super::cells::visible;
use crate::failure::{failed, misused};
use crate::program;
use crate::style::BAD;

/// What a run ends with when not all was shown.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line means nothing.
    Usage(String),
    /// These were refused or broke; what else was asked for is shown.
    Client(Vec<Error>),
    /// It is not known which cluster is meant.
    Unconfigured(Error),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl Failure {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Failure::Usage(message.into())
    }

    /// Prints what went wrong to standard error; says how to exit.
    pub(super) fn report(&self) -> ExitCode {
        match self {
            Failure::Usage(message) => misused(message),
            // The reader of the output has seen enough: `get … | head`.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                ExitCode::SUCCESS
            }
            Failure::Output(error) => failed(error),
            Failure::Unconfigured(error) => {
                let code = failed(error);
                anstream::eprintln!("{}", program::named(ANOTHER_CLUSTER));
                code
            }
            Failure::Client(errors) => {
                errors.iter().for_each(report);
                let refused_here = errors.iter().any(Error::is_request);
                ExitCode::from(if refused_here { 2 } else { 1 })
            }
        }
    }
}

const ANOTHER_CLUSTER: &str = "\
--kubeconfig, --context or --server name another cluster; `{program} serve` is one to try with";

fn report(error: &Error) {
    match server_said(error) {
        Some((front, message)) => anstream::eprintln!("{BAD}{front}{BAD:#}: {message}"),
        None => {
            failed(error);
        }
    }
}

/// The server's own words, behind its reason.
fn server_said(error: &Error) -> Option<(String, String)> {
    let status = error.status()?;
    let message = status.message.as_deref().filter(|text| !text.is_empty())?;
    let front = match error.reason() {
        "" => "Error from server".to_owned(),
        reason => format!("Error from server ({})", visible(reason)),
    };
    Some((front, visible(message).into_owned()))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(message) => f.write_str(message),
            Failure::Output(error) => write!(f, "{error}"),
            Failure::Unconfigured(error) => write!(f, "{error}"),
            Failure::Client(errors) => {
                let texts: Vec<_> = errors.iter().map(Error::to_string).collect();
                f.write_str(&texts.join("; "))
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Client(vec![error])
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}
