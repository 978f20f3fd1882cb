//! A watch as a body that grows: one line for each event, until its time is over.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures::stream;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, sleep_until};

use super::super::cluster::Call;
use super::super::encode::{Encoder, error_event};
use super::super::negotiate::Form;
use super::super::params::WatchParams;
use super::super::status::Failure;
use super::super::table::IncludeObject;
use super::super::verbs::{Event, Watcher};
use super::{Server, Streaming, reply};

/// How long a watch lives when the client does not say.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(45 * 60);

/// How long before its end a watch gets its last bookmark.
const BEFORE_THE_END: Duration = Duration::from_secs(2);

/// A watch being served.
struct Watch {
    server: Arc<Server>,
    call: Call,
    form: Form,
    include: IncludeObject,
    watcher: Watcher,
    changes: Receiver<u64>,
    bookmarks: bool,
    next_bookmark: Instant,
    deadline: Instant,
    /// Text that is ready to be sent before anything else is looked at.
    ready: String,
    over: bool,
}

pub(super) async fn serve(
    server: &Arc<Server>,
    call: Call,
    params: WatchParams,
    form: Form,
    include: IncludeObject,
) -> Result<Response, Failure> {
    if params.initial_events == Some(true)
        && let Err(failure) = begins_with_objects(server, &params).await?
    {
        return Ok(reply::bytes(200, reply::JSON, error_event(&failure).into()));
    }
    let mut changes = server.changes();
    changes.mark_changed();
    let (watcher, events) = server.with(|cluster| cluster.watch(&call, &params));
    let now = Instant::now();
    let deadline = now + params.timeout.unwrap_or(DEFAULT_TIMEOUT);
    let mut watch = Watch {
        server: server.clone(),
        call,
        form,
        include,
        watcher,
        changes,
        bookmarks: params.bookmarks,
        next_bookmark: next_bookmark(now, server.options.bookmark_interval, deadline),
        deadline,
        ready: String::new(),
        over: false,
    };
    watch.write(&events);
    let lines = stream::unfold(watch, |mut watch| async move {
        let text = watch.next().await?;
        Some((Ok::<_, std::convert::Infallible>(text), watch))
    });
    Ok(reply::bytes(200, reply::JSON, Body::from_stream(lines)))
}

/// Whether a watch can begin with the objects that are there: refused altogether, or with an error
/// as its only event.
async fn begins_with_objects(
    server: &Server,
    params: &WatchParams,
) -> Result<Result<(), Failure>, Failure> {
    match server.options.streaming {
        Streaming::Served => Ok(server.reach(params.since.unwrap_or(0)).await),
        Streaming::Refused => Err(Failure::no_streaming()),
        Streaming::Broken => Ok(Err(Failure::no_progress())),
    }
}

/// Bookmarks come at intervals, and one shortly before the end: the next watch starts from it.
fn next_bookmark(now: Instant, interval: Duration, deadline: Instant) -> Instant {
    let last = deadline.checked_sub(BEFORE_THE_END);
    let last = last.filter(|last| *last > now);
    last.map_or(now + interval, |last| last.min(now + interval))
}

impl Watch {
    /// The next piece of the body; `None` ends it.
    async fn next(&mut self) -> Option<String> {
        loop {
            if !self.ready.is_empty() {
                return Some(std::mem::take(&mut self.ready));
            }
            if self.over {
                return None;
            }
            tokio::select! {
                changed = self.changes.changed() => {
                    self.over = changed.is_err();
                    self.pump();
                }
                () = sleep_until(self.next_bookmark), if self.bookmarks => {
                    let interval = self.server.options.bookmark_interval;
                    self.next_bookmark = next_bookmark(Instant::now(), interval, self.deadline);
                    self.write(&[self.watcher.bookmark()]);
                }
                () = sleep_until(self.deadline) => self.over = true,
            }
        }
    }

    /// Writes what happened since the last time.
    fn pump(&mut self) {
        let (events, served) = self.server.with(|cluster| {
            let resource = &self.call.resource;
            let served = cluster
                .registry
                .find(&resource.group, &resource.version, &resource.plural)
                .is_some();
            (self.watcher.next(&cluster.store), served)
        });
        match events {
            Ok(events) => self.write(&events),
            Err(failure) => {
                self.ready.push_str(&error_event(&failure));
                self.over = true;
            }
        }
        // A resource that is no longer served has no more events.
        self.over |= !served;
    }

    fn write(&mut self, events: &[Event]) {
        let encoder = Encoder {
            resource: &self.call.resource,
            form: self.form,
            include: self.include,
        };
        for event in events {
            self.ready.push_str(&encoder.event(event));
        }
    }
}
