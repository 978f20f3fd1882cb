//! Events: messages of a controller about an object, which `kubectl describe` shows.
//!
//! A [`Recorder`] takes an [`Event`] and returns at once; a task of its own writes it to
//! `events.k8s.io/v1`. Recording must never hold up or fail the work that it is about, nor may
//! a controller in a loop fill the server: what is said again is counted in one object, what
//! is said in ever other words is combined, and of each object only so much is written at
//! all. All of that is decided by `correlator`, which knows neither a server nor a clock.
//!
//! An event is a hint that is gone after an hour or so. What has to last belongs into the
//! object's status.

mod correlator;
mod event;
mod reference;
mod task;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, watch};

pub use self::event::{Event, EventType};
pub use self::reference::Reference;
use self::task::Task;
use crate::client::Client;

/// Events that wait to be written; more are dropped ([rule V1](crate::semantics#v1)).
const QUEUE: usize = 1000;

/// Records events of objects. Cheap to clone; clones are the same recorder.
///
/// - [`Recorder::record`] never waits and never fails. What cannot be written is logged and
///   counted in [`Recorder::dropped`].
/// - The same said again is one object with a count: the second time is written at once, then
///   each doubling, every half hour, and the end, after six quiet minutes
///   ([rule V7](crate::semantics#v7)). (client-go writes nothing between the second and the half
///   hour, where its older recorder wrote each: here the count that is shown is at least half of
///   what was said.) From the tenth wording within ten minutes on, one event stands for all others
///   that differ in nothing but their note ([rule V3](crate::semantics#v3)).
/// - Of one object and type 25 writes are made at once and then one each five minutes
///   ([rule V4](crate::semantics#v4)).
/// - A server that cannot be reached is tried for two minutes; what it refuses is final
///   ([rule V5](crate::semantics#v5)).
///
/// When the last clone is dropped, what waits is still written, for at most ten seconds;
/// [`Recorder::shut_down`] waits for that.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::events::{Event, Recorder};
///
/// let recorder = Recorder::new(&client, "example.com/widgets-controller");
/// let widget = client.lookup("widgets").await?.get("big").await?;
/// recorder.record(Event::normal(&widget, "Resized", "the widget has size 7 now"));
/// recorder.record(Event::warning(&widget, "TooLarge", "no node has room for size 7").action("Schedule"));
/// recorder.shut_down().await;
/// # Ok(())
/// # }
/// ```
///
/// The program needs the verbs `create` and `patch` on `events` in the group `events.k8s.io`.
#[derive(Clone)]
pub struct Recorder {
    shared: Arc<Shared>,
}

struct Shared {
    /// `None` once it was shut down.
    open: Mutex<Option<Open>>,
    dropped: Arc<AtomicU64>,
    /// The task has the sender.
    ended: watch::Receiver<()>,
}

/// Dropped with the recorder, which the task sees.
struct Open {
    queue: mpsc::Sender<Event>,
    _life: watch::Sender<()>,
}

impl Recorder {
    /// A recorder for a controller, whose name is a qualified one:
    /// `example.com/widgets-controller`. The instance is what the environment calls `HOSTNAME`,
    /// which is the pod's name in a cluster.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn new(client: &Client, controller: impl Into<String>) -> Self {
        let instance = std::env::var("HOSTNAME").ok();
        let instance = instance.filter(|name| !name.is_empty());
        Recorder::of_instance(client, controller, instance.as_deref().unwrap_or("unknown"))
    }

    /// As [`Recorder::new`], with another name of the instance.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn of_instance(
        client: &Client,
        controller: impl Into<String>,
        instance: impl Into<String>,
    ) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (life, alive) = watch::channel(());
        let (ending, ended) = watch::channel(());
        let dropped = Arc::<AtomicU64>::default();
        let reporter = event::Reporter::new(controller.into(), instance.into());
        let task = Task::new(
            client.clone(),
            reporter,
            waiting,
            alive,
            Arc::clone(&dropped),
        );
        tokio::spawn(async move {
            task.run().await;
            drop(ending);
        });
        Recorder {
            shared: Arc::new(Shared {
                open: Mutex::new(Some(Open { queue, _life: life })),
                dropped,
                ended,
            }),
        }
    }

    /// Has an event written, some time soon.
    pub fn record(&self, event: Event) {
        let refused = match &*self.shared.open() {
            Some(open) => open.queue.try_send(event).err(),
            None => Some(TrySendError::Closed(event)),
        };
        if let Some(TrySendError::Full(event) | TrySendError::Closed(event)) = refused {
            self.shared.dropped.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(%event, "dropped an event: too many are waiting, or the recorder has ended");
        }
    }

    /// How many events were not written, and are in no count of one that was: because too
    /// many waited, too much was said of their object, or the server would not have them.
    pub fn dropped(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed)
    }

    /// Takes no more events, and waits until those that were taken are written, for at most
    /// ten seconds ([rule V6](crate::semantics#v6)).
    pub async fn shut_down(&self) {
        drop(self.shared.open().take());
        let mut ended = self.shared.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("dropped", &self.dropped())
            .finish_non_exhaustive()
    }
}
