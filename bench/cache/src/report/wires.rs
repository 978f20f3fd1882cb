//! The cost of TLS, HTTP/2 and compression: the same pairs of programs on each wire.

use std::fmt::Write;

use super::{Report, thousands};
use crate::measure::Figures;
use crate::subject::Name;
use crate::task::Task;
use crate::wire::Wire;

const PAIRS: [(Name, Name); 2] = [
    (Name::KubewrightDynamic, Name::KubeRsDynamic),
    (Name::KubewrightTyped, Name::KubeRsTyped),
];

/// The table of all wires; nothing where only one was measured.
pub(super) fn table(report: &Report) -> String {
    let Some(task) = measured(report) else {
        return String::new();
    };
    let mut text = format!(
        "\n## The same over TLS, {} pods\n\n\
         | program | wire | sync s | sync CPU s | peak MiB | rest MiB | events / CPU s | sync CPU / kube-rs | rest / kube-rs | events / kube-rs |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        task.objects
    );
    for (ours, theirs) in PAIRS {
        for wire in [Wire::Plain, Wire::Tls, Wire::TlsGzip] {
            let find = |subject| {
                report.find(Task {
                    subject,
                    wire,
                    ..task
                })
            };
            let (ours_found, theirs_found) = (find(ours), find(theirs));
            row(&mut text, ours, wire, ours_found, theirs_found);
            row(&mut text, theirs, wire, theirs_found, None);
        }
    }
    text
}

/// Any measurement that was not made on the plain wire: the others are to be like it.
fn measured(report: &Report) -> Option<Task> {
    let mut tasks = report.outcomes.iter().map(|(task, _)| *task);
    tasks.find(|task| task.wire != Wire::Plain)
}

fn row(
    text: &mut String,
    name: Name,
    wire: Wire,
    found: Option<&Figures>,
    rival: Option<&Figures>,
) {
    let Some(figures) = found else {
        return;
    };
    let ratio = |figure: fn(&Figures) -> f64| {
        rival.map_or_else(String::new, |rival| {
            let ratio = figure(figures) / figure(rival);
            let digits = if ratio < 1.0 { 3 } else { 1 };
            format!("{ratio:.digits$}x")
        })
    };
    let _ = writeln!(
        text,
        "| {} | {} | {:.2} | {:.3} | {:.0} | {:.0} | {} | {} | {} | {} |",
        name.title(),
        spoken(wire, figures),
        figures.sync_wall,
        figures.sync_cpu,
        figures.highest_peak(),
        figures.resting,
        thousands(figures.events_per_cpu_second()),
        ratio(|figures| figures.sync_cpu),
        ratio(|figures| figures.resting),
        ratio(Figures::events_per_cpu_second),
    );
}

fn spoken(wire: Wire, figures: &Figures) -> String {
    let tls = if wire == Wire::Plain { "" } else { "TLS, " };
    format!("{tls}{}", figures.spoken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::measure::Runtime;

    fn report(outcomes: Vec<(Task, Figures)>) -> Report {
        Report {
            machine: Machine::this(),
            json_mib: vec![(10, 1.0)],
            outcomes,
        }
    }

    fn outcome(subject: Name, wire: Wire, cpu: f64) -> (Task, Figures) {
        let task = Task {
            wire,
            ..Task::full(subject, Runtime::Multi, 10)
        };
        let figures = Figures {
            sync_cpu: cpu,
            resting: 4.0 * cpu,
            events: 100,
            events_cpu: cpu,
            spoken: "HTTP/1.1".to_owned(),
            ..Figures::default()
        };
        (task, figures)
    }

    #[test]
    fn a_program_stands_beside_its_rival_on_the_same_wire() {
        let outcomes = vec![
            outcome(Name::KubewrightDynamic, Wire::Plain, 1.0),
            outcome(Name::KubewrightDynamic, Wire::Tls, 2.0),
            outcome(Name::KubeRsDynamic, Wire::Tls, 8.0),
        ];
        let text = table(&report(outcomes));
        let rows: Vec<_> = text.lines().skip(5).collect();
        assert_eq!(
            rows,
            [
                "| kubewright dynamic | HTTP/1.1 | 0.00 | 1.000 | 0 | 4 | 100 |  |  |  |",
                "| kubewright dynamic | TLS, HTTP/1.1 | 0.00 | 2.000 | 0 | 8 | 50 | 0.250x | 0.250x | 4.0x |",
                "| kube-rs dynamic | TLS, HTTP/1.1 | 0.00 | 8.000 | 0 | 32 | 12 |  |  |  |",
            ]
        );
    }

    #[test]
    fn one_wire_alone_makes_no_table() {
        let outcomes = vec![outcome(Name::KubewrightTyped, Wire::Plain, 1.0)];
        assert_eq!(table(&report(outcomes)), "");
    }
}
