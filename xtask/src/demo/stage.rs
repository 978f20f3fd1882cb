//! The output of the demo: a few lines, coloured on a terminal.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use kubewright_cli::parts::style::{CODE, DIM, GOOD, STRONG};

pub(super) struct Stage {
    opened: Instant,
    act: u32,
}

impl Stage {
    pub(super) fn open() -> Self {
        Stage {
            opened: Instant::now(),
            act: 0,
        }
    }

    pub(super) fn say(&self, text: &str) {
        anstream::println!("{STRONG}{text}{STRONG:#}");
    }

    /// Begins a part.
    pub(super) fn act(&mut self, title: &str) {
        self.act += 1;
        anstream::println!("\n{STRONG}{}. {title}{STRONG:#}", self.act);
    }

    /// Something has happened.
    pub(super) fn done(&self, text: &str) {
        anstream::println!(
            "  {GOOD}✓{GOOD:#} {text} {DIM}({}){DIM:#}",
            short(self.opened.elapsed())
        );
    }

    pub(super) fn code(&self, code: &str) {
        anstream::println!("  {CODE}{code}{CODE:#}");
    }

    pub(super) fn value(&self, value: &str) {
        anstream::println!("    → {value}");
    }

    /// The part of a program that matters: what is between its two marks.
    pub(super) fn show_program(&self, program: &str) {
        for line in shown(program) {
            anstream::println!("  {CODE}{line}{CODE:#}");
        }
    }

    pub(super) fn show_output(&self, output: &str) {
        for line in output.lines() {
            self.value(line);
        }
    }

    /// Something that takes a while; the bar goes when it is dropped.
    pub(super) fn meanwhile(&self, text: &str) -> ProgressBar {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("  {spinner:.cyan} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(text.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    pub(super) fn close(&self) {
        anstream::println!(
            "\n{GOOD}That was all of it{GOOD:#}, in {}. Next, on a cluster of yours:",
            short(self.opened.elapsed())
        );
        anstream::println!("  {CODE}cargo xtask get deployments -A{CODE:#}");
        anstream::println!(
            "  {CODE}cargo xtask gen --server --include apps/v1 --out my-api{CODE:#}"
        );
    }
}

fn short(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f32())
    }
}

/// The lines between `// >>>` and `// <<<`, moved to the left.
fn shown(program: &str) -> Vec<&str> {
    let lines = program
        .lines()
        .skip_while(|line| line.trim() != "// >>>")
        .skip(1);
    let lines: Vec<_> = lines.take_while(|line| line.trim() != "// <<<").collect();
    let indent = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    lines
        .iter()
        .map(|line| line.get(indent.unwrap_or(0)..).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_shown() {
        assert_eq!(
            shown("a\n    // >>>\n    b\n\n      c\n    // <<<\n    d"),
            ["b", "", "  c"]
        );
        assert!(!shown(super::super::workshop::PROGRAM).is_empty());
    }
}
