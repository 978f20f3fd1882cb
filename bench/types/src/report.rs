//! The figures as tables: both sides beside each other, then the targets.

use std::fmt::Write;

use crate::build::Seconds;
use crate::machine::Machine;
use crate::run::{Costs, Figures};

const GENERATED: &str = "kubewright_generated";
const DYNAMIC: &str = "kubewright";
const TABLE: &str = "kubewright_table";
const OTHER: &str = "k8s_openapi";
const USER: &str = "types_kubewright";
const OTHER_USER: &str = "types_k8s_openapi";

/// Markdown.
pub(crate) fn text(figures: &Figures) -> String {
    let Machine {
        cpu,
        cores,
        system,
        rustc,
    } = &figures.machine;
    let (before, after) = figures.load;
    let mut text = format!(
        "Machine: {cpu}, {cores} cores, {system}; {rustc}. Load {before:.1} before, {after:.1} after; \
         the least of {} rounds. A pod is {} bytes of JSON.\n\n",
        figures.rounds, figures.pod_bytes
    );
    compile_table(figures, &mut text);
    use_table(figures, &mut text);
    target_table(figures, &mut text);
    text
}

fn compile_table(figures: &Figures, text: &mut String) {
    let Figures { check, release, .. } = figures;
    text.push_str("## Compiling\n\n| CPU seconds of rustc | check | release |\n|---|--:|--:|\n");
    let mut line = |what: &str, check: Option<f64>, release: Option<f64>| {
        let show = |seconds: Option<f64>| seconds.map_or("-".to_owned(), |s| format!("{s:.2}"));
        let _ = writeln!(text, "| {what} | {} | {} |", show(check), show(release));
    };
    let both = |name| (get(check, name), get(release, name));
    let mut crates = |what, name| {
        let (check, release) = both(name);
        line(what, Some(check), Some(release));
    };
    crates("`k8s-openapi`", OTHER);
    crates("`kubewright-generated`, `full`", GENERATED);
    crates("`kubewright-table`: the interpreter", TABLE);
    crates("`kubewright`: the client, metadata, lists", DYNAMIC);
    line(
        "`kubewright-generated`, `full` and `informers`",
        Some(get(&figures.check_informers, GENERATED)),
        Some(get(&figures.release_informers, GENERATED)),
    );
    let apps = get(&figures.check_apps, GENERATED);
    line("`kubewright-generated`, `apps_v1`", Some(apps), None);
    line(
        "22 kinds with `k8s-openapi`",
        None,
        Some(get(release, OTHER_USER)),
    );
    line("22 kinds with kubewright", None, Some(get(release, USER)));
    let serde = get(&figures.release_serde, USER);
    line(
        "22 kinds with kubewright, by `serde_json`",
        None,
        Some(serde),
    );
}

fn use_table(figures: &Figures, text: &mut String) {
    text.push_str("\n## One pod\n\n");
    text.push_str("| program | decode µs | encode µs | clone µs | heap B | blocks |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|\n");
    let mut line = |what: &str, costs: &Costs| {
        let Costs {
            decode,
            encode,
            clone,
            heap,
            blocks,
        } = costs;
        let _ = writeln!(
            text,
            "| {what} | {decode:.1} | {encode:.1} | {clone:.1} | {heap:.0} | {blocks:.0} |"
        );
    };
    line("`k8s-openapi`", &figures.k8s_openapi);
    line("kubewright", &figures.kubewright);
    line("kubewright, by `serde_json`", &figures.kubewright_serde);
}

fn target_table(figures: &Figures, text: &mut String) {
    let Figures {
        check,
        release,
        check_apps,
        k8s_openapi,
        kubewright,
        ..
    } = figures;
    let share = |what: &Seconds, name, of: &Seconds, other| get(what, name) / get(of, other);
    let with_table = |what: &Seconds| (get(what, GENERATED) + get(what, TABLE)) / get(what, OTHER);
    text.push_str("\n## Targets, against k8s-openapi\n\n");
    text.push_str("| what | measured | target | |\n|---|--:|--:|---|\n");
    let mut at_most = |what: &str, measured: f64, target: f64| {
        let met = verdict(measured <= target);
        let _ = writeln!(
            text,
            "| {what} | {measured:.2}x | at most {target:.2}x | {met} |"
        );
    };
    at_most(
        "generated crate, check",
        share(check, GENERATED, check, OTHER),
        0.45,
    );
    at_most("the same with the interpreter", with_table(check), 0.45);
    at_most(
        "generated crate, release",
        share(release, GENERATED, release, OTHER),
        0.35,
    );
    at_most("the same with the interpreter", with_table(release), 0.35);
    at_most(
        "22 kinds, release",
        share(release, USER, release, OTHER_USER),
        0.20,
    );
    let serde = share(&figures.release_serde, USER, release, OTHER_USER);
    at_most("22 kinds by `serde_json`, release", serde, 0.20);
    at_most(
        "`apps_v1`, check",
        share(check_apps, GENERATED, check, OTHER),
        0.12,
    );
    at_most("heap of a pod", kubewright.heap / k8s_openapi.heap, 0.35);
    let mut at_least = |what: &str, costs: &Costs, target: f64| {
        let measured = k8s_openapi.decode / costs.decode;
        let met = verdict(measured >= target);
        let _ = writeln!(
            text,
            "| {what} | {measured:.2}x | at least {target:.2}x | {met} |"
        );
    };
    at_least("speed of decoding", kubewright, 1.8);
    at_least(
        "speed of decoding by `serde_json`",
        &figures.kubewright_serde,
        1.8,
    );
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "**not met**" }
}

/// A crate that a build did not compile shows as NaN, and misses every target.
fn get(seconds: &Seconds, name: &str) -> f64 {
    seconds.get(name).copied().unwrap_or(f64::NAN)
}
