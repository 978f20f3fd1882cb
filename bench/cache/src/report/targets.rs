//! The targets, and whether each is reached.

use std::fmt::Write;

use super::Report;
use crate::measure::{Figures, Runtime};
use crate::server::Snapshots;
use crate::subject::Name;
use crate::task::Task;

/// A statement about figures: what is measured, and its bound.
struct Target {
    what: &'static str,
    measured: Option<f64>,
    bound: f64,
    /// Whether more than the bound is meant, not less.
    at_least: bool,
    unit: &'static str,
}

impl Target {
    fn at_most(what: &'static str, measured: Option<f64>, bound: f64, unit: &'static str) -> Self {
        Target {
            what,
            measured,
            bound,
            at_least: false,
            unit,
        }
    }

    fn at_least(what: &'static str, measured: Option<f64>, bound: f64, unit: &'static str) -> Self {
        Target {
            what,
            measured,
            bound,
            at_least: true,
            unit,
        }
    }

    fn row(&self, text: &mut String) {
        let Some(measured) = self.measured else {
            return;
        };
        let is_met = if self.at_least {
            measured >= self.bound
        } else {
            measured <= self.bound
        };
        let (word, verdict) = (
            if self.at_least { "at least" } else { "at most" },
            if is_met { "met" } else { "**not met**" },
        );
        let digits = if self.bound < 10.0 { 3 } else { 1 };
        let _ = writeln!(
            text,
            "| {} | {measured:.digits$}{} | {word} {:.digits$}{} | {verdict} |",
            self.what, self.unit, self.bound, self.unit
        );
    }
}

/// The targets of one number of objects; nothing where none of them was measured.
pub(super) fn table(report: &Report, objects: usize, json: f64) -> String {
    let mut rows = String::new();
    for target in targets(report, objects, json) {
        target.row(&mut rows);
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "\n### Targets, {objects} pods, multi-thread runtime\n\n| what | measured | target | |\n|---|--:|--:|---|\n{rows}"
    )
}

fn targets(report: &Report, objects: usize, json: f64) -> Vec<Target> {
    let mut targets = of_memory(report, objects, json);
    targets.extend(of_work(report, objects));
    targets
}

/// What a figure of ours is of theirs.
fn ratio(
    ours: Option<&Figures>,
    theirs: Option<&Figures>,
    figure: fn(&Figures) -> f64,
) -> Option<f64> {
    Some(figure(ours?) / figure(theirs?))
}

fn of_memory(report: &Report, objects: usize, json: f64) -> Vec<Target> {
    let find = |subject| report.find(Task::full(subject, Runtime::Multi, objects));
    let (dynamic, typed) = (find(Name::KubewrightDynamic), find(Name::KubewrightTyped));
    let resting = |ours: Option<&Figures>| ours.map(|figures| figures.resting / json);
    let beyond =
        |figures: &Figures| figures.heap_per_object - json * f64::from(1 << 20) / objects as f64;
    vec![
        Target::at_most("dynamic, rest / JSON", resting(dynamic), 1.25, "x"),
        Target::at_most(
            "dynamic, managedFields cut, rest / JSON",
            resting(find(Name::KubewrightCut)),
            1.0,
            "x",
        ),
        Target::at_most(
            "dynamic, rest / kube-rs",
            ratio(dynamic, find(Name::KubeRsDynamic), |f| f.resting),
            1.0 / 8.0,
            "x",
        ),
        Target::at_most(
            "typed, rest / kube-rs",
            ratio(typed, find(Name::KubeRsTyped), |f| f.resting),
            1.0 / 3.0,
            "x",
        ),
        Target::at_most(
            "dynamic, highest peak / JSON",
            highest_peak(report, objects).map(|peak| peak / json),
            1.5,
            "x",
        ),
        Target::at_most(
            "dynamic, heap beyond the JSON",
            dynamic.map(beyond),
            400.0,
            " B",
        ),
    ]
}

fn of_work(report: &Report, objects: usize) -> Vec<Target> {
    let find = |subject| report.find(Task::full(subject, Runtime::Multi, objects));
    let (dynamic, typed) = (find(Name::KubewrightDynamic), find(Name::KubewrightTyped));
    let (their_dynamic, their_typed) = (find(Name::KubeRsDynamic), find(Name::KubeRsTyped));
    vec![
        Target::at_most(
            "dynamic, sync CPU / kube-rs",
            ratio(dynamic, their_dynamic, |f| f.sync_cpu),
            1.0 / 8.0,
            "x",
        ),
        Target::at_most(
            "typed, sync CPU / kube-rs",
            ratio(typed, their_typed, |f| f.sync_cpu),
            0.5,
            "x",
        ),
        Target::at_least(
            "dynamic, events a CPU second / kube-rs",
            ratio(dynamic, their_dynamic, Figures::events_per_cpu_second),
            10.0,
            "x",
        ),
        Target::at_least(
            "typed, events a CPU second / kube-rs",
            ratio(typed, their_typed, Figures::events_per_cpu_second),
            2.0,
            "x",
        ),
        Target::at_most(
            "dynamic, relist CPU / kube-rs",
            ratio(dynamic, their_dynamic, |f| f.relist_cpu),
            1.0 / 15.0,
            "x",
        ),
        Target::at_least(
            "dynamic, Arcs kept over a relist",
            dynamic.map(|figures| figures.kept * 100.0),
            100.0,
            " %",
        ),
    ]
}

/// The highest of all peaks, however the snapshot came.
fn highest_peak(report: &Report, objects: usize) -> Option<f64> {
    let ways = [Snapshots::Stream, Snapshots::Pages, Snapshots::Whole];
    let tasks = ways.map(|snapshots| Task {
        snapshots,
        ..Task::full(Name::KubewrightDynamic, Runtime::Multi, objects)
    });
    let peaks = tasks.iter().filter_map(|&task| report.find(task));
    peaks.map(Figures::highest_peak).reduce(f64::max)
}
