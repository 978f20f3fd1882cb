//! The map against the one of the standard library.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Entry, Map};

proptest! {
    #[test]
    fn behaves_as_a_tree_map(steps in prop::collection::vec(("[a-f]{0,2}", 0..4_u8, any::<u8>()), 0..40)) {
        let (mut map, mut tree) = (Map::new(), BTreeMap::new());
        for (key, step, value) in steps {
            match step {
                0 => prop_assert_eq!(map.insert(key.as_str(), value), tree.insert(key, value)),
                1 => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                2 => {
                    let own = map.entry(key.as_str()).and_modify(|v| *v ^= value).or_insert(value);
                    prop_assert_eq!(own, tree.entry(key).and_modify(|v| *v ^= value).or_insert(value));
                }
                _ => prop_assert_eq!(map.get(&key), tree.get(&key)),
            }
            prop_assert!(map.keys().eq(tree.keys()));
            prop_assert_eq!(&map, &tree);
        }
        let text = serde_json::to_string(&map).unwrap();
        prop_assert_eq!(&text, &serde_json::to_string(&tree).unwrap());
        prop_assert_eq!(serde_json::from_str::<Map<u8>>(&text).unwrap(), map);
    }
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    let map: Map<i32> = serde_json::from_str(r#"{"b": 1, "a": 2, "b": 3}"#).unwrap();
    assert_eq!(map, Map::from([("a", 2), ("b", 3)]));
    assert_eq!(format!("{map:?}"), r#"{"a": 2, "b": 3}"#);
}

#[test]
fn an_entry_can_be_taken_out() {
    let mut map = Map::from([("a", 1), ("b", 2)]);
    match map.entry("a") {
        Entry::Occupied(entry) => assert_eq!(entry.remove(), 1),
        Entry::Vacant(entry) => unreachable!("{} is there", entry.key()),
    }
    map.retain(|key, value| key != "b" || *value != 2);
    assert!(map.is_empty());
}

#[test]
#[should_panic(expected = "no entry \"x\"")]
fn indexing_needs_the_key() {
    let _ = Map::<u8>::new()["x"];
}
