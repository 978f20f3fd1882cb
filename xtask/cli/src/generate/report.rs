//! The report of a run: the changes, the figures, what to do next.

use std::path::{Path, absolute};
use std::time::Duration;

use anstream::{eprintln, println};
use comfy_table::{CellAlignment, Table, presets};
use kubewright_codegen::{Source, Summary};
use similar::{ChangeTag, TextDiff};

use super::package::Runtime;
use super::writer::{Change, ChangeKind, Outcome};
use crate::checkout::RUNTIME;
use crate::style::{ADDED, CHANGED, REMOVED, STRONG};

/// How many changed lines of how many files are shown.
const LINES_SHOWN: usize = 6;
const FILES_SHOWN: usize = 20;

/// The changes, one file a line; with some of the lines where nothing was written.
pub(super) fn changes(outcome: &Outcome, with_lines: bool) {
    for change in outcome.changes.iter().take(FILES_SHOWN) {
        file(change);
        if let (true, ChangeKind::Changed { old, new }) = (with_lines, &change.kind) {
            lines(old, new);
        }
    }
    if let Some(more) = outcome
        .changes
        .len()
        .checked_sub(FILES_SHOWN)
        .filter(|more| *more > 0)
    {
        println!("… and {more} more files");
    }
}

fn file(change: &Change) {
    let (style, word, added, removed) = match &change.kind {
        ChangeKind::Added(new) => (ADDED, "new    ", new.lines().count(), 0),
        ChangeKind::Removed(old) => (REMOVED, "removed", 0, old.lines().count()),
        ChangeKind::Changed { old, new } => {
            let (added, removed) = count(old, new);
            (CHANGED, "changed", added, removed)
        }
    };
    println!(
        "{style}{word}{style:#} {} {ADDED}+{added}{ADDED:#} {REMOVED}-{removed}{REMOVED:#}",
        change.path
    );
}

fn count(old: &str, new: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(old, new);
    let of = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    (of(ChangeTag::Insert), of(ChangeTag::Delete))
}

fn lines(old: &str, new: &str) {
    let diff = TextDiff::from_lines(old, new);
    let changed = diff
        .iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal);
    for change in changed.take(LINES_SHOWN) {
        let line = change.value().trim_end();
        match change.tag() {
            ChangeTag::Insert => println!("  {ADDED}+ {line}{ADDED:#}"),
            _ => println!("  {REMOVED}- {line}{REMOVED:#}"),
        }
    }
}

/// The closing table.
pub(super) fn table(summary: &Summary, outcome: &Outcome, out: &Path, took: Duration) {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header([
        "groups",
        "versions",
        "kinds",
        "resources",
        "types",
        "lines",
        "seconds",
        "peak MiB",
    ]);
    table.add_row([
        summary.groups.to_string(),
        summary.versions.to_string(),
        summary.kinds.to_string(),
        summary.resources.to_string(),
        (summary.structs + summary.enums).to_string(),
        summary.lines.to_string(),
        format!("{:.2}", took.as_secs_f64()),
        peak_memory().map_or("-".to_owned(), |mib| mib.to_string()),
    ]);
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
    if summary.skipped > 0 {
        println!(
            "{} documents describe no kind or API and were passed over",
            summary.skipped
        );
    }
    println!(
        "{STRONG}{}{STRONG:#}: {} files changed, {} unchanged; {} (facts {})",
        out.display(),
        outcome.changes.len(),
        outcome.unchanged,
        specification(&summary.version),
        summary.hash
    );
}

/// How to depend on a crate, once: when it was not there before.
pub(super) fn next_step(name: &str, runtime: &Runtime, outcome: &Outcome, out: &Path) {
    let is_new = |change: &Change| {
        change.path == "Cargo.toml" && matches!(change.kind, ChangeKind::Added(_))
    };
    if outcome.changes.iter().any(is_new) {
        let path = absolute(out).unwrap_or_else(|_| out.to_owned());
        println!(
            "to use it: {STRONG}{name} = {{ path = {path:?}, features = [\"full\"] }}{STRONG:#}, or only the features that you need: each is a group-version"
        );
        println!(
            "and beside it: {STRONG}{RUNTIME} = {}{STRONG:#}",
            dependency(&runtime.source())
        );
    }
}

/// The same runtime as the crate's: of two, one would not know the types of the other.
fn dependency(runtime: &Source) -> String {
    match runtime {
        Source::Path(path) => format!("{{ path = {path:?} }}"),
        Source::Git { url, rev: None } => format!("{{ git = {url:?} }}"),
        Source::Git {
            url,
            rev: Some(rev),
        } => format!("{{ git = {url:?}, rev = {rev:?} }}"),
        Source::Registry => format!("{:?}", env!("CARGO_PKG_VERSION")),
    }
}

/// What was read; manifests have no version.
fn specification(version: &str) -> String {
    match version {
        "" => "manifests".to_owned(),
        version => format!("spec {version}"),
    }
}

/// The most memory this process held, where the system reports it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024)
}

/// What to do about a stale folder.
pub(super) fn stale(out: &Path) {
    eprintln!(
        "{REMOVED}stale{REMOVED:#}: {} is not what the generator writes; run the same command without --check",
        out.display()
    );
}
