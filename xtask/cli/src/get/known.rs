//! The objects that a watcher has been shown, so that it misses nothing when the server forgets
//! its version: a new list is turned back into changes.

use std::collections::BTreeMap;

use super::item::{Change, Item};

/// The objects as they were last shown, by namespace and name.
pub(super) struct Known<I> {
    items: BTreeMap<(String, String), I>,
}

impl<I: Item> Known<I> {
    pub(super) fn new() -> Self {
        Known {
            items: BTreeMap::new(),
        }
    }

    /// Takes a change in.
    pub(super) fn note(&mut self, change: Change, items: &[I]) {
        for item in items {
            match change {
                Change::Deleted => self.items.remove(&item.key()),
                Change::Added | Change::Modified => self.items.insert(item.key(), item.clone()),
            };
        }
    }

    /// The changes since then, from the full list of objects. A deleted object is shown as last seen.
    pub(super) fn catch_up(&mut self, now: Vec<I>) -> Vec<(Change, I)> {
        let mut before = std::mem::take(&mut self.items);
        let mut changes = Vec::new();
        for item in now {
            match before.remove(&item.key()) {
                None => changes.push((Change::Added, item.clone())),
                Some(old) if old.version() != item.version() => {
                    changes.push((Change::Modified, item.clone()));
                }
                Some(_) => {}
            }
            self.items.insert(item.key(), item);
        }
        changes.extend(before.into_values().map(|gone| (Change::Deleted, gone)));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubewright::Unstructured;
    use serde_json::json;

    fn object(name: &str, version: &str) -> Unstructured {
        let metadata = json!({"name": name, "namespace": "prod", "resourceVersion": version});
        Unstructured::try_from(json!({"metadata": metadata})).unwrap()
    }

    #[test]
    fn a_new_list_becomes_the_changes_that_were_missed() {
        let mut known = Known::new();
        let shown = [
            object("a", "1"),
            object("b", "2"),
            object("c", "3"),
            object("d", "4"),
        ];
        known.note(Change::Added, &shown);
        known.note(Change::Deleted, &[object("d", "5")]);
        let now = vec![object("a", "1"), object("c", "6"), object("e", "7")];
        let changes = |changes: Vec<(Change, Unstructured)>| {
            let words = changes.into_iter();
            words
                .map(|(change, object)| format!("{} {}", change.word(), object.name()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            changes(known.catch_up(now.clone())),
            ["MODIFIED c", "ADDED e", "DELETED b"]
        );
        assert!(known.catch_up(now).is_empty());
    }
}
