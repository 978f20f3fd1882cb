//! `cargo xtask corpus`: the generator on real specifications, from the bytes to the types
//! at work.
//!
//! For each project of a folder it generates a crate twice, from the documents and from a
//! shuffled copy of them, compiles it, runs clippy and rustdoc over it, compiles a program that makes up
//! objects of each kind and reads and writes them, and, with `--live`, creates them on the
//! real kube-apiserver through the generated types. What it takes is measured, beside
//! another generator where one is named. Nothing is judged by its looks here: the golden
//! cases do that.

use std::path::PathBuf;
use std::process::ExitCode;

mod crates;
mod generated;
mod kopium;
mod live;
mod project;
mod report;
mod shuffled;
mod timed;

use crates::Crates;
use kubewright_cli::parts::style::{BAD, DIM, GOOD};
use kubewright_cli::parts::{Failure, failed};
use project::Project;
use report::Row;

/// Prove the generator on real documents, with figures.
///
/// What is generated is compiled, linted and documented, and objects of every kind are read and
/// written through it.
///
/// The folder holds one folder of CustomResourceDefinitions for each project below `crds/`,
/// and OpenAPI below `kubernetes/`. Everything is built below target/corpus, on one target
/// folder of its own. It ends with a table; the exit code says whether all of it held.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask corpus ../corpus
  cargo xtask corpus ../corpus --project istio --project keda
  cargo xtask corpus ../corpus --live           and create objects on the real kube-apiserver
  cargo xtask corpus ../corpus --kopium kopium  and compile another generator's output")]
pub(crate) struct Args {
    /// The folder of documents; else the one that KUBEWRIGHT_CORPUS names.
    #[arg(value_name = "FOLDER")]
    corpus: Option<PathBuf>,
    /// Only projects of this name; may be repeated.
    #[arg(long, value_name = "NAME")]
    project: Vec<String>,
    /// Start the real kube-apiserver, install the definitions, and create an object of each
    /// kind through its type.
    #[arg(long)]
    live: bool,
    /// This kopium's output is compiled as well.
    #[arg(long, value_name = "PROGRAM")]
    kopium: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match try_run(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&*error),
    }
}

fn try_run(args: &Args) -> Result<bool, Failure> {
    let corpus = args.corpus.clone().or_else(crate::test::corpus);
    let corpus = corpus.ok_or("no corpus: name its folder, or set KUBEWRIGHT_CORPUS")?;
    let projects = project::all(&corpus, &args.project)?;
    let crates = Crates::new()?;
    let server = match args.live {
        true => Some(live::Server::start()?),
        false => None,
    };
    anstream::eprintln!("{DIM}compiling what all of them need{DIM:#}");
    crates.warm_up()?;
    let mut rows = Vec::new();
    for project in &projects {
        let row = prove(&crates, project, server.as_ref(), args)?;
        match row.is_good() {
            true => anstream::eprintln!("{GOOD}ok{GOOD:#}      {}", row.line()),
            false => {
                anstream::eprintln!("{BAD}failed{BAD:#}  {}\n{}", project.name, row.troubles());
            }
        }
        rows.push(row);
    }
    report::table(&rows);
    Ok(rows.iter().all(Row::is_good))
}

/// Everything about one project; a fault of the generator is in the row, not an error.
fn prove(
    crates: &Crates,
    project: &Project,
    server: Option<&live::Server>,
    args: &Args,
) -> Result<Row, Failure> {
    let mut row = Row::new(project);
    let Some(output) = row.step("generate", generated::twice(project)) else {
        return Ok(row);
    };
    row.generated(&output);
    let api = crates.api(project, &output.output)?;
    if let Some(cpu) = row.step("check", crates.check(&api)) {
        row.check = Some(cpu);
        row.step("clippy", crates.clippy(&api));
        row.step("rustdoc", crates.rustdoc(&api));
        if let Some(program) = row.step("program", crates.program(project, &output.output)) {
            row.round_trips = row.step("round trips", crates::round_trips(&program));
            if let Some(server) = server.filter(|_| project.is_custom()) {
                row.live = row.step("live", server.prove(project, &program));
            }
        }
    }
    if let Some(kopium) = args.kopium.as_ref().filter(|_| project.is_custom()) {
        row.kopium = row.step("kopium", kopium::measure(kopium, crates, project));
    }
    Ok(row)
}
