//! The task of a handler: takes deltas, makes calls, and outlives what goes wrong in them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::metered::Meter;
use super::registration::{Registration, Status};
use super::{EventHandler, dispatch};
use crate::cache::buffer::{Notice, Origin};
use crate::cache::subscription::Deltas;
use crate::model::object::Object;

/// The pause after a panic, doubling with each in a row, so that a handler that always
/// panics takes no processor.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Begins to call a handler. `alive` is kept as long as the task is.
pub(in crate::cache) fn register<K: Object>(
    deltas: Deltas<K>,
    handler: impl EventHandler<K>,
    informer: &str,
    name: Option<String>,
    alive: impl Send + 'static,
) -> Registration {
    let (synced, is_synced) = watch::channel(false);
    let status = Arc::new(Status::default());
    let level = deltas.level();
    let task = Task {
        deltas,
        handler,
        synced,
        status: Arc::clone(&status),
        meter: name.as_deref().map(|name| Meter::new(informer, name)),
        informer: informer.to_owned(),
        name: name.unwrap_or_default(),
        panics: 0,
    };
    let ending = Arc::clone(&status);
    let task = tokio::spawn(async move {
        task.run().await;
        // In this order: who waits for all tasks finds that this one has ended.
        ending.ended();
        drop(alive);
    });
    Registration {
        informer: informer.to_owned(),
        status,
        level,
        synced: is_synced,
        task: Some(task),
    }
}

struct Task<K, H> {
    deltas: Deltas<K>,
    handler: H,
    synced: watch::Sender<bool>,
    status: Arc<Status>,
    meter: Option<Meter>,
    informer: String,
    name: String,
    /// In a row.
    panics: u32,
}

impl<K: Object, H: EventHandler<K>> Task<K, H> {
    async fn run(mut self) {
        while let Some(notice) = self.deltas.notice().await {
            // What waits when the informer ends is dropped (rule I15).
            if self.deltas.is_closed() || self.status.is_removed() {
                return;
            }
            self.take(notice).await;
        }
    }

    async fn take(&mut self, notice: Notice<K>) {
        match notice {
            Notice::Synced => drop(self.synced.send_replace(true)),
            Notice::Lost(deltas) => {
                tracing::warn!(informer = %self.informer, handler = %self.name, deltas, "handler is too slow, dropped deltas");
                self.call(|handler| handler.on_lost(deltas)).await;
            }
            Notice::Event(event) => {
                let is_initial = event.origin == Origin::Initial;
                self.call(|handler| dispatch(handler, &event.delta, is_initial))
                    .await;
            }
        }
    }

    /// One call, which may panic.
    async fn call(&mut self, call: impl FnOnce(&mut H)) {
        let began = Instant::now();
        let handler = &mut self.handler;
        let outcome = catch_unwind(AssertUnwindSafe(|| call(handler)));
        if let Some(meter) = &self.meter {
            meter.called(began.elapsed(), self.deltas.depth(), self.deltas.lost());
        }
        match outcome {
            Ok(()) => self.panics = 0,
            Err(panic) => self.panicked(panic_message(&*panic).to_owned()).await,
        }
    }

    async fn panicked(&mut self, message: String) {
        tracing::error!(informer = %self.informer, handler = %self.name, panic = message, "handler panicked, continuing with the next delta");
        if let Some(meter) = &self.meter {
            meter.panicked();
        }
        self.status.panicked(message);
        let pause = FIRST_PAUSE * 2_u32.saturating_pow(self.panics.min(16));
        self.panics += 1;
        tokio::time::sleep(pause.min(LONGEST_PAUSE)).await;
    }
}

/// The message of a panic.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
