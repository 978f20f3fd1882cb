//! The name by which a person runs this program, for help texts and advice.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::OnceLock;

/// `kubewright`, or `cargo xtask` where these commands are part of an xtask.
pub(crate) fn name() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let program = std::env::args_os().next().unwrap_or_default();
        called(Path::new(&program))
    })
}

fn called(program: &Path) -> String {
    match program.file_stem().and_then(OsStr::to_str) {
        Some("xtask") => "cargo xtask".to_owned(),
        Some(name) => name.to_owned(),
        None => "kubewright".to_owned(),
    }
}

/// Replaces `{program}` by the program's name.
pub(crate) fn named(text: &str) -> String {
    text.replace("{program}", name())
}

/// A command line longer than this has its explanation on a line of its own.
const WIDEST: usize = 52;

/// The end of a help text: command lines, each with a word on what it does.
pub fn examples(lines: &[(&str, &str)]) -> String {
    listed(name(), lines)
}

fn listed(program: &str, lines: &[(&str, &str)]) -> String {
    let commands = lines
        .iter()
        .map(|(command, _)| command.replace("{program}", program));
    let commands: Vec<String> = commands.collect();
    let explained = commands
        .iter()
        .zip(lines)
        .filter(|(_, (_, what))| !what.is_empty());
    let widths = explained.map(|(command, _)| command.chars().count());
    let width = widths.filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut text = "Examples:".to_owned();
    for (command, (_, what)) in commands.iter().zip(lines) {
        if what.is_empty() {
            text += &format!("\n  {command}");
        } else if command.chars().count() <= WIDEST {
            text += &format!("\n  {command:width$}  {what}");
        } else {
            text += &format!("\n  {command}\n  {:width$}  {what}", "");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_called_as_a_person_types_it() {
        for (path, expected) in [
            ("/home/me/.cargo/bin/kubewright", "kubewright"),
            ("target/debug/xtask", "cargo xtask"),
            ("C:/bin/xtask.exe", "cargo xtask"),
            ("tasks", "tasks"),
            ("", "kubewright"),
        ] {
            assert_eq!(called(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn examples_stand_in_columns_whatever_the_program_is_called() {
        let long = "x".repeat(WIDEST);
        let last = format!("{{program}} {long}");
        let lines = [
            ("{program} get po", "pods"),
            ("kubectl get po", "the same"),
            ("{program} serve &", ""),
            (&*last, "long"),
        ];
        let expected = format!(
            "Examples:\n  cargo xtask get po  pods\n  kubectl get po      the same\n  \
             cargo xtask serve &\n  cargo xtask {long}\n                      long"
        );
        assert_eq!(listed("cargo xtask", &lines), expected);
        assert!(listed("kw", &lines).starts_with("Examples:\n  kw get po       pods\n"));
    }
}
