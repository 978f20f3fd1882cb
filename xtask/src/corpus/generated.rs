//! Generation, twice.

use std::time::{Duration, Instant};

use kubewright_cli::parts::{self, Failure};
use kubewright_codegen::{Docs, Manifest, Options, Output, Source, generate};

use super::project::Project;
use super::{crates, shuffled};
use crate::checkout::root;

/// What was generated, and how long it took.
pub(super) struct Generated {
    pub(super) output: Output,
    pub(super) took: Duration,
}

/// Generates a project from its documents and from a shuffled copy: the same bytes both times.
pub(super) fn twice(project: &Project) -> Result<Generated, Failure> {
    let specs = project.specs();
    let options = options()?;
    let start = Instant::now();
    let output = generate(&specs, &options)?;
    let took = start.elapsed();
    let again = generate(&shuffled::specs(project), &options)?;
    let other = output
        .files
        .iter()
        .find(|(path, text)| again.files.get(*path) != Some(text));
    match other {
        Some((path, _)) => Err(format!("{path} depends on the order of the input").into()),
        None if again != output => {
            Err("the order of the input decides which files there are".into())
        }
        None => Ok(Generated { output, took }),
    }
}

/// As `cargo xtask gen` does it for a crate that stands alone.
fn options() -> Result<Options, Failure> {
    let mut options = Options::default();
    options.docs = Docs::Full;
    let source = |folder: &str| {
        let path = root().join(folder);
        Source::Path(path.to_string_lossy().into_owned())
    };
    options.manifest = Manifest::Standalone {
        name: crates::API.to_owned(),
        runtime: source("dynamic"),
        own_workspace: true,
    };
    let stock = parts::stock()?;
    options.stock = Some(stock.taken_from(source("generated")));
    Ok(options)
}
