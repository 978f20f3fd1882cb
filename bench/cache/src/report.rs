//! The figures as tables: each program beside the others, then the targets.

pub(crate) mod chart;
mod targets;
mod wires;

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::measure::{Course, FAN_OUT_CHANGES, Figures, MANY, Runtime};
use crate::server::Snapshots;
use crate::task::Task;
use crate::wire::Wire;

/// Everything that a run found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// For each number of objects, how much JSON they are.
    pub(crate) json_mib: Vec<(usize, f64)>,
    pub(crate) outcomes: Vec<(Task, Figures)>,
}

impl Figures {
    /// All CPU time that was measured.
    pub(crate) fn cpu(&self) -> f64 {
        self.sync_cpu + self.relist_cpu + self.events_cpu
    }

    /// The most memory at any time.
    pub(crate) fn highest_peak(&self) -> f64 {
        let peaks = [
            self.sync_peak,
            self.relist_peak,
            self.events_peak,
            self.last_relist_peak,
        ];
        peaks.into_iter().fold(0.0, f64::max)
    }

    pub(crate) fn events_per_cpu_second(&self) -> f64 {
        self.events as f64 / self.events_cpu
    }

    pub(crate) fn requests_per_minute(&self) -> f64 {
        self.requests as f64 / self.requests_seconds * 60.0
    }
}

impl Report {
    fn find(&self, wanted: Task) -> Option<&Figures> {
        let found = self.outcomes.iter().find(|(task, _)| *task == wanted);
        found.map(|(_, figures)| figures)
    }

    fn of(&self, course: Course) -> impl Iterator<Item = &(Task, Figures)> {
        self.outcomes
            .iter()
            .filter(move |(task, _)| task.course == course)
    }
}

/// Markdown, as wide as a terminal can bear.
pub(crate) fn text(report: &Report) -> String {
    let Machine {
        cpu,
        cores,
        system,
        rustc,
    } = &report.machine;
    let mut text = format!(
        "Machine: {cpu}, {cores} cores, {system}; {rustc}; glibc's allocator; kube 5.0, k8s-openapi 0.29.\n"
    );
    for &(objects, json) in &report.json_mib {
        for runtime in [Runtime::Multi, Runtime::Current] {
            text.push_str(&full(report, objects, json, runtime));
        }
        text.push_str(&targets::table(report, objects, json));
    }
    text + &wires::table(report) + &fan_out(report) + &closing(report)
}

fn full(report: &Report, objects: usize, json: f64, runtime: Runtime) -> String {
    let here = |task: &Task| {
        task.objects == objects && task.runtime == runtime && task.wire == Wire::Plain
    };
    let mut rows = report
        .of(Course::Full)
        .filter(|(task, _)| here(task))
        .peekable();
    if rows.peek().is_none() {
        return String::new();
    }
    let flavour = match runtime {
        Runtime::Multi => "multi-thread",
        Runtime::Current => "current-thread",
    };
    let mut text = format!(
        "\n## {objects} pods, {json:.1} MiB of JSON, {flavour} runtime\n\n\
         | program | sync s | sync CPU s | peak MiB | rest MiB | rest / JSON | heap B/object beyond JSON | relist CPU s | relist peak | Arcs kept | events / CPU s | peak in events | peak of last relist | gets / CPU s | namespace lists / CPU s |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for (task, figures) in rows {
        let beyond = figures.heap_per_object - json * f64::from(1 << 20) / objects as f64;
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.3} | {:.0} | {:.0} | {:.2}x | {beyond:.0} | {:.3} | {:.0} | {:.0} % | {} | {:.0} | {:.0} | {} | {} |",
            title(task),
            figures.sync_wall,
            figures.sync_cpu,
            figures.sync_peak,
            figures.resting,
            figures.resting / json,
            figures.relist_cpu,
            figures.relist_peak,
            figures.kept * 100.0,
            thousands(figures.events_per_cpu_second()),
            figures.events_peak,
            figures.last_relist_peak,
            thousands(figures.gets_per_second),
            thousands(figures.namespace_lists_per_second),
        );
    }
    text
}

fn title(task: &Task) -> String {
    let name = task.subject.title();
    match task.snapshots {
        Snapshots::Stream => name.to_owned(),
        Snapshots::Pages => format!("{name}, paged list"),
        Snapshots::Whole => format!("{name}, list in one piece"),
    }
}

fn fan_out(report: &Report) -> String {
    let mut rows = report.of(Course::FanOut).peekable();
    if rows.peek().is_none() {
        return String::new();
    }
    let mut text = format!(
        "\n## {MANY} subscribers, {FAN_OUT_CHANGES} changes\n\n| program | deliveries | of | deliveries / CPU s | wall s |\n|---|--:|--:|--:|--:|\n"
    );
    for (task, figures) in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {:.2} |",
            title(task),
            figures.events,
            FAN_OUT_CHANGES * MANY as u64,
            thousands(figures.events_per_cpu_second()),
            figures.events_wall,
        );
    }
    text
}

fn closing(report: &Report) -> String {
    let mut rows = report.of(Course::Closing).peekable();
    if rows.peek().is_none() {
        return String::new();
    }
    let mut text = "\n## Requests when every watch closes at once\n\n| program | requests | in s | a minute |\n|---|--:|--:|--:|\n".to_owned();
    for (task, figures) in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {:.1} | {} |",
            title(task),
            figures.requests,
            figures.requests_seconds,
            thousands(figures.requests_per_minute()),
        );
    }
    text
}

/// Three digits are all that a measurement is good for.
fn thousands(number: f64) -> String {
    match number {
        number if number >= 1e6 => format!("{:.2}M", number / 1e6),
        number if number >= 1e3 => format!("{:.1}k", number / 1e3),
        number => format!("{number:.0}"),
    }
}
