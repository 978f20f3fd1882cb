//! Another generator's output for the same definitions, compiled in the same run.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use kubewright_cli::parts::Failure;

use super::crates::Crates;
use super::project::Project;

/// What its output costs.
pub(super) struct Measured {
    pub(super) lines: usize,
    /// Processor time of `cargo check`.
    pub(super) check: Duration,
}

/// Has kopium generate every served version of a project, as it recommends itself, and
/// checks the crate that holds them.
pub(super) fn measure(
    kopium: &Path,
    crates: &Crates,
    project: &Project,
) -> Result<Measured, Failure> {
    let folder = crates.beside(project, "kopium");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    let (mut root, mut lines) = ("#![allow(warnings)]\n".to_owned(), 0);
    for definition in project.definitions() {
        let input = folder.join("input.json");
        fs::write(&input, definition.to_string())?;
        let versions = definition["spec"]["versions"]
            .as_array()
            .into_iter()
            .flatten();
        for version in versions.filter(|version| version["served"] == true) {
            let text = generate(kopium, &input, version["name"].as_str().unwrap_or_default())?;
            let module = format!("m{}", root.lines().count());
            lines += text.lines().count();
            fs::write(folder.join("src").join(format!("{module}.rs")), text)?;
            root.push_str(&format!("pub mod {module};\n"));
        }
    }
    // First the dependencies with nothing on them, then what is to be measured.
    fs::write(folder.join("src/lib.rs"), "")?;
    crates.cargo("check", &folder, &[])?;
    fs::write(folder.join("src/lib.rs"), root)?;
    let check = crates.cargo("check", &folder, &[])?;
    Ok(Measured { lines, check })
}

fn generate(kopium: &Path, input: &Path, version: &str) -> Result<String, Failure> {
    let mut command = Command::new(kopium);
    command
        .args(["--auto", "--api-version", version, "--filename"])
        .arg(input);
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", kopium.display()))?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

const MANIFEST: &str = r#"[package]
name = "kopium-output"
version = "0.0.0"
edition = "2021"

[dependencies]
k8s-openapi = { version = "*", features = ["latest", "schemars"] }
kube = { version = "*", default-features = false, features = ["derive"] }
schemars = "*"
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;
