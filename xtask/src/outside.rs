//! `cargo xtask outside`: a project outside this checkout, which depends on the packages only.
//!
//! The packages are made as they would be published, and unpacked into a temporary folder. A
//! project beside them names kubewright by its version, has an xtask of three lines, generates
//! types from a server that this xtask runs, and talks to that server through them. One thing
//! is not as a user has it: a `.cargo/config.toml` above the project leads to the packages.

mod project;
mod served;

use std::process::ExitCode;

use kubewright::Config;
use kubewright_cli::parts::style::{DIM, GOOD};
use kubewright_cli::parts::{Failure, block_on, failed};

use self::project::Project;
use self::served::Served;
use crate::demo::cluster;
use crate::packages;

/// Build a project that has nothing of this checkout but its packages.
///
/// It lies in a temporary folder, generates types with an xtask of its own and runs a program
/// on them. Where that fails, the folder is kept.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask outside
  cargo xtask outside --keep      and have a look at the project")]
pub(crate) struct Args {
    /// Keep the folder.
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let done = tempfile::tempdir()
        .map_err(Failure::from)
        .and_then(|mut folder| {
            let done = play(folder.path());
            folder.disable_cleanup(args.keep || done.is_err());
            if args.keep || done.is_err() {
                anstream::eprintln!("{DIM}kept{DIM:#} {}", folder.path().display());
            }
            done
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn play(folder: &std::path::Path) -> Result<(), Failure> {
    say("the packages are made and unpacked");
    let packages = packages::unpacked(&folder.join("packages"))?;
    packages::configure(folder, &packages)?;

    say("a project has an xtask of three lines, which runs a server");
    let project = Project::begin(&folder.join("project"))?;
    let server = Served::start(project.xtask(&["serve", "--port", "0"]))?;
    block_on(async {
        let client = Config::new(server.url())?.connect().await?;
        cluster::furnish(&client).await
    })?;

    say("the same xtask generates types from that server");
    project.run(project.xtask(&project::generate(server.url())))?;
    project.expect("api/Cargo.toml", &project::runtime_by_version())?;

    say("a program uses them, and the types of stock Kubernetes");
    project.add_program()?;
    let said =
        project.run(project.cargo(&["run", "--quiet", "--package", "app", "--", server.url()]))?;
    match said.trim() == project::EXPECTED {
        true => say("it said what it should"),
        false => return Err(format!("the program said:\n{said}").into()),
    }

    say("the command `kubewright` is installed");
    let command = project.install(packages::folder_of(&packages, "kubewright-cli")?)?;
    let help = project.run(command)?;
    match help.contains("kubewright gen --server") {
        true => Ok(()),
        false => Err(format!("the help of the command is\n{help}").into()),
    }
}

fn say(what: &str) {
    anstream::eprintln!("{GOOD}outside{GOOD:#} {what}");
}
