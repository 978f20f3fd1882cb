//! The task of a recorder: takes events one after the other, and writes what is due.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::{mpsc, watch};
use tokio::time::{self, MissedTickBehavior, interval, timeout};

use super::correlator::{Correlator, Fate, Write};
use super::event::{Event, Reporter};
use crate::client::Client;
use crate::client::api::Api;
use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::error::Result;
use crate::model::meta::MicroTime;
use crate::model::unstructured::Unstructured;
use crate::wire::rest::Patch;

/// How often series are checked that get no more events.
const ROUND: Duration = Duration::from_secs(60);
/// A server that cannot be reached is tried so often, so far apart
/// ([rule V5](crate::semantics#v5)).
const TRIES: u32 = 12;
const APART: Duration = Duration::from_secs(10);
/// The longest time to write waiting events when the recorder ends.
const LAST: Duration = Duration::from_secs(10);

pub(super) struct Task {
    client: Client,
    reporter: Reporter,
    waiting: mpsc::Receiver<Event>,
    /// Nothing is sent: it closes with the recorder.
    alive: watch::Receiver<()>,
    dropped: Arc<AtomicU64>,
    correlator: Correlator,
    /// Of the last name that was given.
    nanos: i128,
}

impl Task {
    pub(super) fn new(
        client: Client,
        reporter: Reporter,
        waiting: mpsc::Receiver<Event>,
        alive: watch::Receiver<()>,
        dropped: Arc<AtomicU64>,
    ) -> Self {
        Task {
            client,
            reporter,
            waiting,
            alive,
            dropped,
            correlator: Correlator::default(),
            nanos: 0,
        }
    }

    /// Ends when all recorders are dropped.
    pub(super) async fn run(mut self) {
        let mut rounds = interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !self.is_ending() {
            tokio::select! {
                event = self.waiting.recv() => match event {
                    Some(event) => self.take(event).await,
                    None => break,
                },
                _ = rounds.tick() => {
                    let due = self.correlator.pass(now());
                    self.write_all(due).await;
                }
            }
        }
        if timeout(LAST, self.end()).await.is_err() {
            tracing::warn!("the recorder ended before all events were written");
        }
    }

    async fn end(&mut self) {
        while let Some(event) = self.waiting.recv().await {
            self.take(event).await;
        }
        let rest = self.correlator.end();
        self.write_all(rest).await;
    }

    fn is_ending(&self) -> bool {
        self.alive.has_changed().is_err()
    }

    async fn take(&mut self, event: Event) {
        let name = self.name(&event);
        match self.correlator.on(event, name, now()) {
            Fate::Written(write) => self.write(write).await,
            Fate::Counted => {}
            Fate::Dropped => self.lose("too much is said of its object"),
        }
    }

    /// A name that no other event has: the object's, and the time in nanoseconds
    /// ([rule V1](crate::semantics#v1)).
    fn name(&mut self, event: &Event) -> String {
        let now = MicroTime::now().as_timestamp().as_nanosecond();
        self.nanos = now.max(self.nanos + 1);
        let name = &event.regarding.name;
        let is_name = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        // Names of roles, for example, may be of other characters.
        let fits = name.len() < 230 && !name.is_empty() && name.bytes().all(is_name);
        format!("{}.{:x}", if fits { name } else { "event" }, self.nanos)
    }

    async fn write_all(&mut self, due: Vec<Write>) {
        for write in due {
            self.write(write).await;
        }
    }

    async fn write(&mut self, write: Write) {
        let mut tries = 0;
        let error = loop {
            tries += 1;
            match self.send(&write).await {
                Ok(()) => return,
                // Nothing came back: it may not have arrived.
                Err(error) if error.is_transport() && tries < TRIES && !self.is_ending() => {
                    self.pause().await;
                }
                Err(error) => break error,
            }
        };
        match &write {
            // The event was not seen for so long that the server deleted it.
            Write::Count { name, .. } => self.correlator.forget(name),
            // It was written by an earlier try whose answer was lost.
            Write::Create { .. } if tries > 1 && error.is_already_exists() => return,
            Write::Create { name, .. } => self.correlator.forget(name),
        }
        self.lose(&error.to_string());
    }

    /// Until it is time to try again, or the recorder ends.
    async fn pause(&mut self) {
        // Nothing is ever sent.
        let _ = timeout(APART, self.alive.changed()).await;
    }

    async fn send(&self, write: &Write) -> Result<()> {
        match write {
            Write::Create { name, event } => {
                let object = self.reporter.object(event, name, MicroTime::now());
                let object = Unstructured::try_from(object)?;
                self.api(event.namespace()).create(&object).await?;
            }
            Write::Count {
                namespace,
                name,
                count,
                last,
            } => {
                let series = json!({"count": count, "lastObservedTime": at(*last)});
                let patch = Patch::merge(json!({"series": series}));
                self.api(namespace).patch(name, &patch).await?;
            }
        }
        Ok(())
    }

    fn api(&self, namespace: &str) -> Api<Unstructured> {
        let resource = ApiResource {
            group: "events.k8s.io".into(),
            version: "v1".into(),
            kind: "Event".into(),
            plural: "events".into(),
            scope: Some(ScopeKind::Namespaced),
        };
        Api::of_scope(self.client.clone(), resource, Some(namespace))
    }

    fn lose(&self, why: &str) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(why, "cannot write an event");
    }
}

/// The runtime's clock, which tests can stop.
fn now() -> Instant {
    time::Instant::now().into_std()
}

/// A moment of the monotonous clock, as the calendar has it.
fn at(moment: Instant) -> MicroTime {
    let ago =
        jiff::SignedDuration::try_from(now().saturating_duration_since(moment)).unwrap_or_default();
    let now = MicroTime::now().as_timestamp();
    MicroTime::from(now.checked_sub(ago).unwrap_or(now))
}
