//! `cargo xtask test`: the whole suite, with the real control plane where it can be had.
//!
//! Tests are cargo's; what is added here is that the real kube-apiserver takes part
//! whenever it can, and the last lines say whether it did.

mod tally;

use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use kubewright_cli::parts::style::{BAD, DIM, GOOD, STRONG, WARNING};
use kubewright_cli::parts::{Failure, binaries, binaries_of, failed};
use kubewright_envtest::control_plane::Binaries;

use self::tally::Tally;
use crate::checkout::{cargo, root};

/// Run the whole test suite.
///
/// The real etcd and kube-apiserver take part when they are there, or when Go is, which
/// then builds them once (some minutes). When they cannot be had, the rest is run and the
/// last lines say what was missing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask test
  cargo xtask test --control-plane require     fail where the real servers cannot be had
  cargo xtask test --control-plane 1.32 -- on_control_plane
                                               the suite on an older release
  cargo xtask test -- conformance              only tests with that in their name")]
pub(crate) struct Args {
    /// Whether the real etcd and kube-apiserver take part: `auto` (where they are there or can be
    /// built), `require`, `skip`, or the version of another release, such as 1.32.
    #[arg(long, value_name = "WHICH", default_value = "auto")]
    control_plane: Wish,
    /// Words that a test's name must contain, and other arguments of the test programs.
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<String>,
}

#[derive(Clone, PartialEq, Eq)]
enum Wish {
    /// When they are there or can be built.
    Auto,
    /// Always: not having them is a failure.
    Require,
    /// Never.
    Skip,
    /// Always, in another version.
    Version(String),
}

impl From<String> for Wish {
    fn from(text: String) -> Self {
        match text.as_str() {
            "auto" => Wish::Auto,
            "require" => Wish::Require,
            "skip" => Wish::Skip,
            _ => Wish::Version(text),
        }
    }
}

/// Whether the real servers take part, and if not, why.
enum Real {
    Present(Binaries),
    Absent(String),
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match try_run(args) {
        Ok(code) => code,
        Err(error) => failed(&*error),
    }
}

fn try_run(args: &Args) -> Result<ExitCode, Failure> {
    let real = real_servers(&args.control_plane)?;
    let corpus = corpus();
    let mut tests = cargo_test(&args.arguments, &real, corpus.as_deref());
    let (tally, success) = follow(&mut tests)?;
    summary(&tally, &real, corpus.as_deref(), success);
    Ok(if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn real_servers(wish: &Wish) -> Result<Real, Failure> {
    let insisted = std::env::var_os(REQUIRE).is_some_and(|value| !value.is_empty());
    match wish {
        Wish::Skip => Ok(Real::Absent("--control-plane skip was given".to_owned())),
        Wish::Require => Ok(Real::Present(binaries()?)),
        Wish::Version(version) => Ok(Real::Present(binaries_of(version)?)),
        Wish::Auto if insisted => Ok(Real::Present(binaries()?)),
        Wish::Auto => Ok(match binaries() {
            Ok(binaries) => Real::Present(binaries),
            Err(error) => Real::Absent(error.to_string()),
        }),
    }
}

/// Tests that need the real servers fail, instead of being skipped, where this is set.
const REQUIRE: &str = "KUBEWRIGHT_REQUIRE_CONTROL_PLANE";
/// Where tests find real specs and CRDs.
const CORPUS: &str = "KUBEWRIGHT_CORPUS";

/// All features but other cryptography, which takes long to build, and tools that not every
/// machine has.
const FEATURES: &str = "kubewright/crd,kubewright/schemars,kubewright/arbitrary,\
    kubewright-generated/full,kubewright-generated/informers,\
    kubewright-generated/schemars,kubewright-generated/arbitrary";

/// The folder of real specs and CRDs, which is not part of the project.
pub(crate) fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os(CORPUS)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    let beside = || root().join("../shared/corpus").canonicalize().ok();
    named.or_else(beside).filter(|folder| folder.is_dir())
}

fn cargo_test(arguments: &[String], real: &Real, corpus: Option<&Path>) -> Command {
    let mut command = cargo(root());
    command.args([
        "test",
        "--workspace",
        "--features",
        FEATURES,
        "--no-fail-fast",
        "--",
    ]);
    // Behind a pipe the test programs would think that nobody sees colours.
    if std::io::stdout().is_terminal() {
        command.arg("--color=always");
    }
    command.args(arguments);
    match real {
        Real::Present(binaries) => {
            command
                .env("KUBEBUILDER_ASSETS", binaries.folder())
                .env(REQUIRE, "1");
        }
        Real::Absent(_) => {
            command
                .env_remove(REQUIRE)
                .env("KUBEBUILDER_ASSETS", NOWHERE);
        }
    }
    if let Some(corpus) = corpus {
        command.env(CORPUS, corpus);
    }
    command
}

/// A folder that is not there: what is left out stays out, even where a cache has it.
const NOWHERE: &str = "/nonexistent";

/// Runs the tests, shows their output as it comes, and counts.
fn follow(command: &mut Command) -> Result<(Tally, bool), Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        let mut screen = std::io::stdout().lock();
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            tally.see(&String::from_utf8_lossy(&line));
            screen.write_all(&line)?;
            screen.write_all(b"\n")?;
            screen.flush()?;
        }
    }
    let success = child.wait()?.success();
    Ok((tally, success))
}

fn summary(tally: &Tally, real: &Real, corpus: Option<&Path>, success: bool) {
    let style = if success { GOOD } else { BAD };
    anstream::println!(
        "\n{style}{}{style:#} in {} test programs",
        tally.verdict(),
        tally.programs
    );
    let Tally {
        embedded,
        embedded_tls,
        control_plane,
        ..
    } = tally;
    anstream::println!(
        "one suite, two servers: {STRONG}{embedded}{STRONG:#} cases passed on the embedded server, {STRONG}{embedded_tls}{STRONG:#} on it over TLS with HTTP/2, {STRONG}{control_plane}{STRONG:#} on the real control plane"
    );
    match real {
        Real::Present(binaries) => {
            let folder = binaries.folder().display();
            let version = binaries.version();
            let version = version.unwrap_or_else(|error| error.to_string());
            anstream::println!(
                "real control plane: {GOOD}included{GOOD:#}, kube-apiserver {version} {DIM}({folder}){DIM:#}"
            );
        }
        Real::Absent(why) => {
            anstream::println!("real control plane: {WARNING}NOT INCLUDED{WARNING:#}: {why}");
        }
    }
    if corpus.is_none() {
        anstream::println!(
            "real specs and CRDs: {WARNING}NOT INCLUDED{WARNING:#}: {CORPUS} names no folder"
        );
    }
    // For programs: one plain line.
    anstream::println!("{} passed, {} failed", tally.passed, tally.failed);
}
