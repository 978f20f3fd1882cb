//! The measurements of a run, and the least of each figure over its rounds.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::build::{self, Seconds, build, folder, forget};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::pods::generate;

/// Everything that a run found.
#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) machine: Machine,
    pub(crate) rounds: u32,
    /// One-minute load at the start and at the end.
    pub(crate) load: (f64, f64),
    pub(crate) pod_bytes: usize,
    /// Everything checked: the generated crate without informers.
    pub(crate) check: Seconds,
    /// Everything built for release, users included, which take kubewright's own functions.
    pub(crate) release: Seconds,
    /// The user of kubewright's types that takes `serde_json`'s functions.
    pub(crate) release_serde: Seconds,
    /// The generated crate with informers, checked and built.
    pub(crate) check_informers: Seconds,
    pub(crate) release_informers: Seconds,
    /// The generated crate with `apps_v1` and what it refers to.
    pub(crate) check_apps: Seconds,
    pub(crate) kubewright: Costs,
    pub(crate) kubewright_serde: Costs,
    pub(crate) k8s_openapi: Costs,
}

/// What one program found of its pods, one on average: microseconds and bytes.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Costs {
    pub(crate) decode: f64,
    pub(crate) encode: f64,
    pub(crate) clone: f64,
    pub(crate) heap: f64,
    pub(crate) blocks: f64,
}

const SERDE: &str = "types-kubewright/serde_json";
const INFORMERS: &str = "types-kubewright/informers";
const APPS: &str = "types-kubewright/apps_v1";

pub(crate) fn run(rounds: u32, pods: u32) -> Result<Figures, Failure> {
    let before = load();
    say("compiling what both sides depend on");
    build("check", &[])?;
    build("build", &["--release"])?;
    let (file, pod_bytes) = write_pods(pods as usize)?;
    let mut figures: Option<Figures> = None;
    for number in 1..=rounds {
        say(&format!("round {number} of {rounds}"));
        let new = round(&file)?;
        match &mut figures {
            Some(least) => least.take_less(&new),
            None => figures = Some(new),
        }
    }
    let mut figures = figures.ok_or("no rounds")?;
    (figures.rounds, figures.load) = (rounds, (before, load()));
    figures.pod_bytes = pod_bytes;
    Ok(figures)
}

fn round(pods: &PathBuf) -> Result<Figures, Failure> {
    forget()?;
    let check = build("check", &[])?;
    let release = build("build", &["--release"])?;
    let kubewright = costs("types-kubewright", pods)?;
    let k8s_openapi = costs("types-k8s-openapi", pods)?;
    let release_serde = build("build", &["--release", "--features", SERDE])?;
    let kubewright_serde = costs("types-kubewright", pods)?;
    Ok(Figures {
        machine: Machine::this(),
        rounds: 1,
        load: (0.0, 0.0),
        pod_bytes: 0,
        check,
        release,
        release_serde,
        check_informers: build("check", &["--lib", "--features", INFORMERS])?,
        release_informers: build("build", &["--release", "--lib", "--features", INFORMERS])?,
        check_apps: build(
            "check",
            &["--lib", "--no-default-features", "--features", APPS],
        )?,
        kubewright,
        kubewright_serde,
        k8s_openapi,
    })
}

/// Runs a program that was built on the file of pods.
fn costs(program: &str, pods: &PathBuf) -> Result<Costs, Failure> {
    let mut command = Command::new(folder().join("release").join(program));
    let output = command.arg(pods).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{program} has failed: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Objects as a GET gives them, one a line; and the bytes of one.
fn write_pods(count: usize) -> Result<(PathBuf, usize), Failure> {
    let mut text = String::new();
    for pod in generate(count, 1) {
        let fields = String::from_utf8_lossy(pod.json());
        let fields = fields.trim_start_matches('{');
        writeln!(text, r#"{{"apiVersion":"v1","kind":"Pod",{fields}"#)?;
    }
    let path = build::folder().join("pods.jsonl");
    std::fs::write(&path, &text)?;
    Ok((path, text.len() / count - 1))
}

impl Figures {
    fn take_less(&mut self, other: &Figures) {
        less(&mut self.check, &other.check);
        less(&mut self.release, &other.release);
        less(&mut self.release_serde, &other.release_serde);
        less(&mut self.check_informers, &other.check_informers);
        less(&mut self.release_informers, &other.release_informers);
        less(&mut self.check_apps, &other.check_apps);
        self.kubewright.take_less(&other.kubewright);
        self.kubewright_serde.take_less(&other.kubewright_serde);
        self.k8s_openapi.take_less(&other.k8s_openapi);
    }
}

fn less(seconds: &mut Seconds, others: &Seconds) {
    for (name, other) in others {
        let least = seconds.entry(name.clone()).or_insert(*other);
        *least = least.min(*other);
    }
}

impl Costs {
    fn take_less(&mut self, other: &Costs) {
        self.decode = self.decode.min(other.decode);
        self.encode = self.encode.min(other.encode);
        self.clone = self.clone.min(other.clone);
    }
}

fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split(' ').next().and_then(|first| first.parse().ok());
    first.unwrap_or(f64::NAN)
}

fn say(what: &str) {
    anstream::eprintln!("{what}");
}
