//! A server as a child process that cannot outlive us.
//!
//! A drop handler runs when a test ends or panics and does not run when this process
//! is killed. So a few lines of shell stand between the two: they hold the reading
//! end of a pipe whose writing end is ours alone, and when the system closes that,
//! for whatever reason, they kill the server and remove its state.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::Error;

/// `$1` is the folder to remove in the end, or nothing; the rest is the server.
///
/// The guard reads until the pipe ends and then signals the shell, whose `wait` returns
/// for either: the server's own end, or the trap. State is thrown away unread, so the
/// server gets no chance to say good-bye.
const SUPERVISOR: &str = r#"
state=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
trap 'kill -KILL "$server"; wait "$server"; [ -z "$state" ] || rm -rf -- "$state"; exit 0' TERM
(read -r line <&3; kill -TERM $$) 2>/dev/null &
guard=$!
exec 3<&-
wait "$server"
status=$?
kill -KILL "$guard"
exit "$status"
"#;

/// The lines of a log that an error shows.
const TAIL: usize = 15;

/// A running server; dropping it kills the server and waits until it is gone.
pub(super) struct Process {
    name: &'static str,
    supervisor: Child,
    log: PathBuf,
}

/// What to run, and where it may write.
pub(super) struct Spawn<'a> {
    pub(super) name: &'static str,
    pub(super) program: &'a Path,
    pub(super) args: Vec<OsString>,
    /// Gets everything that the server prints.
    pub(super) log: PathBuf,
    /// Removed when the server was stopped.
    pub(super) state: Option<&'a Path>,
}

impl Process {
    pub(super) fn spawn(what: Spawn<'_>) -> Result<Self, Error> {
        let doing = format!("start {}", what.program.display());
        let log = File::create(&what.log).map_err(Error::at(&doing))?;
        let mut command = Command::new("sh");
        command
            .args(["-c", SUPERVISOR, what.name])
            .arg(what.state.unwrap_or(Path::new("")))
            .arg(what.program)
            .args(what.args)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().map_err(Error::at(&doing))?)
            .stderr(log);
        apart(&mut command);
        Ok(Self {
            name: what.name,
            supervisor: command.spawn().map_err(Error::at(&doing))?,
            log: what.log,
        })
    }

    /// Why the server is not running, if it is not: how it ended and its last words.
    pub(super) fn ended(&mut self) -> Option<Error> {
        let status = match self.supervisor.try_wait() {
            Ok(None) => return None,
            Ok(Some(status)) => describe(status),
            Err(error) => error.to_string(),
        };
        Some(Error::failed(format!(
            "{} ended before it was ready ({status}); its log ends with\n{}",
            self.name,
            self.log_tail()
        )))
    }

    /// The last lines of what it printed.
    pub(super) fn log_tail(&self) -> String {
        match fs::read(&self.log) {
            Ok(bytes) => tail(&String::from_utf8_lossy(&bytes)),
            Err(error) => format!("  (no log: {error})"),
        }
    }

    /// Whether its log says that somebody else has its port.
    pub(super) fn port_was_taken(&self) -> bool {
        self.log_tail().contains("address already in use")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        // Nothing is left to do about a child that cannot be waited for.
        let _ = self.supervisor.wait();
    }
}

/// Keeps a Ctrl-C in the terminal to ourselves: the server ends when we do.
fn apart(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

fn describe(status: ExitStatus) -> String {
    match status.code() {
        Some(127) => "the program was not found or cannot run".to_owned(),
        Some(code) => format!("exit status {code}"),
        None => status.to_string(),
    }
}

fn tail(log: &str) -> String {
    let lines: Vec<_> = log.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = lines.len().saturating_sub(TAIL);
    lines[last..]
        .iter()
        .map(|line| format!("  {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::{Process, Spawn, TAIL, tail};
    use std::path::{Path, PathBuf};
    use std::{fs, thread, time};

    fn shell(folder: &Path, script: &str, state: Option<&Path>) -> Process {
        Process::spawn(Spawn {
            name: "sleeper",
            program: Path::new("/bin/sh"),
            args: ["-c", script].map(Into::into).to_vec(),
            log: folder.join("log"),
            state,
        })
        .unwrap()
    }

    /// Waits for a condition, for as long as a slow machine could need.
    fn eventually<T>(mut condition: impl FnMut() -> Option<T>) -> T {
        let deadline = time::Instant::now() + time::Duration::from_secs(30);
        loop {
            if let Some(it) = condition() {
                return it;
            }
            assert!(time::Instant::now() < deadline, "timed out");
            thread::sleep(time::Duration::from_millis(5));
        }
    }

    #[test]
    fn dropping_kills_the_server_and_removes_its_state() {
        let root = tempfile::tempdir().unwrap();
        let state = root.path().join("state of it");
        fs::create_dir(&state).unwrap();
        let alive = root.path().join("pid");
        let script = format!("echo $$ > '{}'; exec sleep 1000", alive.display());
        let process = shell(root.path(), &script, Some(&state));
        let pid = eventually(|| {
            fs::read_to_string(&alive)
                .ok()
                .filter(|pid| pid.ends_with('\n'))
        });
        drop(process);
        assert!(!state.exists());
        let gone = std::process::Command::new("kill")
            .args(["-0", pid.trim()])
            .output()
            .unwrap();
        assert!(!gone.status.success(), "the server lives on");
    }

    #[test]
    fn a_server_that_ends_says_how_and_keeps_its_state() {
        let root = tempfile::tempdir().unwrap();
        let mut process = shell(root.path(), "echo oh no; exit 3", Some(root.path()));
        let error = eventually(|| process.ended()).to_string();
        assert!(error.contains("sleeper ended"), "{error}");
        assert!(error.contains("exit status 3"), "{error}");
        assert!(error.contains("oh no"), "{error}");
        assert!(root.path().exists());
    }

    #[test]
    fn a_program_that_is_not_there_is_said() {
        let root = tempfile::tempdir().unwrap();
        let mut process = Process::spawn(Spawn {
            name: "nothing",
            program: &PathBuf::from("/no/such/program"),
            args: Vec::new(),
            log: root.path().join("log"),
            state: None,
        })
        .unwrap();
        let error = eventually(|| process.ended()).to_string();
        assert!(
            error.contains("not found") && error.contains("/no/such/program"),
            "{error}"
        );
    }

    #[test]
    fn a_running_server_has_not_ended() {
        let root = tempfile::tempdir().unwrap();
        let mut process = shell(root.path(), "echo started; exec sleep 1000", None);
        eventually(|| process.log_tail().contains("started").then_some(()));
        assert!(process.ended().is_none());
    }

    #[test]
    fn the_tail_is_the_end() {
        let log: String = (0..100).map(|line| format!("{line}\n\n")).collect();
        let tail = tail(&log);
        assert_eq!(tail.lines().count(), TAIL);
        assert!(tail.ends_with("  99"));
    }
}
