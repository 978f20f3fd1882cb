//! One program, measured from the inside, phase after phase.
//!
//! The phases: sync; a relist of unchanged objects; changes at full speed; reads while
//! changes flow; another relist, behind the changes. Two other courses measure many
//! subscribers, and a server that closes every watch.

use std::sync::Arc;
use std::sync::Weak;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::kubewright::PartialObjectMetadata;
use ::kubewright::cache::Transform;
use kubewright_generated::core_v1::Pod;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use crate::failure::Failure;
use crate::meter::{Stopwatch, forget_peak, heap, peak, resident, thread_cpu};
use crate::script::order;
use crate::subject::{Counts, Kubewright, Name, Subject, kube_rs, kubewright};
use crate::wire::Endpoint;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    server: Endpoint,
    #[arg(long, value_enum)]
    subject: Name,
    #[arg(long, value_enum)]
    runtime: Runtime,
    #[arg(long, value_enum)]
    course: Course,
    #[arg(long)]
    objects: usize,
}

/// The flavour of tokio's runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Runtime {
    Multi,
    Current,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Course {
    /// Every phase, with one subscriber.
    Full,
    /// Changes, with a hundred subscribers.
    FanOut,
    /// A server that closes each watch at once.
    Closing,
}

/// What came out; memory in MiB, time in seconds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Figures {
    pub(crate) sync_wall: f64,
    pub(crate) sync_cpu: f64,
    pub(crate) sync_peak: f64,
    pub(crate) resting: f64,
    /// Bytes of heap for each object, with its JSON.
    pub(crate) heap_per_object: f64,
    pub(crate) relist_cpu: f64,
    pub(crate) relist_peak: f64,
    /// The share of objects that readers still share behind the relist.
    pub(crate) kept: f64,
    pub(crate) events: u64,
    pub(crate) events_cpu: f64,
    pub(crate) events_wall: f64,
    pub(crate) events_peak: f64,
    pub(crate) gets_per_second: f64,
    pub(crate) namespace_lists_per_second: f64,
    /// Behind all that, with what the changes left.
    pub(crate) last_relist_peak: f64,
    pub(crate) requests: u64,
    pub(crate) requests_seconds: f64,
    /// What the client spoke, as the server saw it.
    pub(crate) spoken: String,
}

/// Subscribers of [`Course::FanOut`].
pub(crate) const MANY: usize = 100;
/// Changes of [`Course::FanOut`].
pub(crate) const FAN_OUT_CHANGES: u64 = 2_000;
/// Nothing takes longer; what does has hung.
const PATIENCE: Duration = Duration::from_secs(300);

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let runtime = match args.runtime {
        Runtime::Multi => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?,
        Runtime::Current => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?,
    };
    let figures = runtime.block_on(measure(args))?;
    println!("{}", serde_json::to_string(&figures)?);
    // The objects are not taken apart: that is not measured, and takes time.
    std::process::exit(0);
}

async fn measure(args: &Args) -> Result<Figures, Failure> {
    let counts = Arc::new(Counts::default());
    let subscribers = if args.course == Course::FanOut {
        MANY
    } else {
        1
    };
    let (server, count) = (&args.server, kube_rs::counting(&counts));
    let theirs = &kube_rs::server(server)?;
    match args.subject {
        Name::KubewrightDynamic | Name::KubewrightCut => {
            let api = kubewright::unstructured(&kubewright::client(server)?)?;
            let transform = match args.subject {
                Name::KubewrightCut => Transform::new().cut_managed_fields(),
                _ => Transform::new(),
            };
            follow(args, &counts, || {
                Ok(Kubewright::start(api, transform, subscribers, &counts))
            })
            .await
        }
        Name::KubewrightMetadata => {
            let resource = kubewright::unstructured(&kubewright::client(server)?)?
                .api_resource()
                .clone();
            let api = kubewright::client(server)?.typed::<PartialObjectMetadata>(resource);
            follow(args, &counts, || {
                Ok(Kubewright::start(
                    api,
                    Transform::new(),
                    subscribers,
                    &counts,
                ))
            })
            .await
        }
        Name::KubewrightTyped => {
            let api = kubewright::client(server)?.all::<Pod>();
            follow(args, &counts, || {
                Ok(Kubewright::start(
                    api,
                    Transform::new(),
                    subscribers,
                    &counts,
                ))
            })
            .await
        }
        Name::KubeRsDynamic | Name::KubeRsCut => {
            let cut = args.subject == Name::KubeRsCut;
            follow(args, &counts, || kube_rs::dynamic(theirs, cut, count)).await
        }
        Name::KubeRsMetadata => follow(args, &counts, || kube_rs::metadata(theirs, count)).await,
        Name::KubeRsTyped if args.course == Course::FanOut => {
            follow(args, &counts, || kube_rs::shared(theirs, MANY, &count)).await
        }
        Name::KubeRsTyped => follow(args, &counts, || kube_rs::typed(theirs, count)).await,
    }
}

async fn follow<S: Subject>(
    args: &Args,
    counts: &Counts,
    start: impl FnOnce() -> Result<S, Failure>,
) -> Result<Figures, Failure> {
    let mut course = Run {
        args,
        counts,
        figures: Figures::default(),
    };
    match args.course {
        Course::Full => course.full(start).await?,
        Course::FanOut => course.fan_out(start).await?,
        Course::Closing => course.closing(start).await?,
    }
    Ok(course.figures)
}

struct Run<'a> {
    args: &'a Args,
    counts: &'a Counts,
    figures: Figures,
}

impl Run<'_> {
    async fn full<S: Subject>(
        &mut self,
        start: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<(), Failure> {
        let subject = self.sync(start).await?;
        self.relist(&subject).await?;
        self.changes().await?;
        self.reads(&subject).await?;
        forget_peak();
        self.expire().await?;
        self.figures.last_relist_peak = peak();
        Ok(())
    }

    async fn sync<S: Subject>(
        &mut self,
        start: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<S, Failure> {
        let objects = self.args.objects as u64;
        let heap_before = heap();
        forget_peak();
        let watch = Stopwatch::start();
        let subject = start()?;
        subject.synced().await;
        until("every object at the subscriber", || {
            self.counts.initial() >= objects
        })
        .await?;
        let figures = &mut self.figures;
        (figures.sync_wall, figures.sync_cpu, figures.sync_peak) =
            (watch.wall(), watch.cpu(), peak());
        sleep(Duration::from_secs(1)).await;
        figures.resting = resident();
        figures.heap_per_object = (heap() - heap_before) / objects as f64;
        Ok(subject)
    }

    async fn relist<S: Subject>(&mut self, subject: &S) -> Result<(), Failure> {
        let sample = sample(subject);
        forget_peak();
        let watch = Stopwatch::start();
        self.expire().await?;
        self.figures.relist_cpu = watch.cpu();
        self.figures.relist_peak = peak();
        self.figures.kept = still_shared(subject, &sample);
        Ok(())
    }

    /// Makes the client start over, and waits until it gets a change after that.
    async fn expire(&self) -> Result<(), Failure> {
        let before = self.counts.changes();
        order(&self.args.server, "expire")?;
        // The open watch is gone when this is carried out; the next one takes the change.
        sleep(Duration::from_millis(50)).await;
        order(&self.args.server, "change?count=1")?;
        until("the change behind a relist", || {
            self.counts.changes() > before
        })
        .await
    }

    async fn changes(&mut self) -> Result<(), Failure> {
        let changes = (2 * self.args.objects as u64).max(40_000);
        let target = self.counts.changes() + changes;
        forget_peak();
        let watch = Stopwatch::start();
        order(&self.args.server, &format!("change?count={changes}"))?;
        until("every change", || self.counts.changes() >= target).await?;
        let figures = &mut self.figures;
        figures.events = changes;
        (figures.events_cpu, figures.events_wall, figures.events_peak) =
            (watch.cpu(), watch.wall(), peak());
        Ok(())
    }

    async fn reads<S: Subject>(&mut self, subject: &S) -> Result<(), Failure> {
        let keys: Arc<[_]> = subject.all().iter().map(|object| S::key(object)).collect();
        order(&self.args.server, "change?per_second=1000")?;
        let (store, names) = (subject.clone(), Arc::clone(&keys));
        self.figures.gets_per_second = rate(move |turn| {
            let (namespace, name) = &names[turn.wrapping_mul(31) % names.len()];
            store.get(namespace, name).is_some()
        })
        .await;
        let store = subject.clone();
        self.figures.namespace_lists_per_second = rate(move |turn| {
            let (namespace, _) = &keys[turn.wrapping_mul(31) % keys.len()];
            !store.in_namespace(namespace).is_empty()
        })
        .await;
        order(&self.args.server, "stop")?;
        Ok(())
    }

    async fn fan_out<S: Subject>(
        &mut self,
        start: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<(), Failure> {
        let subject = start()?;
        subject.synced().await;
        self.quiet().await;
        self.figures.resting = resident();
        let (before, watch) = (self.counts.changes(), Stopwatch::start());
        order(
            &self.args.server,
            &format!("change?count={FAN_OUT_CHANGES}"),
        )?;
        let all = FAN_OUT_CHANGES * MANY as u64;
        until("a change at a subscriber", || {
            self.counts.changes() > before
        })
        .await?;
        until_or_quiet(|| self.counts.changes() - before, all).await;
        self.figures.events = self.counts.changes() - before;
        (self.figures.events_cpu, self.figures.events_wall) = (watch.cpu(), watch.wall());
        Ok(())
    }

    /// Until subscribers get nothing more of what was there.
    async fn quiet(&self) {
        until_or_quiet(|| self.counts.initial() + self.counts.changes(), u64::MAX).await;
    }

    async fn closing<S: Subject>(
        &mut self,
        start: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<(), Failure> {
        let _subject = start()?;
        let watch = Stopwatch::start();
        // What makes tens of thousands of requests a second shows it soon enough.
        while watch.wall() < 60.0 && self.figures.requests < 100_000 {
            sleep(Duration::from_millis(250)).await;
            self.figures.requests = order(&self.args.server, "requests")?.parse()?;
        }
        self.figures.requests_seconds = watch.wall();
        Ok(())
    }
}

/// An object as readers had it: its key, its version, and itself, not kept alive.
type Seen<T> = ((String, String), String, Weak<T>);

fn sample<S: Subject>(subject: &S) -> Vec<Seen<S::Object>> {
    let objects = subject.all();
    let every = (objects.len() / 1000).max(1);
    let seen = |object: &Arc<S::Object>| {
        (
            S::key(object),
            S::version(object).to_owned(),
            Arc::downgrade(object),
        )
    };
    objects.iter().step_by(every).map(seen).collect()
}

/// Of the objects at the same version as before, the share that is the same object.
fn still_shared<S: Subject>(subject: &S, sample: &[Seen<S::Object>]) -> f64 {
    let (mut same, mut kept) = (0u32, 0u32);
    for ((namespace, name), version, before) in sample {
        let now = subject.get(namespace, name);
        let Some(now) = now.filter(|now| S::version(now) == version) else {
            continue;
        };
        same += 1;
        kept += u32::from(std::ptr::eq(Arc::as_ptr(&now), before.as_ptr()));
    }
    f64::from(kept) / f64::from(same)
}

/// How often a second of its own CPU time a thread that does nothing else does something.
async fn rate(mut read: impl FnMut(usize) -> bool + Send + 'static) -> f64 {
    let over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&over);
    let reader = std::thread::spawn(move || {
        let (start, mut turn, mut found) = (thread_cpu(), 0usize, 0usize);
        while !ended.load(Ordering::Relaxed) {
            found += usize::from(read(turn));
            turn += 1;
        }
        found as f64 / (thread_cpu() - start).as_secs_f64()
    });
    sleep(Duration::from_secs(2)).await;
    over.store(true, Ordering::Relaxed);
    reader.join().unwrap_or(f64::NAN)
}

async fn until(what: &str, holds: impl Fn() -> bool) -> Result<(), Failure> {
    let start = Instant::now();
    while !holds() {
        if start.elapsed() > PATIENCE {
            return Err(format!("waited {PATIENCE:?} for {what}").into());
        }
        sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// Until a number is reached, or stays the same for two seconds.
async fn until_or_quiet(number: impl Fn() -> u64, target: u64) {
    let (mut last, mut since) = (number(), Instant::now());
    while last < target && since.elapsed() < Duration::from_secs(2) {
        sleep(Duration::from_millis(2)).await;
        if number() != last {
            (last, since) = (number(), Instant::now());
        }
    }
}
