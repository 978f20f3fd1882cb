//! A server that a command runs for as long as it is needed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use kubewright_cli::parts::Failure;

/// Ends with this value.
pub(super) struct Served {
    child: Child,
    url: String,
}

impl Served {
    /// Runs a command whose first line of output is the server's URL.
    pub(super) fn start(mut command: Command) -> Result<Self, Failure> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let served = Self {
            child,
            url: url.trim().to_owned(),
        };
        match served.url.starts_with("http://") {
            true => Ok(served),
            false => Err(format!("expected the URL of a server, got `{}`", served.url).into()),
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
