//! The reflector: what to ask the server next, as a pure state machine.
//!
//! A reflector keeps a store equal to a collection of the server: it takes a snapshot, then
//! follows the watch, and starts over when the watch cannot go on. All decisions are here,
//! none of the work: the driver feeds what happened ([`Input`]) with the time it happened,
//! and does what comes back ([`Step`]). So a table of faults can be driven through it
//! without a network, a clock or an object.
//!
//! The rules are those of [reflectors](crate::semantics#reflector-how-a-cache-follows-its-server);
//! where they differ from client-go the comment says so.

mod backoff;
mod class;
mod step;

use std::time::{Duration, Instant};

pub use self::backoff::BackoffPolicy;
pub(crate) use self::backoff::{Backoff, random_byte};
pub(crate) use self::class::ErrorClass;
pub(crate) use self::step::{Input, Next, Snapshot, Step};
use super::selection::Selection;
use crate::client::StreamSupport;
use crate::wire::rest::{ListOptions, ResourceVersionMatch};

/// Objects a page where pages are asked for ([rule F3](crate::semantics#f3)).
const PAGE: u32 = 500;
/// A watch that ends sooner, and got nowhere, has failed ([rule F24](crate::semantics#f24)).
const VERY_SHORT: Duration = Duration::from_secs(1);
/// How long the objects that are there may take to come, counted from the last one: a
/// server or proxy that takes the request but never ends the beginning would otherwise be
/// waited for until the watch times out, again and again ([rule F14](crate::semantics#f14);
/// client-go hangs here).
const INITIAL_PATIENCE: Duration = Duration::from_secs(20);
/// How long they may take in all: where much happens, a stream that never says that its
/// beginning is over brings changes without end.
const LONGEST_BEGINNING: Duration = Duration::from_secs(90);

/// So often a beginning that is cut is asked for again before it is listed.
const CUTS: u32 = 2;

/// How long a list may bring nothing. The API server gives one a minute in all.
pub(crate) const LIST_PATIENCE: Duration = Duration::from_secs(60);
/// A watch lasts this long, and up to twice as long ([rule F17](crate::semantics#f17)).
const WATCH_TIMEOUT: Duration = Duration::from_secs(300);
/// How long a server may take to begin a watch.
const OPENING_PATIENCE: Duration = Duration::from_secs(60);
/// A server may ask for so much patience, and not for years.
const LONGEST_ASKED: Duration = Duration::from_secs(600);

/// The shortest time between snapshots of a server that forgets every version at once.
const BETWEEN_HURRIES: Duration = Duration::from_secs(10);
/// If the server has not ended a watch this long after its timeout, the peer of the connection is
/// gone. client-go would wait for TCP.
const GRACE: Duration = Duration::from_secs(30);

/// The state between two inputs.
#[derive(Debug)]
pub(crate) struct Reflector {
    state: State,
    /// The version of the last thing that reached the store; empty before the first, and
    /// where the lists of a server have none.
    last: String,
    /// What `last` was when the open watch was asked for; empty for one that began with a
    /// snapshot, which is progress in itself.
    asked: String,
    /// The server said that `last` is too old or too new: ask for the newest instead
    /// ([rule F5](crate::semantics#f5)).
    last_is_unavailable: bool,
    /// The very first list from the server's cache came in pages, so there is no cache, and
    /// a whole list would be read from etcd at once ([rule F3](crate::semantics#f3)).
    always_page: bool,
    support: StreamSupport,
    /// The last streamed snapshot failed as it would on a server that has none; a list that
    /// works then proves it.
    suspicion: bool,
    /// How many streams in a row ended in their beginning.
    cuts: u32,
    /// When a snapshot was last taken without a wait ([rule F29](crate::semantics#f29)).
    hurried: Option<Instant>,
    backoff: Backoff,
    /// Labels and fields, and nothing else of what was asked for.
    selectors: ListOptions,
    /// Objects a page, where they were said: then every list is paged
    /// ([rule F3](crate::semantics#f3)).
    page: Option<u32>,
    /// In 1/256 of [`WATCH_TIMEOUT`]: so that not all watches end at once
    /// ([rule F17](crate::semantics#f17)).
    spread: fn() -> u8,
}

#[derive(Debug)]
enum State {
    Idle,
    Listing(Listing),
    /// A watch that begins with what is there.
    Snapshotting(Beginning),
    /// A watch that goes on.
    Watching(Watching),
    Waiting(After),
}

#[derive(Debug)]
struct Listing {
    /// The version of page 1, which is the list's.
    version: Option<String>,
    /// The version that page 1 asked for.
    asked: ListOptions,
    /// The pages were lost on the way once, and all is asked for in one piece
    /// ([rule F4](crate::semantics#f4)).
    whole: bool,
}

#[derive(Clone, Copy, Debug)]
struct Beginning {
    /// When the last sign of life came.
    since: Instant,
    /// When patience ends whatever comes.
    latest: Instant,
    /// Whether the server took the request.
    is_open: bool,
    /// Whether an object came.
    events: bool,
    /// When the server should have ended the stream.
    end: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Watching {
    /// When it was asked for, or opened.
    since: Instant,
    is_open: bool,
    /// When the server should have ended it.
    end: Instant,
}

/// The action after a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Take a snapshot.
    Snapshot,
    /// Open the watch again at the last version.
    Rewatch,
}

impl Reflector {
    pub(crate) fn new(
        selection: Selection,
        policy: BackoffPolicy,
        support: StreamSupport,
        spread: fn() -> u8,
    ) -> Self {
        let (selectors, page) = selection.into_parts();
        Reflector {
            state: State::Idle,
            last: String::new(),
            asked: String::new(),
            last_is_unavailable: false,
            always_page: false,
            support,
            suspicion: false,
            cuts: 0,
            hurried: None,
            backoff: Backoff::new(policy),
            selectors,
            page,
            spread,
        }
    }

    /// All at exactly this version, to compare a snapshot with ([rule F16](crate::semantics#f16)).
    pub(crate) fn exactly(&self, version: &str) -> ListOptions {
        let asked = self.selectors.clone().resource_version(version);
        asked.version_match(ResourceVersionMatch::Exact)
    }

    /// The version that the store has reached.
    #[cfg(test)]
    pub(crate) fn resource_version(&self) -> &str {
        &self.last
    }

    /// When patience with what is open ends.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Snapshotting(beginning) => {
                Some(beginning.latest.min(beginning.since + INITIAL_PATIENCE))
            }
            State::Watching(watching) if watching.is_open => Some(watching.end + GRACE),
            State::Watching(watching) => Some(watching.since + OPENING_PATIENCE),
            _ => None,
        }
    }

    /// Whether a failure is expected and not reported: a version that is too old happens to every
    /// quiet watch, and a server that cannot stream its lists is listed ([rule F12](crate::semantics#f12)).
    pub(crate) fn is_routine(&self, class: ErrorClass) -> bool {
        class.is_version_unavailable() || self.is_no_stream(class)
    }

    /// Whether the server may be one that cannot stream: it refused to, or it began and gave an
    /// error in place of the first object, as one does whose store reports no progress.
    fn is_no_stream(&self, class: ErrorClass) -> bool {
        let State::Snapshotting(beginning) = self.state else {
            return false;
        };
        match class {
            ErrorClass::NotUnderstood => true,
            ErrorClass::Failed => beginning.is_open && !beginning.events,
            _ => false,
        }
    }

    /// Takes in what happened and says what to do.
    pub(crate) fn on(&mut self, input: Input<'_>, now: Instant) -> Step {
        match (&self.state, input) {
            (State::Idle, Input::Start) | (State::Waiting(After::Snapshot), Input::TimeOver) => {
                self.take_snapshot(now)
            }
            (State::Waiting(After::Rewatch), Input::TimeOver) => self.watch(now),
            (
                State::Listing(_),
                Input::Page {
                    resource_version,
                    next,
                },
            ) => self.page(resource_version, next, now),
            (State::Listing(_), Input::ListFailed(class)) => self.list_failed(class, now),
            (State::Snapshotting(_), input) => self.on_snapshotting(input, now),
            (State::Watching(_), input) => self.on_watching(input, now),
            // What comes late, from something that was given up, means nothing.
            _ => Step::default(),
        }
    }

    fn take_snapshot(&mut self, now: Instant) -> Step {
        let is_listed = self.suspicion || self.cuts > CUTS || self.support.is_missing(now);
        let next = if is_listed {
            self.list_snapshot()
        } else {
            self.stream_snapshot(now)
        };
        Step {
            snapshot: Snapshot::Begin,
            next,
        }
    }

    /// [Rule F9](crate::semantics#f9): never "0", and no limit.
    fn stream_snapshot(&mut self, now: Instant) -> Next {
        let lasts = self.watch_timeout();
        self.state = State::Snapshotting(Beginning {
            since: now,
            latest: now + LONGEST_BEGINNING,
            is_open: false,
            events: false,
            end: now + lasts,
        });
        let version = if self.last_is_unavailable {
            ""
        } else {
            &self.last
        };
        let options = self
            .selectors
            .clone()
            .initial_events(true)
            .resource_version(version);
        Next::Watch(options.timeout(lasts))
    }

    /// [Rule F2](crate::semantics#f2), [F3](crate::semantics#f3).
    fn list_snapshot(&mut self) -> Next {
        let version = match (&*self.last, self.last_is_unavailable) {
            (_, true) => "",
            ("", false) => "0",
            (last, false) => last,
        };
        let paged = self.always_page || matches!(version, "" | "0");
        let mut asked = self.selectors.clone().resource_version(version);
        asked.limit = self.page.or(paged.then_some(PAGE));
        self.state = State::Listing(Listing {
            version: None,
            asked: asked.clone(),
            whole: false,
        });
        Next::List(asked)
    }

    fn page(&mut self, resource_version: &str, next: Option<&str>, now: Instant) -> Step {
        let State::Listing(listing) = &mut self.state else {
            return Step::default();
        };
        let version = listing
            .version
            .get_or_insert_with(|| resource_version.to_owned())
            .clone();
        let Some(token) = next else {
            return Step {
                snapshot: Snapshot::Commit(version.clone()),
                next: self.snapshot_taken(version, now),
            };
        };
        // A cache answers in one piece, whatever the limit says.
        self.always_page |= listing.asked.resource_version.as_deref() == Some("0");
        Step {
            snapshot: Snapshot::Keep,
            next: Next::List(listing.asked.next_page(token)),
        }
    }

    fn snapshot_taken(&mut self, version: String, now: Instant) -> Next {
        if std::mem::take(&mut self.suspicion) {
            self.support.note_missing(now);
        }
        self.last = version;
        self.cuts = 0;
        self.last_is_unavailable = false;
        self.watch(now).next
    }

    fn list_failed(&mut self, class: ErrorClass, now: Instant) -> Step {
        let State::Listing(listing) = &mut self.state else {
            return Step::default();
        };
        let on_first_page = listing.version.is_none();
        if class.is_version_unavailable() && !on_first_page && !listing.whole {
            // Rule F4: the pages were lost; once, all is asked for in one piece.
            listing.whole = true;
            listing.version = None;
            listing.asked.limit = None;
            let asked = listing.asked.clone();
            return Step {
                snapshot: Snapshot::Begin,
                next: Next::List(asked),
            };
        }
        if class.is_version_unavailable() && !self.last_is_unavailable {
            // Rule F5: at once, and once, with the newest.
            self.last_is_unavailable = true;
            let next = self.list_snapshot();
            return Step {
                snapshot: Snapshot::Begin,
                next,
            };
        }
        // What is refused altogether says nothing of streams.
        self.suspicion &= class != ErrorClass::NotUnderstood;
        self.wait(After::Snapshot, class, now)
    }

    fn on_snapshotting(&mut self, input: Input<'_>, now: Instant) -> Step {
        let State::Snapshotting(beginning) = &mut self.state else {
            return Step::default();
        };
        match input {
            Input::Changed { .. } | Input::Unreadable => {
                // Patience is with a server that has stopped sending, not with a large one.
                beginning.since = now;
                beginning.events = true;
                Step::default()
            }
            Input::WatchOpened => {
                beginning.since = now;
                beginning.is_open = true;
                Step::default()
            }
            Input::Bookmark {
                resource_version,
                initial_events_end: true,
            } => {
                // Rule F10: the same stream goes on as the watch.
                let version = resource_version.to_owned();
                self.state = State::Watching(Watching {
                    since: now,
                    is_open: true,
                    end: beginning.end,
                });
                self.asked.clear();
                self.last.clone_from(&version);
                self.cuts = 0;
                self.last_is_unavailable = false;
                Step {
                    snapshot: Snapshot::Commit(version),
                    next: Next::Continue,
                }
            }
            Input::TimeOver => {
                self.suspicion = true;
                self.fall_back_to_list()
            }
            Input::WatchFailed(class) | Input::StreamFailed(class) => {
                self.snapshot_failed(class, now)
            }
            Input::StreamEnded => self.snapshot_cut(now),
            _ => Step::default(),
        }
    }

    /// [Rule F12](crate::semantics#f12). What the server refuses as a request it will refuse again:
    /// it is remembered.
    fn snapshot_failed(&mut self, class: ErrorClass, now: Instant) -> Step {
        if class.is_version_unavailable() && !self.last_is_unavailable {
            self.last_is_unavailable = true;
            return self.take_snapshot(now);
        }
        match class {
            ErrorClass::Refused | ErrorClass::Slow | ErrorClass::TooManyRequests(_) => {
                self.wait(After::Snapshot, class, now)
            }
            _ => {
                self.suspicion |= self.is_no_stream(class);
                self.fall_back_to_list()
            }
        }
    }

    /// [Rule F11](crate::semantics#f11), [F13](crate::semantics#f13): cut on the way, the snapshot
    /// starts over, a few times; ended at once, it is listed.
    fn snapshot_cut(&mut self, now: Instant) -> Step {
        let State::Snapshotting(beginning) = self.state else {
            return Step::default();
        };
        if !beginning.events && is_very_short(beginning.since, now) {
            return self.fall_back_to_list();
        }
        self.cuts = self.cuts.saturating_add(1);
        // client-go starts over at once; a server that always cuts would be asked without end.
        self.wait(After::Snapshot, ErrorClass::Other, now)
    }

    fn fall_back_to_list(&mut self) -> Step {
        let next = self.list_snapshot();
        Step {
            snapshot: Snapshot::Begin,
            next,
        }
    }

    fn watch(&mut self, now: Instant) -> Step {
        let lasts = self.watch_timeout();
        self.state = State::Watching(Watching {
            since: now,
            is_open: false,
            end: now + lasts,
        });
        self.asked.clone_from(&self.last);
        let options = self
            .selectors
            .clone()
            .resource_version(self.last.as_str())
            .timeout(lasts);
        Step {
            snapshot: Snapshot::Keep,
            next: Next::Watch(options),
        }
    }

    fn on_watching(&mut self, input: Input<'_>, now: Instant) -> Step {
        let State::Watching(watching) = &mut self.state else {
            return Step::default();
        };
        match input {
            Input::WatchOpened => {
                watching.since = now;
                watching.is_open = true;
                Step::default()
            }
            // Rule F20: from no version on, what is there comes first, in no order.
            Input::Changed { .. } if self.last.is_empty() => Step::default(),
            Input::Changed {
                resource_version, ..
            } => {
                self.advance(resource_version);
                Step::default()
            }
            Input::Bookmark {
                resource_version, ..
            } => {
                self.advance(Some(resource_version));
                Step::default()
            }
            Input::WatchFailed(class) => self.watch_failed(class, now),
            Input::StreamFailed(class) => self.stream_failed(class, now),
            Input::TimeOver if !watching.is_open => self.watch_failed(ErrorClass::Slow, now),
            Input::StreamEnded | Input::TimeOver => self.stream_ended(now),
            // The version of an object that could not be read is not known: the next change
            // or bookmark moves on, and the driver has reported it.
            _ => Step::default(),
        }
    }

    /// [Rule F22](crate::semantics#f22): a server that cannot be reached, or asks for patience,
    /// still knows the version.
    fn watch_failed(&mut self, class: ErrorClass, now: Instant) -> Step {
        match class {
            ErrorClass::Refused | ErrorClass::Slow | ErrorClass::TooManyRequests(_) => {
                self.wait(After::Rewatch, class, now)
            }
            ErrorClass::Expired => self.expired(now),
            _ => self.wait(After::Snapshot, class, now),
        }
    }

    /// [Rule F23](crate::semantics#f23).
    fn stream_failed(&mut self, class: ErrorClass, now: Instant) -> Step {
        match class {
            ErrorClass::TooManyRequests(_) => self.wait(After::Rewatch, class, now),
            ErrorClass::Expired => self.expired(now),
            _ => self.wait(After::Snapshot, class, now),
        }
    }

    /// [Rule F29](crate::semantics#f29): the server is there and has said what it needs.
    fn expired(&mut self, now: Instant) -> Step {
        let is_soon = |last| now.saturating_duration_since(last) < BETWEEN_HURRIES;
        if self.hurried.is_some_and(is_soon) {
            return self.wait(After::Snapshot, ErrorClass::Expired, now);
        }
        self.hurried = Some(now);
        self.take_snapshot(now)
    }

    /// [Rule F18](crate::semantics#f18), [F24](crate::semantics#f24).
    fn stream_ended(&mut self, now: Instant) -> Step {
        let State::Watching(watching) = self.state else {
            return Step::default();
        };
        // Events alone are not progress. A server could open each watch with the same bookmark,
        // an old event or an unreadable object and then close it, and would be asked again
        // without end. client-go counts events.
        let got_nowhere = self.last == self.asked && is_very_short(watching.since, now);
        if got_nowhere || self.last.is_empty() {
            return self.wait(After::Snapshot, ErrorClass::Other, now);
        }
        self.watch(now)
    }

    fn advance(&mut self, resource_version: Option<&str>) {
        if let Some(version) = resource_version.filter(|version| !version.is_empty()) {
            self.last.clear();
            self.last.push_str(version);
        }
    }

    fn wait(&mut self, after: After, class: ErrorClass, now: Instant) -> Step {
        // Without a version there is nowhere to go on from.
        let after = if self.last.is_empty() {
            After::Snapshot
        } else {
            after
        };
        self.state = State::Waiting(after);
        let asked = match class {
            ErrorClass::TooManyRequests(asked) => asked.unwrap_or_default().min(LONGEST_ASKED),
            _ => Duration::ZERO,
        };
        let wait = self.backoff.next(now).max(asked);
        Step {
            snapshot: Snapshot::Keep,
            next: Next::Wait(wait),
        }
    }

    fn watch_timeout(&self) -> Duration {
        WATCH_TIMEOUT + WATCH_TIMEOUT * u32::from((self.spread)()) / 256
    }
}

fn is_very_short(since: Instant, now: Instant) -> bool {
    now.saturating_duration_since(since) < VERY_SHORT
}

#[cfg(test)]
mod tests;
