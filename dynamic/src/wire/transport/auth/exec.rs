//! Credential plugins: programs of a kubeconfig that print credentials.
//!
//! A plugin reads `KUBERNETES_EXEC_INFO` ([info]) and prints an `ExecCredential` ([reply]).
//! [process] runs it, with bounds on time and output; what it wrote to standard error is kept
//! for the error ([said]).

mod info;
pub(crate) mod problem;
mod process;
mod reply;
mod said;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Stdio;

use futures::future::BoxFuture;
use secrecy::ExposeSecret;
use tokio::process::Command;

use self::problem::{PluginFault, PluginProblem};
use self::process::Run;
use self::said::Said;
use crate::model::error::Result;
use crate::wire::config::{ExecPlugin, InteractiveMode, PluginOptions};
use crate::wire::credential::{Credential, Provide};

/// The plugin of a kubeconfig.
pub(super) struct Exec {
    plugin: ExecPlugin,
    options: PluginOptions,
}

impl Exec {
    pub(super) fn new(plugin: &ExecPlugin, options: &PluginOptions) -> Self {
        Exec {
            plugin: plugin.clone(),
            options: options.clone(),
        }
    }

    async fn run(&self) -> Result<Credential, PluginProblem> {
        let program = self.program()?;
        let is_interactive = self.is_interactive()?;
        let mut run = Run::default();
        let printed = run
            .program(self.command(program, is_interactive), self.options.deadline)
            .await;
        let made = printed.and_then(|printed| reply::read(&printed, self.plugin.version));
        made.map_err(|fault| self.failed(fault, run.said))
    }

    /// The program, if it may run ([rule C23](crate::semantics#c23)).
    fn program(&self) -> Result<PathBuf, PluginProblem> {
        let found = find(&self.plugin.command);
        let program = found.ok_or_else(|| self.problem(PluginFault::NotFound))?;
        if !self.options.policy.allows(&program, find) {
            return Err(self.problem(PluginFault::NotAllowed));
        }
        Ok(program)
    }

    /// Whether the plugin may read from the terminal ([rule C20](crate::semantics#c20)).
    fn is_interactive(&self) -> Result<bool, PluginProblem> {
        let is_terminal = self.options.stdin && std::io::stdin().is_terminal();
        match self.plugin.interactive {
            InteractiveMode::Never => Ok(false),
            InteractiveMode::IfAvailable => Ok(is_terminal),
            InteractiveMode::Always if is_terminal => Ok(true),
            InteractiveMode::Always => Err(self.problem(PluginFault::NoTerminal)),
        }
    }

    fn command(&self, program: PathBuf, is_interactive: bool) -> Command {
        let mut command = Command::new(program);
        command.args(&self.plugin.args);
        for variable in &self.plugin.env {
            command.env(&variable.name, variable.value.expose_secret());
        }
        let info = info::info(&self.plugin, is_interactive);
        command.env("KUBERNETES_EXEC_INFO", info.expose_secret());
        command.stdin(match is_interactive {
            true => Stdio::inherit(),
            false => Stdio::null(),
        });
        command
    }

    fn problem(&self, fault: PluginFault) -> PluginProblem {
        self.failed(fault, Said::default())
    }

    fn failed(&self, fault: PluginFault, said: Said) -> PluginProblem {
        let values = self.plugin.env.iter().map(|variable| &variable.value);
        PluginProblem {
            command: self.plugin.command.clone(),
            fault,
            said: said.lines(values.map(ExposeSecret::expose_secret)),
            hint: self.plugin.install_hint.as_deref().map(said::shown),
        }
    }
}

impl Provide for Exec {
    fn credential(&self) -> BoxFuture<'_, Result<Credential>> {
        Box::pin(async { Ok(self.run().await?) })
    }
}

/// The program of this path, or of this name in `PATH`.
fn find(command: &str) -> Option<PathBuf> {
    which::which(command).ok()
}

#[cfg(test)]
mod tests;
