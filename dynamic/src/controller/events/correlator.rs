//! Decides which events to write, count, combine or drop: a pure state machine.
//!
//! Events that differ in nothing but their note are a *group*; what is said in the same words
//! is a *series*, one object on the server. A series is begun by its first event, counts the
//! others, and ends when it has been quiet. A group has so many series and no more: then one,
//! the combined one, takes in all other wordings. What may be written at all is limited for
//! each object by a bucket of tokens.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use super::event::{Event, EventType, cut};
use super::reference::Reference;

/// A group has so many wordings of its own ([rule V3](crate::semantics#v3)).
const WORDINGS: usize = 9;
/// The beginning of the note of an event that stands for all similar ones.
const COMBINED: &str = "(combined from similar events): ";
/// A series without an event for this long has ended ([rule V7](crate::semantics#v7)).
const QUIET: Duration = Duration::from_secs(6 * 60);
/// The longest time between writes of a series' count ([rule V7](crate::semantics#v7)).
const REFRESH: Duration = Duration::from_secs(30 * 60);
/// The burst of events of one object and type, and the time after which one more is written
/// ([rule V4](crate::semantics#v4)).
const BURST: u32 = 25;
const REFILL: Duration = Duration::from_secs(300);
/// Groups and buckets that are remembered ([rule V4](crate::semantics#v4)).
const MOST: usize = 4096;

/// A request to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// A new object.
    Create { name: String, event: Box<Event> },
    /// How often the event of an object was seen.
    Count {
        namespace: String,
        name: String,
        count: u32,
        /// When it was seen last.
        last: Instant,
    },
}

/// The decision about an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Written(Write),
    /// It is in the count of a series.
    Counted,
    /// There are too many events of its object.
    Dropped,
}

#[derive(Debug, Default)]
pub(super) struct Correlator {
    groups: HashMap<Similar, Group>,
    buckets: HashMap<(Reference, EventType), Bucket>,
}

/// All of an event but its note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Similar {
    kind: EventType,
    regarding: Reference,
    related: Option<Reference>,
    reason: String,
    action: Option<String>,
}

#[derive(Debug)]
struct Group {
    /// By the hash of the note; that of no note is the combined one.
    series: HashMap<Option<u64>, Series>,
    last: Instant,
}

#[derive(Debug)]
struct Series {
    namespace: String,
    name: String,
    count: u32,
    written: u32,
    written_at: Instant,
    last: Instant,
}

#[derive(Debug)]
struct Bucket {
    tokens: u32,
    /// When the last token came.
    filled: Instant,
}

impl Correlator {
    /// Takes an event in; `name` is for the object, if it becomes one.
    pub(super) fn on(&mut self, event: Event, name: String, now: Instant) -> Fate {
        let similar = Similar::of(&event);
        let bucket = self.buckets.entry((event.regarding.clone(), event.kind));
        let bucket = bucket.or_insert_with(|| Bucket::full(now));
        let group = self
            .groups
            .entry(similar)
            .or_insert_with(|| Group::new(now));
        let fate = group.on(event, name, now, bucket);
        self.keep_small();
        fate
    }

    /// The writes that are due: series that go on for long, or have ended.
    pub(super) fn pass(&mut self, now: Instant) -> Vec<Write> {
        let groups = self.groups.values_mut();
        let due = groups.flat_map(|group| group.pass(now)).collect();
        self.groups.retain(|_, group| !group.series.is_empty());
        self.buckets.retain(|_, bucket| !bucket.is_full(now));
        due
    }

    /// All that was counted and not written; nothing more will come.
    pub(super) fn end(&mut self) -> Vec<Write> {
        let groups = self.groups.drain();
        let series = groups.flat_map(|(_, group)| group.series.into_values());
        series
            .filter_map(|mut series| series.write(series.last))
            .collect()
    }

    /// The object of a series is gone: what is said next begins a new one
    /// ([rule V2](crate::semantics#v2)).
    pub(super) fn forget(&mut self, name: &str) {
        for group in self.groups.values_mut() {
            group.series.retain(|_, series| series.name != name);
        }
    }

    /// Forgets what was not heard of for longest.
    fn keep_small(&mut self) {
        if self.groups.len() > MOST {
            let oldest = self.groups.iter().min_by_key(|(_, group)| group.last);
            let oldest = oldest.map(|(similar, _)| similar.clone());
            oldest.and_then(|oldest| self.groups.remove(&oldest));
        }
        if self.buckets.len() > MOST {
            let oldest = self.buckets.iter().min_by_key(|(_, bucket)| bucket.filled);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|oldest| self.buckets.remove(&oldest));
        }
    }
}

impl Similar {
    fn of(event: &Event) -> Self {
        Similar {
            kind: event.kind,
            regarding: event.regarding.clone(),
            related: event.related.clone(),
            reason: event.reason.clone(),
            action: event.action.clone(),
        }
    }
}

impl Group {
    fn new(now: Instant) -> Self {
        Group {
            series: HashMap::new(),
            last: now,
        }
    }

    fn on(&mut self, mut event: Event, name: String, now: Instant, bucket: &mut Bucket) -> Fate {
        self.last = now;
        let mut wording = Some(hash(&event.note));
        if !self.series.contains_key(&wording) && self.series.len() >= WORDINGS {
            wording = None;
            event.note = cut(format!("{COMBINED}{}", event.note), 1024);
        }
        if let Some(series) = self.series.get_mut(&wording) {
            return series.again(now, bucket);
        }
        if !bucket.take(now) {
            return Fate::Dropped;
        }
        self.series.insert(wording, Series::new(&event, &name, now));
        let event = Box::new(event);
        Fate::Written(Write::Create { name, event })
    }

    fn pass(&mut self, now: Instant) -> Vec<Write> {
        let mut due = Vec::new();
        self.series.retain(|_, series| {
            let is_over = now - series.last >= QUIET;
            if is_over || now - series.written_at >= REFRESH {
                due.extend(series.write(now));
            }
            !is_over
        });
        due
    }
}

impl Series {
    fn new(event: &Event, name: &str, now: Instant) -> Self {
        Series {
            namespace: event.namespace().to_owned(),
            name: name.to_owned(),
            count: 1,
            written: 1,
            written_at: now,
            last: now,
        }
    }

    /// Each doubling is written: a glance at the object is never far from the truth, and a
    /// million events are twenty requests.
    fn again(&mut self, now: Instant, bucket: &mut Bucket) -> Fate {
        self.count = self.count.saturating_add(1);
        self.last = now;
        if !self.count.is_power_of_two() || !bucket.take(now) {
            return Fate::Counted;
        }
        self.write(now).map_or(Fate::Counted, Fate::Written)
    }

    fn write(&mut self, now: Instant) -> Option<Write> {
        if self.written == self.count {
            return None;
        }
        (self.written, self.written_at) = (self.count, now);
        Some(Write::Count {
            namespace: self.namespace.clone(),
            name: self.name.clone(),
            count: self.count,
            last: self.last,
        })
    }
}

impl Bucket {
    fn full(now: Instant) -> Self {
        Bucket {
            tokens: BURST,
            filled: now,
        }
    }

    fn take(&mut self, now: Instant) -> bool {
        self.fill(now);
        let has_one = self.tokens > 0;
        self.tokens -= u32::from(has_one);
        has_one
    }

    fn is_full(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.tokens == BURST
    }

    fn fill(&mut self, now: Instant) {
        while self.tokens < BURST && now - self.filled >= REFILL {
            self.tokens += 1;
            self.filled += REFILL;
        }
        if self.tokens == BURST {
            self.filled = now;
        }
    }
}

/// Two notes with the same hash would share a series, which does no harm.
fn hash(note: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    note.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
