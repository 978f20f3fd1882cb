//! This program in the place of rustc: it runs the real one and writes down its CPU time.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::failure::Failure;

/// Set by a build to the file where lines go, one a rustc: a crate and its seconds.
pub(crate) const LOG: &str = "KUBEWRIGHT_BENCH_RUSTC_LOG";

pub(crate) fn log() -> Option<PathBuf> {
    std::env::var_os(LOG).map(PathBuf::from)
}

pub(crate) fn record(log: &Path) -> ExitCode {
    match compile(log) {
        Ok(true) => ExitCode::SUCCESS,
        // It has said why.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Cargo gives the compiler's path first, then its arguments.
fn compile(log: &Path) -> Result<bool, Failure> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next().ok_or("cargo names no rustc")?;
    let arguments: Vec<_> = arguments.collect();
    let done = Command::new(rustc)
        .args(&arguments)
        .env_remove(LOG)
        .status()?;
    let name = arguments
        .iter()
        .position(|argument| argument == "--crate-name");
    if let Some(name) = name.and_then(|at| arguments.get(at + 1)) {
        let mut file = OpenOptions::new().create(true).append(true).open(log)?;
        file.write_all(format!("{} {:.3}\n", name.display(), seconds()?).as_bytes())?;
    }
    Ok(done.success())
}

/// User and system time of the children that have ended: of the one rustc, with its linker.
fn seconds() -> Result<f64, Failure> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(std::time::Duration::from_micros(micros.unsigned_abs()).as_secs_f64())
}
