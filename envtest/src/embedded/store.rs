//! The store: every object of every resource, under one revision counter, as etcd keeps them.
//!
//! Each resource has a [`Table`] of rows ordered by key and a bounded history of changes. From the
//! two it can answer the three questions of the API: what is there now, what was there at revision
//! N, what changed since N. A question older than the history is [`Compacted`]. The store knows no
//! kinds, no HTTP and no clock.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::document::Document;
use super::key::Key;

/// Names a table: a resource's storage, shared by all the versions that serve it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TableName {
    pub(crate) group: String,
    pub(crate) plural: String,
}

/// An object as one write left it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) revision: u64,
    pub(crate) document: Arc<Document>,
}

/// A row inside the store, with its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowRef<'a> {
    pub(crate) key: &'a Key,
    pub(crate) revision: u64,
    pub(crate) document: &'a Arc<Document>,
}

/// One write: what was there before and what after it.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) revision: u64,
    pub(crate) key: Key,
    pub(crate) before: Option<Arc<Document>>,
    pub(crate) after: Option<Arc<Document>>,
    /// The revision `before` was written at; 0 when there was nothing.
    before_revision: u64,
}

/// The revision asked for lies before the kept history.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Compacted {
    /// The oldest revision that can still be asked for.
    pub(crate) floor: u64,
}

/// All tables and the counter.
#[derive(Debug)]
pub(crate) struct Store {
    revision: u64,
    history_limit: usize,
    tables: BTreeMap<TableName, Table>,
}

#[derive(Debug, Default)]
struct Table {
    rows: BTreeMap<Key, Row>,
    history: VecDeque<Change>,
    floor: u64,
}

impl Store {
    /// An empty store that keeps the last `history_limit` changes of each table.
    pub(crate) fn new(history_limit: usize) -> Self {
        // Revision 0 means "any" on the wire, so that the first state must not be called 0.
        Self {
            revision: 1,
            history_limit,
            tables: BTreeMap::new(),
        }
    }

    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn get(&self, table: &TableName, key: &Key) -> Option<&Row> {
        self.tables.get(table)?.rows.get(key)
    }

    /// The present rows of a table from key `start` on, within `namespace` (`None`: all).
    pub(crate) fn rows<'a>(
        &'a self,
        table: &TableName,
        namespace: Option<&'a str>,
        start: &Key,
    ) -> impl Iterator<Item = RowRef<'a>> + use<'a> {
        let rows = self.tables.get(table).map(|table| &table.rows);
        let start = start.clone().max(Key::start_of(namespace));
        let from = rows
            .into_iter()
            .flat_map(move |rows| rows.range(start.clone()..));
        from.take_while(move |(key, _)| key.is_in(namespace))
            .map(RowRef::from)
    }

    /// The same rows as they were at `revision`.
    ///
    /// Only the keys that changed since are looked up in the history: a long list read page by
    /// page costs what its pages cost.
    pub(crate) fn rows_at<'a>(
        &'a self,
        table: &TableName,
        namespace: Option<&'a str>,
        start: &Key,
        revision: u64,
    ) -> Result<impl Iterator<Item = RowRef<'a>> + use<'a>, Compacted> {
        let mut then: BTreeMap<&Key, Option<RowRef<'a>>> = BTreeMap::new();
        for change in self.changes_after(table, revision)?.rev() {
            then.insert(&change.key, change.before());
        }
        let changed: BTreeSet<&Key> = then.keys().copied().collect();
        let lowest = start.clone().max(Key::start_of(namespace));
        let old = then
            .into_iter()
            .filter(move |(key, _)| **key >= lowest && key.is_in(namespace));
        let old = old.filter_map(|(_, row)| row);
        let unchanged = self
            .rows(table, namespace, start)
            .filter(move |row| !changed.contains(row.key));
        Ok(merged(old, unchanged))
    }

    /// The changes of a table made after `revision`, oldest first.
    pub(crate) fn changes_after(
        &self,
        table: &TableName,
        revision: u64,
    ) -> Result<impl DoubleEndedIterator<Item = &Change> + use<'_>, Compacted> {
        let table = self.tables.get(table);
        if let Some(floor) = table
            .map(|table| table.floor)
            .filter(|floor| revision < *floor)
        {
            return Err(Compacted { floor });
        }
        Ok(table.into_iter().flat_map(move |table| {
            let from = table
                .history
                .partition_point(|change| change.revision <= revision);
            table.history.range(from..)
        }))
    }

    /// Writes an object, at the next revision.
    pub(crate) fn put(&mut self, table: &TableName, key: Key, document: Arc<Document>) -> Row {
        self.revision += 1;
        let row = Row {
            revision: self.revision,
            document: document.clone(),
        };
        let table = self.tables.entry(table.clone()).or_default();
        let before = table.rows.insert(key.clone(), row.clone());
        table.record(
            Change::new(self.revision, key, before, Some(document)),
            self.history_limit,
        );
        row
    }

    /// Removes an object, at the next revision; the row returned carries that revision.
    pub(crate) fn remove(&mut self, table: &TableName, key: &Key) -> Option<Row> {
        let table = self.tables.get_mut(table)?;
        let before = table.rows.remove(key)?;
        self.revision += 1;
        let last = Row {
            revision: self.revision,
            document: before.document.clone(),
        };
        table.record(
            Change::new(self.revision, key.clone(), Some(before), None),
            self.history_limit,
        );
        Some(last)
    }

    /// Begins the history of a table now: nobody can ask what was there before it was served.
    pub(crate) fn begin(&mut self, table: &TableName) {
        let revision = self.revision;
        let table = self.tables.entry(table.clone()).or_default();
        table.history.clear();
        table.floor = revision;
    }

    /// Forgets all history: questions about the past come too late from now on.
    pub(crate) fn compact(&mut self) {
        for table in self.tables.values_mut() {
            table.history.clear();
            table.floor = self.revision;
        }
    }
}

impl Table {
    fn record(&mut self, change: Change, limit: usize) {
        self.history.push_back(change);
        while self.history.len() > limit {
            if let Some(oldest) = self.history.pop_front() {
                self.floor = oldest.revision;
            }
        }
    }
}

impl RowRef<'_> {
    pub(crate) fn to_row(self) -> Row {
        Row {
            revision: self.revision,
            document: self.document.clone(),
        }
    }
}

impl<'a> From<(&'a Key, &'a Row)> for RowRef<'a> {
    fn from((key, row): (&'a Key, &'a Row)) -> Self {
        Self {
            key,
            revision: row.revision,
            document: &row.document,
        }
    }
}

/// Two ordered runs of rows as one.
fn merged<'a>(
    left: impl Iterator<Item = RowRef<'a>>,
    right: impl Iterator<Item = RowRef<'a>>,
) -> impl Iterator<Item = RowRef<'a>> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    std::iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some(one), Some(two)) if one.key < two.key => left.next(),
        (Some(_), None) => left.next(),
        _ => right.next(),
    })
}

impl Change {
    fn before(&self) -> Option<RowRef<'_>> {
        let document = self.before.as_ref()?;
        Some(RowRef {
            key: &self.key,
            revision: self.before_revision,
            document,
        })
    }

    fn new(revision: u64, key: Key, before: Option<Row>, after: Option<Arc<Document>>) -> Self {
        let before_revision = before.as_ref().map_or(0, |row| row.revision);
        Self {
            revision,
            key,
            before: before.map(|row| row.document),
            after,
            before_revision,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn table() -> TableName {
        TableName {
            group: String::new(),
            plural: "things".into(),
        }
    }

    type Rows = BTreeMap<Key, Row>;

    fn document(value: u8) -> Arc<Document> {
        Arc::new(Document::new(
            json!({"metadata": {"name": "x"}, "value": value})
                .as_object()
                .unwrap(),
        ))
    }

    #[test]
    fn what_was_there_is_answered_until_the_history_ends() {
        let mut store = Store::new(2);
        let key = Key::new("ns", "a");
        let first = store.put(&table(), key.clone(), document(1));
        let second = store.put(&table(), key.clone(), document(2));
        store.remove(&table(), &key);
        let old = then(&store, second.revision).unwrap();
        assert_eq!(old.get(&key), Some(&second));
        let gone = then(&store, first.revision - 1).unwrap_err();
        assert_eq!(
            gone,
            Compacted {
                floor: first.revision
            }
        );
    }

    #[test]
    fn compaction_ends_the_past_and_not_the_present() {
        let mut store = Store::new(10);
        let row = store.put(&table(), Key::new("", "a"), document(1));
        store.compact();
        assert!(then(&store, row.revision).is_ok());
        assert!(store.changes_after(&table(), row.revision - 1).is_err());
    }

    /// A step of the model: which key, and the value to put or the wish to remove.
    fn steps() -> impl Strategy<Value = Vec<(u8, u8, Option<u8>)>> {
        prop::collection::vec((0..3u8, 0..4u8, prop::option::of(any::<u8>())), 1..60)
    }

    fn collect<'a>(rows: impl Iterator<Item = RowRef<'a>>) -> Rows {
        rows.map(|row| (row.key.clone(), row.to_row())).collect()
    }

    fn now(store: &Store, namespace: Option<&str>) -> Rows {
        collect(store.rows(&table(), namespace, &Key::start_of(None)))
    }

    fn then(store: &Store, revision: u64) -> Result<Rows, Compacted> {
        store
            .rows_at(&table(), None, &Key::start_of(None), revision)
            .map(collect)
    }

    proptest! {
        #[test]
        fn replaying_changes_over_any_snapshot_gives_the_present(steps in steps(), limit in 1..80usize) {
            let mut store = Store::new(limit);
            let mut past: Vec<(u64, Rows)> = vec![(store.revision(), Rows::new())];
            for (namespace, name, value) in steps {
                let key = Key::new(&format!("ns{namespace}"), &format!("o{name}"));
                match value {
                    Some(value) => { store.put(&table(), key, document(value)); }
                    None => { store.remove(&table(), &key); }
                }
                past.push((store.revision(), now(&store, None)));
            }
            for (revision, mut rows) in past {
                let Ok(changes) = store.changes_after(&table(), revision) else {
                    prop_assert!(then(&store, revision).is_err());
                    continue;
                };
                prop_assert_eq!(&then(&store, revision).unwrap(), &rows);
                for change in changes {
                    match &change.after {
                        Some(document) => {
                            let row = Row { revision: change.revision, document: document.clone() };
                            rows.insert(change.key.clone(), row);
                        }
                        None => { prop_assert!(rows.remove(&change.key).is_some()); }
                    }
                }
                prop_assert_eq!(rows, now(&store, None));
            }
        }

        #[test]
        fn a_namespace_is_exactly_its_rows(steps in steps()) {
            let mut store = Store::new(1);
            for (namespace, name, value) in steps {
                // "ns", "ns-" and "ns-x" sort around the separator: the prefix must not leak.
                let namespace = ["ns", "ns-x", "ns0"][namespace as usize];
                store.put(&table(), Key::new(namespace, &format!("o{name}")), document(value.unwrap_or(0)));
            }
            let all = now(&store, None);
            for namespace in ["ns", "ns-x", "ns0"] {
                let wanted: Rows = all.clone().into_iter().filter(|(k, _)| k.namespace() == namespace).collect();
                prop_assert_eq!(now(&store, Some(namespace)), wanted);
            }
        }
    }
}
