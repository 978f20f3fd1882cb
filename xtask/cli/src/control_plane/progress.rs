//! The progress of a long build: a bar on a terminal, lines in a log.

use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use kubewright_envtest::control_plane::{ETCD, KUBERNETES, Progress};

/// How much further a build has to be for a log to get another line.
const STEP: usize = 10;

/// Shows nothing until there is something to show.
pub(super) struct BuildProgress {
    bar: ProgressBar,
    started: bool,
    /// The tens of percent printed so far.
    printed: usize,
}

impl BuildProgress {
    pub(super) fn new() -> Self {
        Self {
            bar: ProgressBar::no_length(),
            started: false,
            printed: 0,
        }
    }

    pub(super) fn show(&mut self, at: Progress<'_>) {
        if !self.started {
            self.start();
        }
        match at {
            Progress::Waiting => self.say("waiting for another process that builds the same"),
            Progress::Preparing => self.bar.set_message("looking up what there is to compile"),
            Progress::Downloading { module } => self.bar.set_message(format!("fetching {module}")),
            Progress::Compiling {
                done,
                total,
                package,
            } => self.compiling(done, total, package),
            _ => {}
        }
    }

    /// Takes the bar away and says how long it took.
    pub(super) fn finish(self) {
        if self.started {
            self.bar.finish_and_clear();
            let took = HumanDuration(self.bar.elapsed());
            anstream::eprintln!("built kube-apiserver {KUBERNETES} and etcd {ETCD} in {took}");
        }
    }

    fn start(&mut self) {
        self.started = true;
        self.bar.reset_elapsed();
        self.bar.set_style(spinner());
        self.bar.enable_steady_tick(Duration::from_millis(120));
        let what = format!(
            "building kube-apiserver {KUBERNETES} and etcd {ETCD} with Go: this takes minutes, but only once"
        );
        self.bar.suspend(|| anstream::eprintln!("{what}"));
    }

    fn compiling(&mut self, done: usize, total: usize, package: &str) {
        if self.bar.length().is_none() {
            self.bar.set_style(bar());
        }
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
        // The last package is the program itself; what follows is the linker's work.
        let message = if done == total { "linking" } else { package };
        self.bar.set_message(message.to_owned());
        if self.bar.is_hidden() {
            self.log(done, total);
        }
    }

    fn log(&mut self, done: usize, total: usize) {
        let percent = done * 100 / total.max(1);
        if percent / STEP > self.printed {
            self.printed = percent / STEP;
            let elapsed = HumanDuration(self.bar.elapsed());
            anstream::eprintln!("  {percent}%: {done} of {total} packages after {elapsed}");
        }
    }

    fn say(&self, line: &'static str) {
        self.bar.set_message(line);
        if self.bar.is_hidden() {
            anstream::eprintln!("  {line}");
        }
    }
}

fn spinner() -> ProgressStyle {
    style("{spinner:.green} {elapsed:>4} {wide_msg:.dim}")
}

fn bar() -> ProgressStyle {
    style("{spinner:.green} {elapsed:>4} {bar:30.green} {pos}/{len} packages  {wide_msg:.dim}")
}

fn style(template: &str) -> ProgressStyle {
    // A template that does not parse costs the picture, never the build.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}
