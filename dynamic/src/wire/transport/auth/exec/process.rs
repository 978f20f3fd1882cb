//! A plugin as a child process, bounded in time and output.

use std::io::{self, IsTerminal, Write};
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::timeout;

use super::problem::PluginFault;
use super::said::Said;

/// A plugin that prints more than this, on either stream, prints without end.
const MOST_OUTPUT: usize = 1 << 20;
/// How long the output of an ended plugin is waited for, which a child of it may hold open.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What is left of a run, however it ended.
#[derive(Default)]
pub(super) struct Run {
    pub(super) said: Said,
}

impl Run {
    /// Runs a plugin and returns what it printed. Dropping the future kills it.
    pub(super) async fn program(
        &mut self,
        mut command: Command,
        deadline: Duration,
    ) -> Result<Vec<u8>, PluginFault> {
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        match timeout(deadline, self.exchange(command)).await {
            Ok(printed) => printed,
            Err(_) => Err(PluginFault::Hung { deadline }),
        }
    }

    async fn exchange(&mut self, mut command: Command) -> Result<Vec<u8>, PluginFault> {
        let not_run = |source| PluginFault::NotRun { source };
        let mut child = command.spawn().map_err(not_run)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let mut printed = Vec::new();
        let status = {
            let reading = async {
                let printed = copy(stdout, |chunk| printed.extend_from_slice(chunk));
                let said = copy(stderr, |chunk| {
                    self.said.push(chunk);
                    pass_on(chunk);
                });
                tokio::try_join!(printed, said).map(drop)
            };
            let mut reading = pin!(reading);
            tokio::select! {
                // What it has printed when it ends is read in any case.
                biased;
                read = &mut reading => {
                    read?;
                    child.wait().await
                }
                status = child.wait() => {
                    if let Ok(read) = timeout(LAST_WORDS, reading).await {
                        read?;
                    }
                    status
                }
            }
        };
        ended(status.map_err(not_run)?)?;
        Ok(printed)
    }
}

fn ended(status: ExitStatus) -> Result<(), PluginFault> {
    match status.success() {
        true => Ok(()),
        false => Err(PluginFault::Failed { status }),
    }
}

/// Hands on all that a stream holds, within the bound. One that breaks has ended.
async fn copy(
    stream: Option<impl AsyncRead + Unpin>,
    mut take: impl FnMut(&[u8]),
) -> Result<(), PluginFault> {
    let Some(mut stream) = stream else {
        return Ok(());
    };
    let mut buffer = vec![0; 8192];
    let mut total = 0;
    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
        take(&buffer[..length]);
        total += length;
        if total > MOST_OUTPUT {
            return Err(PluginFault::TooLong { limit: MOST_OUTPUT });
        }
    }
    Ok(())
}

/// People read what a plugin asks of them; a log file does not.
fn pass_on(written: &[u8]) {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        // A terminal that is gone reads nothing.
        let _ = stderr.write_all(written);
    }
}
