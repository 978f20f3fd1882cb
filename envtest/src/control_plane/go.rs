//! The `go` command as far as two programs need it: count, build, and say in our
//! words what it said in its own.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Error;
use super::release::Release;

/// The lines kept of what Go says, for an error.
const TAIL: usize = 20;

/// Go, run inside a module's folder.
pub(super) struct Go<'a> {
    folder: &'a Path,
    release: &'a Release,
}

impl<'a> Go<'a> {
    pub(super) fn in_folder(folder: &'a Path, release: &'a Release) -> Self {
        Self { folder, release }
    }

    /// Fetches what is missing and counts the packages that Go's cache does not hold.
    pub(super) fn packages_to_compile(
        &self,
        mut downloading: impl FnMut(&str),
    ) -> Result<usize, Error> {
        let listed = self.folder.join("stale.txt");
        let output = File::create(&listed).map_err(Error::at("write the list of packages"))?;
        let mut command = self.command();
        command
            .args(["list", "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}"])
            .args(self.packages())
            .stdout(output);
        run(command, |line| {
            if let Some(module) = line.strip_prefix("go: downloading ") {
                downloading(module);
            }
        })?;
        let listed = fs::read_to_string(&listed).map_err(Error::at("read the list of packages"))?;
        Ok(listed.lines().filter(|line| !line.is_empty()).count())
    }

    /// Builds the programs into `out`, naming each package as it is compiled.
    pub(super) fn build(&self, out: &Path, mut compiled: impl FnMut(&str)) -> Result<(), Error> {
        let mut command = self.command();
        command
            .args([
                "build",
                "-v",
                "-ldflags",
                &self.release.linker_flags(),
                "-o",
            ])
            // The separator at its end makes this a folder.
            .arg(out.join(""))
            .args(self.packages())
            .stdout(Stdio::null());
        run(command, |line| {
            if !line.starts_with("go: ") {
                compiled(line);
            }
        })
    }

    fn packages(&self) -> impl Iterator<Item = &'static str> {
        let programs = self.release.programs();
        programs.iter().map(|program| program.package)
    }

    fn command(&self) -> Command {
        // The module of an older release learns from Go what it depends on.
        let module = match self.release.is_pinned() {
            true => "-mod=readonly",
            false => "-mod=mod",
        };
        let mut command = Command::new("go");
        command
            .current_dir(self.folder)
            // No compiler for C is needed, and the result runs on any machine like this one.
            .env("CGO_ENABLED", "0")
            // A person's own flags and workspace are about their modules, not this one.
            .env("GOFLAGS", format!("{module} -buildvcs=false -trimpath"))
            .env("GOWORK", "off")
            .stdin(Stdio::null());
        command
    }
}

fn run(mut command: Command, mut on_line: impl FnMut(&str)) -> Result<(), Error> {
    let mut go = command
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    let mut tail = VecDeque::with_capacity(TAIL);
    for line in go
        .stderr
        .take()
        .into_iter()
        .flat_map(|pipe| BufReader::new(pipe).lines())
    {
        let line = line.map_err(Error::at("read the output of Go"))?;
        on_line(&line);
        if tail.len() == TAIL {
            tail.pop_front();
        }
        tail.push_back(line);
    }
    let status = go.wait().map_err(Error::at("wait for Go"))?;
    if status.success() {
        return Ok(());
    }
    Err(explain(&Vec::from(tail).join("\n")))
}

fn not_started(error: std::io::Error) -> Error {
    if error.kind() == ErrorKind::NotFound {
        return Error::missing(format!(
            "building kube-apiserver needs Go {} or newer, and `go` is not in PATH; \
             install it, or name a folder with the test servers in KUBEBUILDER_ASSETS",
            go_version()
        ));
    }
    Error::at("start `go`")(error)
}

/// What a failed command means, from what it said.
fn explain(said: &str) -> Error {
    const OFFLINE: [&str; 6] = [
        "dial tcp",
        "no such host",
        "i/o timeout",
        "TLS handshake timeout",
        "module lookup disabled by GOPROXY",
        "proxyconnect",
    ];
    let has = |text: &str| said.contains(text);
    if has("requires go >=") {
        Error::missing(format!(
            "Go is too old to build kube-apiserver, which needs {} or newer\n{said}",
            go_version()
        ))
    } else if OFFLINE.iter().any(|sign| has(sign)) {
        Error::missing(format!(
            "Go cannot reach the module proxy to fetch kube-apiserver: \
             check the network and GOPROXY, or name a folder with the test servers in \
             KUBEBUILDER_ASSETS\n{said}"
        ))
    } else {
        Error::failed(format!("Go could not build the test servers\n{said}"))
    }
}

/// The version that the module asks for.
fn go_version() -> &'static str {
    let mut lines = super::release::GO_MOD.lines();
    lines
        .find_map(|line| line.strip_prefix("go "))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{explain, go_version, not_started, run};
    use std::io;
    use std::process::{Command, Stdio};

    #[test]
    fn the_module_says_which_go() {
        assert!(go_version().starts_with("1."), "{}", go_version());
    }

    #[test]
    fn no_go_names_what_to_install() {
        let error = not_started(io::ErrorKind::NotFound.into());
        assert!(error.is_missing());
        assert!(error.to_string().contains(go_version()));
        assert!(!not_started(io::ErrorKind::PermissionDenied.into()).is_missing());
    }

    #[test]
    fn what_go_says_is_understood() {
        let cases = [
            (
                "go: go.mod requires go >= 1.26.0 (running go 1.22.1; GOTOOLCHAIN=local)",
                "too old",
                true,
            ),
            (
                "go: k8s.io/api@v0.37.2: Get \"https://proxy.example/\": dial tcp: lookup proxy.example: no such host",
                "module proxy",
                true,
            ),
            (
                "go: k8s.io/api@v0.37.2: module lookup disabled by GOPROXY=off",
                "module proxy",
                true,
            ),
            ("pkg/x.go:1:1: syntax error", "could not build", false),
        ];
        for (said, meaning, missing) in cases {
            let error = explain(said);
            assert!(error.to_string().contains(meaning), "{error}");
            assert!(error.to_string().contains(said), "{error}");
            assert_eq!(error.is_missing(), missing, "{error}");
        }
    }

    #[test]
    fn a_failure_keeps_the_last_lines_only() {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "for i in $(seq 1 100); do echo line-$i >&2; done; exit 1",
        ]);
        let error = run(command, |_| {}).unwrap_err().to_string();
        assert!(
            error.contains("line-100") && error.contains("line-81"),
            "{error}"
        );
        assert!(!error.contains("line-80\n"), "{error}");
    }

    #[test]
    fn every_line_is_reported() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "echo one >&2; echo two >&2"])
            .stdout(Stdio::null());
        let mut lines = Vec::new();
        run(command, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["one", "two"]);
    }
}
