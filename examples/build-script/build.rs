//! Generates the API of the definitions in `crds/` into the folder of build outputs.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use kubewright_codegen::{Docs, Layout, Options, Spec, generate};

fn main() -> Result<(), Box<dyn Error>> {
    const DEFINITIONS: &str = "crds/crontabs.yaml";
    println!("cargo::rerun-if-changed={DEFINITIONS}");

    let definitions = Spec::manifests(DEFINITIONS, fs::read(DEFINITIONS)?);
    let mut options = Options::default();
    options.layout = Layout::Module;
    options.docs = Docs::Full;
    let output = generate(&[definitions], &options)?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("api.rs");
    fs::write(out, &output.files["api.rs"])?;
    Ok(())
}
