//! Commands, and the processor time that they and their children took.

use std::process::{Command, Stdio};
use std::time::Duration;

use kubewright_cli::parts::Failure;

/// Runs cargo with these arguments through a shell, which can measure the time of its children
/// without unsafe code; returns that time, or what cargo had to say.
pub(super) fn cargo(arguments: &[&str]) -> Result<Duration, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new("sh");
    command
        .args(["-c", SCRIPT, "sh"])
        .arg(cargo)
        .args(arguments);
    // The variables that cargo sets for its children must not affect another cargo.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_") && name != "CARGO_HOME")
        {
            command.env_remove(name);
        }
    }
    let output = command.stdin(Stdio::null()).output()?;
    match output.status.success() {
        true => times(&String::from_utf8_lossy(&output.stdout)),
        false => Err(last_lines(&String::from_utf8_lossy(&output.stderr)).into()),
    }
}

const SCRIPT: &str = r#""$@" 1>&2 || exit 1; times"#;

/// The second line that `times` writes: user and system time of the children.
fn times(text: &str) -> Result<Duration, Failure> {
    let line = text.lines().nth(1).ok_or("the shell printed no times")?;
    let seconds: Option<f64> = line.split_whitespace().map(seconds).sum();
    Ok(Duration::from_secs_f64(
        seconds.ok_or_else(|| format!("`{line}` is not a time"))?,
    ))
}

/// `1m2.50s`.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.replace(',', ".").parse::<f64>().ok()?)
}

/// What matters of a failure: the first complaints.
fn last_lines(text: &str) -> String {
    const SHOWN: usize = 40;
    let complaint = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let from = text.lines().position(|line| complaint(&line)).unwrap_or(0);
    let lines: Vec<&str> = text.lines().skip(from).take(SHOWN).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_children_are_read() {
        let told = "0m0.00s 0m0.01s\n1m2.50s 0m0.50s\n";
        assert_eq!(times(told).unwrap(), Duration::from_secs(63));
        assert!(times("").is_err() && times("a\nb c\n").is_err());
    }
}
