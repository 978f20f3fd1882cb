//! The store against a map that does the same in the plainest way.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::unstructured::Unstructured;

fn object(name: &str, version: u64, node: &str) -> Unstructured {
    lives(name, version, node, 1)
}

fn lives(name: &str, version: u64, node: &str, life: u64) -> Unstructured {
    let text = serde_json::json!({
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "prod", "uid": life.to_string(), "resourceVersion": version.to_string()},
        "spec": {"nodeName": node},
    });
    Unstructured::from_json(text.to_string()).unwrap()
}

fn by_node() -> IndexFn<Unstructured> {
    Arc::new(|pod: &Unstructured| {
        pod.path::<String>("/spec/nodeName")
            .ok()
            .flatten()
            .into_iter()
            .collect()
    })
}

fn shown(delta: &Delta<Unstructured>) -> String {
    let version = |object: &Unstructured| object.resource_version().unwrap_or_default().to_owned();
    match delta {
        Delta::Added(new) => format!("+{}@{}", new.name(), version(new)),
        Delta::Updated { old, new } => format!("~{}@{}>{}", new.name(), version(old), version(new)),
        Delta::Deleted {
            last,
            final_state_known,
        } => {
            format!(
                "-{}@{}{}",
                last.name(),
                version(last),
                if *final_state_known { "" } else { "?" }
            )
        }
    }
}

fn take(snapshot: &mut Snapshot<Unstructured>, object: Unstructured, store: &Store<Unstructured>) {
    if !snapshot.keep(&StateRef::of(&object), store) {
        snapshot.put(object);
    }
}

fn commit(
    store: &Store<Unstructured>,
    number: u32,
    objects: Vec<Unstructured>,
    version: &str,
) -> Vec<String> {
    let mut snapshot = Snapshot::new(number);
    for object in objects {
        take(&mut snapshot, object, store);
    }
    store.commit(snapshot, version).iter().map(shown).collect()
}

#[test]
fn a_write_is_a_delta_and_a_known_version_is_not() {
    // Rules I4, Q2, S9
    let store = Store::new();
    let put = |version| {
        store
            .put(Arc::new(object("a", version, "n")))
            .as_ref()
            .map(shown)
    };
    assert_eq!(put(1).as_deref(), Some("+a@1"));
    let kept = store.find("prod", "a").unwrap();
    assert_eq!(put(1), None);
    assert!(Arc::ptr_eq(&kept, &store.find("prod", "a").unwrap()));
    assert_eq!(put(2).as_deref(), Some("~a@1>2"));
    assert_eq!(store.resource_version(), "2");
    assert!(!store.is_empty());
    let removed = store
        .remove(Arc::new(object("a", 3, "n")))
        .as_ref()
        .map(shown);
    assert_eq!(removed.as_deref(), Some("-a@3"));
    assert!(store.remove(Arc::new(object("a", 3, "n"))).is_none());
    assert!(store.is_empty());
}

#[test]
fn what_has_no_version_leaves_that_of_the_collection() {
    // Rule S9
    let store = Store::new();
    store.reach("5");
    store.reach("");
    let text = r#"{"metadata":{"namespace":"prod","name":"a","resourceVersion":""}}"#;
    for text in [text, r#"{"metadata":{"namespace":"prod","name":"b"}}"#] {
        store.put(Arc::new(Unstructured::from_json(text).unwrap()));
    }
    assert_eq!((store.len(), store.resource_version().as_str()), (2, "5"));
}

#[test]
fn an_empty_namespace_costs_nothing() {
    // Rule S3: as an index, by deletions and by a relist
    let store = Store::new();
    store.put(Arc::new(object("a", 1, "n")));
    store.remove(Arc::new(object("a", 2, "n")));
    assert!(store.read().objects.is_empty());
    store.put(Arc::new(object("a", 3, "n")));
    commit(&store, 1, Vec::new(), "4");
    assert!(store.read().objects.is_empty());
}

#[test]
fn a_snapshot_replaces_everything_and_yields_exactly_the_changes() {
    // Rules I5, I6, Q3, Q5, S5
    let store = Store::new();
    for name in ["stays", "changes", "goes"] {
        store.put(Arc::new(object(name, 1, "n")));
    }
    let kept = store.find("prod", "stays").unwrap();
    let objects = vec![
        object("new", 5, "n"),
        object("changes", 6, "n"),
        object("stays", 1, "n"),
    ];
    assert_eq!(
        commit(&store, 1, objects, "9"),
        ["-goes@1?", "+new@5", "~changes@1>6"]
    );
    assert!(
        Arc::ptr_eq(&kept, &store.find("prod", "stays").unwrap()),
        "unchanged objects are kept"
    );
    assert_eq!((store.len(), store.resource_version().as_str()), (3, "9"));
}

#[test]
fn another_life_of_a_name_is_a_deletion_and_an_addition() {
    let store = Store::new();
    store.put(Arc::new(lives("a", 1, "n", 1)));
    assert_eq!(
        commit(&store, 1, vec![lives("a", 5, "n", 2)], "9"),
        ["-a@1?", "+a@5"]
    );
}

#[test]
fn nothing_is_seen_of_a_snapshot_before_its_commit() {
    let store = Store::new();
    store.put(Arc::new(object("a", 1, "n")));
    let mut snapshot = Snapshot::new(1);
    take(&mut snapshot, object("b", 2, "n"), &store);
    snapshot.remove(NamespacedName::new("prod", "a"), None, &store);
    assert_eq!((store.len(), store.find("prod", "b")), (1, None));
    drop(snapshot);
    assert_eq!(
        commit(&store, 2, vec![object("a", 1, "n")], "3"),
        Vec::<String>::new()
    );
}

#[test]
fn an_object_that_leaves_while_a_snapshot_is_taken_is_not_in_it() {
    // Rule F10
    let store = Store::new();
    store.put(Arc::new(object("known", 1, "n")));
    let mut snapshot = Snapshot::new(1);
    for name in ["known", "new", "back"] {
        take(&mut snapshot, object(name, 1, "n"), &store);
        snapshot.remove(NamespacedName::new("prod", name), None, &store);
    }
    take(&mut snapshot, object("back", 2, "n"), &store);
    let deltas: Vec<_> = store.commit(snapshot, "5").iter().map(shown).collect();
    assert_eq!(deltas, ["-known@1?", "+back@2"]);
}

#[test]
fn a_deletion_during_a_snapshot_has_its_final_state() {
    let store = Store::new();
    for name in ["goes", "returns", "lives"] {
        store.put(Arc::new(lives(name, 1, "n", 1)));
    }
    let mut snapshot = Snapshot::new(1);
    for name in ["goes", "returns"] {
        let key = NamespacedName::new("prod", name);
        snapshot.remove(key, Some(lives(name, 3, "n", 1)), &store);
    }
    take(&mut snapshot, lives("returns", 4, "n", 2), &store);
    // The end of another life than the one that is known.
    let key = NamespacedName::new("prod", "lives");
    snapshot.remove(key, Some(lives("lives", 5, "n", 2)), &store);
    let mut deltas: Vec<_> = store.commit(snapshot, "5").iter().map(shown).collect();
    deltas.sort();
    assert_eq!(deltas, ["+returns@4", "-goes@3", "-lives@1?", "-returns@3"]);
}

#[test]
fn what_cannot_be_read_stays_as_it_is_known() {
    let store = Store::new();
    store.put(Arc::new(object("odd", 1, "n")));
    let kept = store.find("prod", "odd").unwrap();
    let mut snapshot = Snapshot::new(1);
    snapshot.keep_any(&StateRef::of(&object("odd", 9, "n")), &store);
    assert!(store.commit(snapshot, "9").is_empty());
    assert!(Arc::ptr_eq(&kept, &store.find("prod", "odd").unwrap()));
    let gone = store.forget(&StateRef::of(&object("odd", 10, "n")));
    assert_eq!(gone.as_ref().map(shown).as_deref(), Some("-odd@1?"));
    assert_eq!(store.resource_version(), "10");
}

#[test]
fn an_index_can_be_added_late_and_only_once() {
    // Rule S6
    let store = Store::new();
    store.put(Arc::new(object("a", 1, "n1")));
    store.add_index("node", by_node()).unwrap();
    assert_eq!(store.by_index("node", "n1").unwrap().len(), 1);
    assert!(store.add_index("node", by_node()).unwrap_err().is_request());
    let error = store.by_index("other", "n1").unwrap_err();
    assert!(matches!(
        error.problem(),
        Some(CacheProblem::NoIndex { name, known }) if name == "other" && *known == ["node"]
    ));
}

#[test]
fn an_object_has_any_number_of_values_under_an_index() {
    // Rule S3: several, one of them twice, or none; a value that nobody has is gone
    let store = Store::new();
    let words: IndexFn<Unstructured> = Arc::new(|pod: &Unstructured| {
        let text = pod.path::<String>("/spec/nodeName").ok().flatten();
        text.unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    });
    store.add_index("word", words).unwrap();
    let put = |version, words| store.put(Arc::new(object("a", version, words)));
    let values = || store.index_values("word").unwrap();
    put(1, "x y x");
    assert_eq!(values(), ["x", "y"]);
    assert_eq!(store.by_index("word", "x").unwrap().len(), 1);
    put(2, "y z");
    assert_eq!(values(), ["y", "z"]);
    assert!(store.by_index("word", "x").unwrap().is_empty());
    put(3, "");
    assert!(values().is_empty());
    put(4, "z");
    store.remove(Arc::new(object("a", 5, "z")));
    assert!(values().is_empty());
}

#[test]
fn a_reader_sees_one_state_whatever_the_writer_does() {
    // Rule S2: each snapshot has all objects in one version
    const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let store = Store::new();
    store.add_index("node", by_node()).unwrap();
    let objects = |version| NAMES.map(|name| object(name, version, "n")).into();
    commit(&store, 1, objects(1), "1");
    let reading = store.clone();
    let reader = std::thread::spawn(move || {
        loop {
            for read in [
                reading.list(),
                reading.list_namespace("prod"),
                reading.by_index("node", "n").unwrap(),
            ] {
                let version =
                    |object: &Arc<Unstructured>| object.resource_version().unwrap().to_owned();
                let first = version(&read[0]);
                assert_eq!(read.len(), NAMES.len());
                assert!(read.iter().all(|object| version(object) == first));
                if first == "300" {
                    return;
                }
            }
        }
    });
    for version in 2..=300 {
        commit(
            &store,
            version as u32,
            objects(version),
            &version.to_string(),
        );
    }
    reader.join().unwrap();
}

#[derive(Clone, Debug)]
enum Write {
    Put { name: u8, node: u8 },
    Remove { name: u8 },
    Relist { names: Vec<(u8, u8, bool)> },
}

fn writes() -> impl Strategy<Value = Vec<Write>> {
    let write = prop_oneof![
        4 => (0u8..8, 0u8..3).prop_map(|(name, node)| Write::Put { name, node }),
        2 => (0u8..8).prop_map(|name| Write::Remove { name }),
        1 => prop::collection::vec((0u8..8, 0u8..3, any::<bool>()), 0..8).prop_map(|names| Write::Relist { names }),
    ];
    prop::collection::vec(write, 0..40)
}

/// Replays deltas as a subscriber would, checking what rule P2 promises of each.
fn replay(map: &mut BTreeMap<String, Arc<Unstructured>>, delta: &Delta<Unstructured>) {
    let name = delta.object().name().to_owned();
    match delta {
        Delta::Added(new) => assert!(map.insert(name, Arc::clone(new)).is_none(), "added twice"),
        Delta::Updated { old, new } => {
            assert!(
                Arc::ptr_eq(old, &map.insert(name, Arc::clone(new)).unwrap()),
                "old is not the previous new"
            );
        }
        Delta::Deleted { .. } => assert!(map.remove(&name).is_some(), "deleted but never added"),
    }
}

proptest! {
    /// Rules P2, P3: after any writes, the replayed deltas are the store, and each index is what
    /// its function says of the objects.
    #[test]
    fn deltas_replay_to_the_store_and_indexes_are_true(writes in writes()) {
        let store = Store::new();
        store.add_index("node", by_node()).unwrap();
        let mut replayed = BTreeMap::new();
        let mut version = 0;
        let mut snapshots = 0;
        for write in writes {
            version += 1;
            let deltas = match write {
                Write::Put { name, node } => Vec::from_iter(store.put(Arc::new(object(&name.to_string(), version, &node.to_string())))),
                Write::Remove { name } => Vec::from_iter(store.remove(Arc::new(object(&name.to_string(), version, "n")))),
                Write::Relist { names } => {
                    snapshots += 1;
                    let mut snapshot = Snapshot::new(snapshots);
                    for (name, node, known) in names {
                        let name = name.to_string();
                        let same = store.find("prod", &name).filter(|_| known);
                        let object = same.map_or_else(|| object(&name, version, &node.to_string()), |same| (*same).clone());
                        take(&mut snapshot, object, &store);
                    }
                    store.commit(snapshot, &version.to_string())
                }
            };
            deltas.iter().for_each(|delta| replay(&mut replayed, delta));
            let stored: BTreeMap<_, _> = store.list().into_iter().map(|object| (object.name().to_owned(), object)).collect();
            prop_assert_eq!(&replayed, &stored);
            prop_assert_eq!(store.len(), stored.len());
            for node in store.index_values("node").unwrap() {
                let indexed = store.by_index("node", &node).unwrap();
                prop_assert!(!indexed.is_empty());
                prop_assert!(indexed.iter().all(|pod| pod.path::<String>("/spec/nodeName").unwrap().as_deref() == Some(&*node)));
            }
            let indexed: usize = store.index_values("node").unwrap().iter().map(|node| store.by_index("node", node).unwrap().len()).sum();
            prop_assert_eq!(indexed, stored.len());
        }
    }
}
