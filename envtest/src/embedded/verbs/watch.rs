//! watch: the changes of a collection as events, without loss from any kept revision on.
//!
//! A [`Watcher`] holds no queue. It remembers the revision up to which all is sent, and reads
//! the history from there each time it is asked: a slow reader costs nothing but its cursor, and
//! one that falls behind the history gets a 410, as from the real server.

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
    /// Everything up to this revision has been sent.
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

    /// Says that everything up to now has been sent.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::embedded::params::Query;
    use crate::embedded::selector::Fields;

    fn table() -> TableName {
        TableName {
            group: String::new(),
            plural: "things".into(),
        }
    }

    fn watcher(selector: &str, told: u64) -> Watcher {
        let fields = Fields {
            paths: &[],
            namespaced: true,
        };
        let params =
            WatchParams::parse(&Query::parse(&format!("labelSelector={selector}")), fields)
                .unwrap();
        Watcher {
            table: table(),
            scope: None,
            labels: params.labels,
            fields: params.fields,
            told,
        }
    }

    fn document(name: u8, label: u8) -> Arc<Document> {
        let object =
            json!({"metadata": {"name": format!("o{name}"), "labels": {"l": label.to_string()}}});
        Arc::new(Document::new(object.as_object().unwrap()))
    }

    type State = BTreeMap<String, (u64, Arc<Document>)>;

    fn name_of(document: &Document) -> String {
        let mut text = String::new();
        document.write(None, None, &mut text);
        let object: Value = serde_json::from_str(&text).unwrap();
        object["metadata"]["name"].as_str().unwrap().to_owned()
    }

    /// What a client knows after it has seen these events, if it may believe them.
    fn replay(mut state: State, events: Vec<Event>) -> State {
        let mut last = 0;
        for event in events {
            assert!(event.revision > last, "events go forward");
            last = event.revision;
            let document = event.document.unwrap();
            let name = name_of(&document);
            match event.kind {
                EventKind::Added => {
                    assert!(state.insert(name, (event.revision, document)).is_none());
                }
                EventKind::Modified => {
                    assert!(state.insert(name, (event.revision, document)).is_some());
                }
                EventKind::Deleted => assert!(state.remove(&name).is_some()),
                other => panic!("{other:?} was not asked for"),
            }
        }
        state
    }

    fn selected(store: &Store, watcher: &Watcher) -> State {
        let events = watcher.present(store).into_iter();
        events
            .map(|event| (event.revision, event.document.unwrap()))
            .map(|(r, d)| (name_of(&d), (r, d)))
            .collect()
    }

    proptest! {
        // Rules W1, P1
        #[test]
        fn a_list_and_the_events_since_are_the_present(
            steps in prop::collection::vec((0..3u8, prop::option::of(0..3u8)), 1..60),
            selector in prop::sample::select(vec!["", "l=0", "l!=0", "l in (1,2)", "!l"]),
            limit in 1..80usize,
        ) {
            let mut store = Store::new(limit);
            let mut past = vec![(store.revision(), State::new())];
            for (name, label) in steps {
                let key = Key::new("", &format!("o{name}"));
                match label {
                    Some(label) => { store.put(&table(), key, document(name, label)); }
                    None => { store.remove(&table(), &key); }
                }
                past.push((store.revision(), selected(&store, &watcher(selector, 0))));
            }
            let present = selected(&store, &watcher(selector, 0));
            for (revision, then) in past {
                // A version that is too old is refused, and never answered in part.
                if let Ok(events) = watcher(selector, revision).next(&store) {
                    prop_assert_eq!(replay(then, events), present.clone());
                } else {
                    prop_assert!(store.changes_after(&table(), revision).is_err());
                }
            }
        }
    }
}
