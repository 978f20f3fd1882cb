//! `cargo xtask facts`: the documents of a real API server about itself, kept in the project.
//!
//! The embedded server takes its knowledge of the built-in kinds from here, and the
//! generated crate is made from it. Facts only: names, types, verbs. The prose of the
//! specification stays where it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubewright_cli::parts::style::{DIM, GOOD};
use kubewright_cli::parts::{Failure, binaries, block_on, failed};
use kubewright_envtest::ControlPlane;

mod fetch;
mod layout;
mod strip;

/// Derive the facts about stock Kubernetes from a real API server.
///
/// Starts a control plane (see `cargo xtask control-plane --help`), reads its discovery
/// and every OpenAPI v3 document, and writes them without prose.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask facts            after a change of the release in envtest/control-plane
  cargo xtask facts --check    in CI; exits 1 where a file is stale")]
pub(crate) struct Args {
    /// Write nothing; exit 1 where the files do not state what the server says.
    #[arg(long)]
    check: bool,
    /// The folder of the files; by default envtest/facts of the project.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: Args) -> ExitCode {
    let out = args.out.unwrap_or_else(project_folder);
    let done = facts().and_then(|files| match args.check {
        true => Ok(check(&out, &files)),
        false => write(&out, &files).map(|()| ExitCode::SUCCESS),
    });
    done.unwrap_or_else(|error| failed(&*error))
}

fn project_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .with_file_name("envtest")
        .join("facts")
}

type Files = BTreeMap<&'static str, Vec<u8>>;

fn facts() -> Result<Files, Failure> {
    let builder = ControlPlane::builder().binaries(binaries()?);
    block_on(async {
        let server = builder.start().await?;
        anstream::eprintln!("{DIM}reading Kubernetes {}{DIM:#}", server.version());
        Ok(layout::files(fetch::facts(&server).await?)?)
    })
}

fn write(out: &Path, files: &Files) -> Result<(), Failure> {
    fs::create_dir_all(out)?;
    for (name, bytes) in files {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        anstream::println!(
            "{GOOD}wrote{GOOD:#} {} ({} bytes)",
            path.display(),
            bytes.len()
        );
    }
    Ok(())
}

fn check(out: &Path, files: &Files) -> ExitCode {
    let stale = stale(files, |name| fs::read(out.join(name)).ok());
    for name in &stale {
        anstream::println!("stale: {}", out.join(name).display());
    }
    if stale.is_empty() {
        anstream::println!("{GOOD}fresh{GOOD:#} {}", out.display());
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!("run `cargo xtask facts` and review what changed");
    ExitCode::FAILURE
}

/// The files that do not say what they should, or whose hash is not the recorded one.
fn stale(files: &Files, kept: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<&'static str> {
    let same = |name, bytes: &[u8]| {
        let kept = kept(name).and_then(|kept| layout::content(name, &kept));
        kept.is_some() && kept == layout::content(name, bytes)
    };
    let stale = files.iter().filter(|(name, bytes)| !same(name, bytes));
    let stale: Vec<_> = stale.map(|(name, _)| *name).collect();
    if stale.is_empty() && !layout::sealed(&kept) {
        return vec![layout::VERSION];
    }
    stale
}

#[cfg(test)]
mod tests {
    use super::{Files, layout, stale};
    use serde_json::json;
    use std::collections::BTreeMap;

    fn files(kind: &str) -> Files {
        let resource = |name| json!({"resource": name, "responseKind": {"kind": kind}});
        let version = json!({"version": "v1", "resources": [resource("pods"), resource("nodes")]});
        layout::files(layout::Facts {
            kubernetes: "v1.2.3".to_owned(),
            discovery: json!({"items": [{"metadata": {}, "versions": [version]}]}),
            openapi: BTreeMap::from([("api/v1".to_owned(), json!({"openapi": "3.0.0"}))]),
        })
        .unwrap()
    }

    #[test]
    fn the_same_facts_are_fresh() {
        let (new, kept) = (files("Pod"), files("Pod"));
        assert_eq!(
            stale(&new, |name| kept.get(name).cloned()),
            Vec::<&str>::new()
        );
    }

    fn committed(name: &str) -> Vec<u8> {
        std::fs::read(super::project_folder().join(name)).unwrap()
    }

    #[test]
    fn the_committed_files_are_those_that_were_hashed() {
        assert!(layout::sealed(|name| Some(committed(name))));
    }

    #[test]
    fn the_committed_files_hold_no_prose() {
        let openapi = layout::content(layout::OPENAPI, &committed(layout::OPENAPI)).unwrap();
        let text = String::from_utf8(openapi).unwrap();
        // A property of that name is an object.
        assert!(text.contains(r#""description":{"type":"string"}"#));
        assert!(!text.contains(r#""description":""#));
    }

    #[test]
    fn a_file_that_differs_or_is_not_there_is_stale() {
        let (new, mut kept) = (files("Pod"), files("Node"));
        assert_eq!(
            stale(&new, |name| kept.get(name).cloned()),
            [layout::DISCOVERY]
        );
        kept.insert(layout::OPENAPI, b"no gzip".to_vec());
        kept.remove(layout::VERSION);
        assert_eq!(stale(&new, |name| kept.get(name).cloned()).len(), 3);
    }

    #[test]
    fn another_compression_states_the_same() {
        let (new, mut kept) = (files("Pod"), files("Pod"));
        let text = layout::content(layout::OPENAPI, &kept[layout::OPENAPI]).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        std::io::Write::write_all(&mut gzip, &text).unwrap();
        kept.insert(layout::OPENAPI, gzip.finish().unwrap());
        // The content is the same, so what is wrong is the recorded hash.
        assert_eq!(
            stale(&new, |name| kept.get(name).cloned()),
            [layout::VERSION]
        );
    }

    #[test]
    fn a_resource_has_a_line_of_its_own() {
        let files = files("Pod");
        let text = String::from_utf8(files[layout::DISCOVERY].clone()).unwrap();
        let expected = r#"{"items":[
{"metadata":{},"versions":[
{"version":"v1","resources":[
{"resource":"nodes","responseKind":{"kind":"Pod"}},
{"resource":"pods","responseKind":{"kind":"Pod"}}
]}
]}
]}
"#;
        assert_eq!(text, expected);
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn discovery_of_another_shape_is_an_error() {
        for discovery in [
            json!([]),
            json!({"items": {}}),
            json!({"items": [{"versions": [7]}]}),
        ] {
            let facts = layout::Facts {
                kubernetes: String::new(),
                discovery,
                openapi: BTreeMap::new(),
            };
            assert!(layout::files(facts).unwrap_err().contains("discovery"));
        }
    }
}
