//! Logs: which kinds have one, and what can be asked of one whose type is not known.

use std::fmt::Display;
use std::time::Duration;

use super::{Connect, Parameters, Text};
use crate::model::object::Object;
use crate::model::unstructured::Unstructured;

/// Kinds whose objects have a log: pods, and whatever is not typed. Generated crates say it of
/// `Pod`; [`Api::logs`](crate::Api::logs) asks for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no log",
    label = "only pods have one",
    note = "find the pods of a workload by its label selector"
)]
pub trait HasLog: Object {
    /// The subresource, whose options are those of the log.
    type Log: Text<Parent = Self>;
}

impl HasLog for Unstructured {
    type Log = AnyLog;
}

/// The log of an object without a type.
#[derive(Clone, Copy, Debug)]
pub struct AnyLog;

impl Connect for AnyLog {
    type Parent = Unstructured;
    type Options = LogOptions;
    const NAME: &'static str = "log";
}

impl Text for AnyLog {}

/// Which part of a log, and how long to follow it.
///
/// ```no_run
/// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
/// use futures::TryStreamExt;
/// use kubewright::LogOptions;
///
/// let options = LogOptions::new().container("app").tail(10).follow();
/// let mut lines = pods.logs("web-0", &options).lines().await?;
/// while let Some(line) = lines.try_next().await? {
///     println!("{line}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogOptions {
    container: Option<String>,
    follow: bool,
    previous: bool,
    since: Option<Duration>,
    tail: Option<u32>,
    limit_bytes: Option<u64>,
    timestamps: bool,
}

impl LogOptions {
    /// All that there is of the log of the only container.
    pub fn new() -> Self {
        LogOptions::default()
    }

    /// The log of this container. A pod with several containers needs one to be named.
    #[must_use]
    pub fn container(mut self, name: impl Into<String>) -> Self {
        self.container = Some(name.into());
        self
    }

    /// Goes on with what is written from now on, until the container ends.
    #[must_use]
    pub fn follow(mut self) -> Self {
        self.follow = true;
        self
    }

    /// The log of the container before it was restarted the last time.
    #[must_use]
    pub fn previous(mut self) -> Self {
        self.previous = true;
        self
    }

    /// Only what was written in the last so many whole seconds, at least one.
    #[must_use]
    pub fn since(mut self, age: Duration) -> Self {
        self.since = Some(age);
        self
    }

    /// Only the last so many lines.
    #[must_use]
    pub fn tail(mut self, lines: u32) -> Self {
        self.tail = Some(lines);
        self
    }

    /// Ends after so many bytes, perhaps within a line.
    #[must_use]
    pub fn limit_bytes(mut self, bytes: u64) -> Self {
        self.limit_bytes = Some(bytes);
        self
    }

    /// Begins each line with the time at which it was written.
    #[must_use]
    pub fn timestamps(mut self) -> Self {
        self.timestamps = true;
        self
    }
}

impl Parameters for LogOptions {
    fn each(&self, add: &mut dyn FnMut(&'static str, &dyn Display)) {
        let LogOptions {
            container,
            follow,
            previous,
            since,
            tail,
            limit_bytes,
            timestamps,
        } = self;
        if let Some(container) = container {
            add("container", container);
        }
        if let Some(age) = since {
            // The server refuses 0.
            add("sinceSeconds", &age.as_secs().max(1));
        }
        if let Some(lines) = tail {
            add("tailLines", lines);
        }
        if let Some(bytes) = limit_bytes {
            add("limitBytes", bytes);
        }
        let flags = [
            ("follow", follow),
            ("previous", previous),
            ("timestamps", timestamps),
        ];
        for (name, _) in flags.iter().filter(|(_, is_set)| **is_set) {
            add(name, &true);
        }
    }
}
