//! The project: its files, and what is run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kubewright_cli::parts::Failure;

use crate::checkout::{cargo, finished, root};

pub(super) struct Project {
    folder: PathBuf,
}

/// What the program prints.
pub(super) const EXPECTED: &str = "\
web wants 3 replicas
big has size 3
settings is cached";

/// The files that are there from the beginning, then those that come with the program.
const BEGINNING: [(&str, &str); 4] = [
    (
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"xtask\"]\n",
    ),
    (
        ".cargo/config.toml",
        "[alias]\nxtask = \"run --package xtask --\"\n",
    ),
    ("xtask/Cargo.toml", include_str!("project/xtask.toml.txt")),
    ("xtask/src/main.rs", include_str!("project/xtask.rs.txt")),
];
const PROGRAM: [(&str, &str); 3] = [
    (
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"api\", \"app\", \"xtask\"]\n",
    ),
    ("app/Cargo.toml", include_str!("project/app.toml.txt")),
    ("app/src/main.rs", include_str!("project/app.rs.txt")),
];

impl Project {
    /// A workspace with an xtask. It has this checkout's lock file, so that nothing is fetched
    /// that is not here already.
    pub(super) fn begin(folder: &Path) -> Result<Self, Failure> {
        let project = Self {
            folder: folder.to_owned(),
        };
        project.write(&BEGINNING)?;
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(project)
    }

    /// Adds a program that uses the generated crate.
    pub(super) fn add_program(&self) -> Result<(), Failure> {
        self.write(&PROGRAM)
    }

    fn write(&self, files: &[(&str, &str)]) -> Result<(), Failure> {
        for (path, text) in files {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(path, text.replace("{version}", env!("CARGO_PKG_VERSION")))?;
        }
        Ok(())
    }

    pub(super) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = cargo(&self.folder);
        // Other people's crates are compiled once for all runs.
        cargo
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo.args(arguments);
        cargo
    }

    pub(super) fn xtask(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.cargo(&["xtask"]);
        cargo.args(arguments);
        cargo
    }

    /// Runs a command to its end; what it printed.
    pub(super) fn run(&self, mut command: Command) -> Result<String, Failure> {
        finished(&mut command)
    }

    /// Fails unless a file holds this text.
    pub(super) fn expect(&self, file: &str, text: &str) -> Result<(), Failure> {
        let found = fs::read_to_string(self.folder.join(file))?;
        match found.contains(text) {
            true => Ok(()),
            false => Err(format!("{file}: expected `{text}` in\n{found}").into()),
        }
    }

    /// Installs the command from its package; the command, asked for its help.
    pub(super) fn install(&self, package: &Path) -> Result<Command, Failure> {
        let root = self.folder.join("installed");
        let mut install = self.cargo(&["install", "--quiet", "--debug", "--path"]);
        install.arg(package).arg("--root").arg(&root);
        finished(&mut install)?;
        let mut command = Command::new(root.join("bin/kubewright"));
        command.args(["gen", "--help"]);
        Ok(command)
    }
}

/// The arguments by which types of two group-versions are generated.
pub(super) fn generate(server: &str) -> [&str; 10] {
    [
        "gen",
        "--server",
        server,
        "--include",
        "apps/v1",
        "--include",
        "example.com/v1",
        "--crate-name",
        "our-api",
        "--out=api",
    ]
}

/// How a manifest names a released runtime.
pub(super) fn runtime_by_version() -> String {
    format!(
        "kubewright = {{ version = {:?}, default-features = false }}",
        env!("CARGO_PKG_VERSION")
    )
}

fn target() -> PathBuf {
    root().join("target/outside")
}
