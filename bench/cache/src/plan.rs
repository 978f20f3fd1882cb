//! The plan of a run: its measurements, and the processes that make them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::Failure;
use crate::machine::Machine;
use crate::measure::{Course, Figures, Runtime};
use crate::pods::generate;
use crate::report::{self, Report, chart};
use crate::script::order;
use crate::server::Snapshots;
use crate::subject::Name;
use crate::task::{Task, value};
use crate::wire::{Endpoint, Wire};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many pods; more numbers make more tables.
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "10000")]
    objects: Vec<usize>,
    /// Only these programs.
    #[arg(long, value_enum, value_name = "PROGRAM", value_delimiter = ',')]
    only: Vec<Name>,
    /// Only this flavour of the runtime.
    #[arg(long, value_enum)]
    runtime: Option<Runtime>,
    /// What is spoken with the server; several make a table that compares them.
    ///
    /// Over TLS, dynamic and typed objects are measured, with the fewest pods that are asked for.
    #[arg(
        long,
        value_enum,
        value_name = "WIRE",
        value_delimiter = ',',
        default_value = "plain"
    )]
    wire: Vec<Wire>,
    /// Measure each this often and keep the one that took the least CPU.
    #[arg(long, default_value = "1")]
    best_of: u32,
    /// Where random data begins.
    #[arg(long, default_value = "1")]
    seed: u64,
    /// All figures as JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Measure nothing: show the figures that an earlier run gave as JSON.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["objects", "only", "runtime", "wire", "best_of", "seed"])]
    from: Option<PathBuf>,
    /// Draw the most important figures, as SVG.
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

/// Objects of the courses that are not about their number.
const FAN_OUT_OBJECTS: usize = 1_000;
const CLOSING_OBJECTS: usize = 10;

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let report = match &args.from {
        Some(file) => read(file)?,
        None => measure_all(args)?,
    };
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        anstream::print!("{}", report::text(&report));
    }
    // Last: where it cannot be written, the figures are out.
    match &args.chart {
        Some(file) => chart::draw(&report, file).map_err(|error| named(file, &error)),
        None => Ok(()),
    }
}

fn read(file: &Path) -> Result<Report, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| named(file, &error))?;
    serde_json::from_str(&text).map_err(|error| named(file, &error))
}

fn named(file: &Path, error: &dyn std::fmt::Display) -> Failure {
    format!("{}: {error}", file.display()).into()
}

fn measure_all(args: &Args) -> Result<Report, Failure> {
    let tasks = tasks(args);
    let bar = ProgressBar::new(tasks.len() as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {pos}/{len} {elapsed} {msg}",
    )?);
    let mut outcomes = Vec::new();
    for task in tasks {
        bar.set_message(task.to_string());
        match best(task, args) {
            Ok(figures) => outcomes.push((task, figures)),
            // One program that fails does not take the others' figures with it.
            Err(error) => bar.suspend(|| anstream::eprintln!("{task}: {error}")),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Report {
        machine: Machine::this(),
        json_mib: args
            .objects
            .iter()
            .map(|&objects| (objects, json_mib(objects, args.seed)))
            .collect(),
        outcomes,
    })
}

fn tasks(args: &Args) -> Vec<Task> {
    let wanted = |subject: &Name| args.only.is_empty() || args.only.contains(subject);
    let subjects = Name::value_variants().iter().copied().filter(wanted);
    let of = |subject| {
        args.wire.iter().flat_map(move |&wire| match wire {
            Wire::Plain => plain(subject, args),
            _ => encrypted(subject, wire, args).into_iter().collect(),
        })
    };
    subjects.flat_map(of).collect()
}

/// Every course, the full one on each runtime and for each number of objects.
fn plain(subject: Name, args: &Args) -> Vec<Task> {
    let runtimes = args.runtime.map_or_else(
        || vec![Runtime::Multi, Runtime::Current],
        |runtime| vec![runtime],
    );
    let mut tasks = Vec::new();
    for runtime in runtimes {
        for &objects in &args.objects {
            tasks.extend(asks_for(subject).into_iter().map(|snapshots| Task {
                snapshots,
                ..Task::full(subject, runtime, objects)
            }));
        }
    }
    let rest = |course, objects| Task {
        course,
        ..Task::full(subject, Runtime::Multi, objects)
    };
    if subject.has_many_subscribers() {
        tasks.push(rest(Course::FanOut, FAN_OUT_OBJECTS));
    }
    if subject.is_dynamic() {
        tasks.push(rest(Course::Closing, CLOSING_OBJECTS));
    }
    tasks
}

/// One course, which shows what the wire adds.
fn encrypted(subject: Name, wire: Wire, args: &Args) -> Option<Task> {
    let objects = *args.objects.iter().min()?;
    let is_measured = subject.is_dynamic() || subject.is_typed();
    is_measured.then(|| Task {
        wire,
        ..Task::full(subject, args.runtime.unwrap_or(Runtime::Multi), objects)
    })
}

/// kube-rs lists in pages, whatever the server could do; kubewright asks for a stream, and
/// for a list where there is none.
fn asks_for(subject: Name) -> Vec<Snapshots> {
    match subject {
        Name::KubewrightDynamic => vec![Snapshots::Stream, Snapshots::Pages, Snapshots::Whole],
        _ => vec![Snapshots::Stream],
    }
}

fn json_mib(objects: usize, seed: u64) -> f64 {
    let bytes: usize = generate(objects, seed)
        .iter()
        .map(|pod| pod.json().len())
        .sum();
    bytes as f64 / f64::from(1 << 20)
}

fn best(task: Task, args: &Args) -> Result<Figures, Failure> {
    let mut best: Option<Figures> = None;
    for _ in 0..args.best_of.max(1) {
        let figures = measure(task, args.seed)?;
        if best.as_ref().is_none_or(|best| figures.cpu() < best.cpu()) {
            best = Some(figures);
        }
    }
    best.ok_or_else(|| "nothing was measured".into())
}

fn measure(task: Task, seed: u64) -> Result<Figures, Failure> {
    let server = Server::start(task, seed)?;
    let output = this_program()?
        .arg("measure")
        .args(["--server", &serde_json::to_string(&server.endpoint)?])
        .args(["--subject", &value(task.subject)])
        .args(["--runtime", &value(task.runtime)])
        .args(["--course", &value(task.course)])
        .args(["--objects", &task.objects.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the measured program ended with {}", output.status).into());
    }
    Ok(Figures {
        spoken: order(&server.endpoint, "spoken")?,
        ..serde_json::from_slice(&output.stdout)?
    })
}

/// The scripted server, for one measurement.
struct Server {
    process: Child,
    endpoint: Endpoint,
}

impl Server {
    fn start(task: Task, seed: u64) -> Result<Self, Failure> {
        let mut command = this_program()?;
        command
            .arg("serve")
            .args(["--objects", &task.objects.to_string()])
            .args(["--seed", &seed.to_string()])
            .args(["--snapshots", &value(task.snapshots)])
            .args(["--wire", &value(task.wire)]);
        if task.course == Course::Closing {
            command.arg("--closing");
        }
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut said = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        let endpoint = said.parse()?;
        Ok(Server { process, endpoint })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn this_program() -> Result<Command, Failure> {
    Ok(Command::new(std::env::current_exe()?))
}
