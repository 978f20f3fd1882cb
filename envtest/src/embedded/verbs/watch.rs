//! watch: the changes of a collection as events, without loss from any kept revision on.
//!
//! A [`Watcher`] holds no queue. It remembers the revision it has told everything up to, and reads
//! the history from there each time it is asked: a slow reader costs nothing but its cursor, and
//! one that falls behind the history is told so, as the real server does.

use std::sync::Arc;

use super::super::cluster::{Call, Cluster};
use super::super::document::Document;
use super::super::key::Key;
use super::super::params::WatchParams;
use super::super::selector::{FieldSelector, LabelSelector};
use super::super::status::Failure;
use super::super::store::{Change, Compacted, Store, TableName};

/// One line of a watch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) revision: u64,
    /// None for a bookmark.
    pub(crate) document: Option<Arc<Document>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventKind {
    Added,
    Modified,
    Deleted,
    Bookmark,
    /// The bookmark that ends the initial events.
    InitialEventsEnd,
}

/// A running watch.
#[derive(Debug)]
pub(crate) struct Watcher {
    table: TableName,
    scope: Option<String>,
    labels: LabelSelector,
    fields: FieldSelector,
    /// Everything up to this revision has been told.
    told: u64,
}

impl Cluster {
    /// Starts a watch and gives its first events: the present state, or nothing.
    pub(crate) fn watch(&self, call: &Call, params: &WatchParams) -> (Watcher, Vec<Event>) {
        // The old `/watch/` paths can name one object.
        let named = Some(&call.target.name).filter(|name| !name.is_empty());
        let mut watcher = Watcher {
            table: call.resource.table.clone(),
            scope: call.scope().map(str::to_owned),
            labels: params.labels.clone(),
            fields: named.map_or_else(
                || params.fields.clone(),
                |name| FieldSelector::for_name(name),
            ),
            told: self.store.revision(),
        };
        let mut events = Vec::new();
        let from_now = params.since.is_none_or(|revision| revision == 0);
        match (params.initial_events, from_now) {
            (Some(true), _) => {
                events = watcher.present(&self.store);
                if params.bookmarks {
                    events.push(Event {
                        kind: EventKind::InitialEventsEnd,
                        ..watcher.bookmark()
                    });
                }
            }
            (None, true) => events = watcher.present(&self.store),
            (Some(false), true) => {}
            (_, false) => watcher.told = params.since.unwrap_or_default(),
        }
        (watcher, events)
    }
}

impl Watcher {
    /// What happened since the last call, oldest first.
    pub(crate) fn next(&mut self, store: &Store) -> Result<Vec<Event>, Failure> {
        let changes = store.changes_after(&self.table, self.told);
        let changes = changes.map_err(|gone| too_old(self.told, &gone))?;
        let events = changes.filter(|change| change.key.is_in(self.scope.as_deref()));
        let events = events.filter_map(|change| self.event(change)).collect();
        // A watch from a future revision waits for it silently.
        self.told = self.told.max(store.revision());
        Ok(events)
    }

    /// Says that everything up to now has been told.
    pub(crate) fn bookmark(&self) -> Event {
        Event {
            kind: EventKind::Bookmark,
            revision: self.told,
            document: None,
        }
    }

    fn present(&self, store: &Store) -> Vec<Event> {
        let start = Key::start_of(None);
        let rows = store.rows(&self.table, self.scope.as_deref(), &start);
        let selected = rows.filter(|row| self.selects(row.key, Some(row.document)));
        selected
            .map(|row| Event::new(EventKind::Added, row.revision, row.document))
            .collect()
    }

    /// What a change means to this watch: an object that enters the selection is added, one that
    /// leaves it is deleted.
    fn event(&self, change: &Change) -> Option<Event> {
        let before = change
            .before
            .as_ref()
            .filter(|document| self.selects(&change.key, Some(document)));
        let after = change
            .after
            .as_ref()
            .filter(|document| self.selects(&change.key, Some(document)));
        let (kind, document) = match (before, after) {
            (None, None) => return None,
            (None, Some(after)) => (EventKind::Added, after),
            (Some(_), Some(after)) => (EventKind::Modified, after),
            // The last selected state, at the revision at which it ended.
            (Some(before), None) => (EventKind::Deleted, before),
        };
        Some(Event::new(kind, change.revision, document))
    }

    fn selects(&self, key: &Key, document: Option<&Arc<Document>>) -> bool {
        document.is_some_and(|document| {
            self.labels.matches(document.labels()) && self.fields.matches(key, document)
        })
    }
}

impl Event {
    fn new(kind: EventKind, revision: u64, document: &Arc<Document>) -> Self {
        Self {
            kind,
            revision,
            document: Some(document.clone()),
        }
    }
}

fn too_old(asked: u64, gone: &Compacted) -> Failure {
    Failure::expired(format!(
        "too old resource version: {asked} ({})",
        gone.floor
    ))
}
