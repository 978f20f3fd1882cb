//! Field ownership: `metadata.managedFields`, and apply, which is based on it.
//!
//! Every write leaves its mark: an update owns what it changed, an apply owns what it says. Apply
//! merges what it says into the object, takes away what its manager said before and says no
//! longer, and refuses to change what others own unless it is forced to.

mod merge;
mod paths;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::object::{self, Object};
use super::schema::Schema;
use super::status::Cause;

use paths::{Path, Paths};

/// The schemas that an object is read by; without one its maps are merged and its lists are not.
#[derive(Clone, Copy)]
pub(crate) struct Layout<'a> {
    pub(crate) content: Option<Schema<'a>>,
    pub(crate) metadata: Option<Schema<'a>>,
}

/// In whose name something is written, and how.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Who {
    pub(crate) manager: String,
    pub(crate) api_version: String,
    pub(crate) subresource: String,
    pub(crate) now: String,
}

/// An apply that would change what others own.
#[derive(Debug)]
pub(crate) struct Conflicts {
    pub(crate) message: String,
    pub(crate) causes: Vec<Cause>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operation {
    Apply,
    Update,
}

/// One entry of `managedFields`.
#[derive(Debug, Clone)]
struct Entry {
    who: Who,
    operation: Operation,
    paths: Paths,
}

/// Gives the fields that `new` has changed to `who`.
pub(crate) fn record_update(layout: Layout<'_>, old: &Object, new: &mut Object, who: &Who) {
    let (before, after) = (
        paths::leaves(layout, old, true),
        paths::leaves(layout, new, true),
    );
    let changed: Paths = after
        .iter()
        .filter(|(p, value)| before.get(*p) != Some(value))
        .map(|(p, _)| p.clone())
        .collect();
    let removed: Paths = before
        .into_keys()
        .filter(|path| !after.contains_key(path))
        .collect();
    let mut entries = read(old);
    if !changed.is_empty() || !removed.is_empty() {
        for entry in &mut entries {
            let own = entry.is(who, Operation::Update);
            entry
                .paths
                .retain(|path| !removed.contains(path) && (own || !changed.contains(path)));
        }
        give(&mut entries, who, Operation::Update, changed);
    }
    write(entries, new);
}

/// Merges what `config` says into `live`.
pub(crate) fn apply(
    layout: Layout<'_>,
    live: Option<&Object>,
    config: &Object,
    who: &Who,
    force: bool,
) -> Result<Object, Conflicts> {
    let said: Paths = paths::leaves(layout, config, false).into_keys().collect();
    let mut entries = live.map(read).unwrap_or_default();
    let mut merged = live.cloned().unwrap_or_default();
    merge::merge(layout, &mut merged, config);
    withdraw(&entries, &said, who, &mut merged);
    let contested = contested(layout, &entries, live, &merged, who);
    if !contested.is_empty() && !force {
        return Err(Conflicts::new(&contested));
    }
    for (entry, lost) in contested {
        if let Some(entry) = entries
            .iter_mut()
            .find(|own| own.who == entry.who && own.operation == entry.operation)
        {
            entry.paths.retain(|path| !lost.contains(path));
        }
    }
    replace(&mut entries, who, said);
    write(entries, &mut merged);
    Ok(merged)
}

/// Takes away what the manager applied before and does not say again, if nobody else owns it.
fn withdraw(entries: &[Entry], said: &Paths, who: &Who, merged: &mut Object) {
    let Some(own) = entries.iter().find(|entry| entry.is(who, Operation::Apply)) else {
        return;
    };
    let others: Paths = entries
        .iter()
        .filter(|entry| !entry.is(who, Operation::Apply))
        .flat_map(|entry| entry.paths.clone())
        .collect();
    let is_needed = |path: &Path| {
        others
            .iter()
            .chain(said)
            .any(|other| other.starts_with(path))
    };
    let mut gone: Vec<&Path> = Vec::new();
    for path in own
        .paths
        .iter()
        .filter(|path| !said.contains(*path) && !is_needed(path))
    {
        // An item goes as a whole: without its key it could not be found for the rest.
        if !gone.iter().any(|gone| path.starts_with(gone)) {
            merge::remove(merged, path);
            gone.push(path);
        }
    }
}

/// What changes of what others own, entry by entry.
fn contested(
    layout: Layout<'_>,
    entries: &[Entry],
    live: Option<&Object>,
    merged: &Object,
    who: &Who,
) -> Vec<(Entry, Paths)> {
    let before = live
        .map(|live| paths::leaves(layout, live, false))
        .unwrap_or_default();
    let after = paths::leaves(layout, merged, false);
    let changes = |path: &Path| {
        after
            .get(path)
            .is_some_and(|value| before.get(path) != Some(value))
    };
    let others = entries
        .iter()
        .filter(|entry| !entry.is(who, Operation::Apply));
    let lost = others.map(|entry| {
        (
            entry.clone(),
            entry
                .paths
                .iter()
                .filter(|p| changes(p))
                .cloned()
                .collect::<Paths>(),
        )
    });
    lost.filter(|(_, paths)| !paths.is_empty()).collect()
}

fn give(entries: &mut Vec<Entry>, who: &Who, operation: Operation, paths: Paths) {
    if paths.is_empty() {
        return;
    }
    match entries.iter_mut().find(|entry| entry.is(who, operation)) {
        Some(entry) => {
            entry.paths.extend(paths);
            entry.who.now.clone_from(&who.now);
        }
        None => entries.push(Entry {
            who: who.clone(),
            operation,
            paths,
        }),
    }
}

fn replace(entries: &mut Vec<Entry>, who: &Who, said: Paths) {
    match entries
        .iter_mut()
        .find(|entry| entry.is(who, Operation::Apply))
    {
        Some(entry) if entry.paths == said => {}
        Some(entry) => {
            entry.paths = said;
            entry.who.now.clone_from(&who.now);
        }
        None => entries.push(Entry {
            who: who.clone(),
            operation: Operation::Apply,
            paths: said,
        }),
    }
}

impl Entry {
    fn is(&self, who: &Who, operation: Operation) -> bool {
        let same = self.who.manager == who.manager && self.who.subresource == who.subresource;
        // An apply of another version is still the same manager's.
        same && self.operation == operation
            && (operation == Operation::Apply || self.who.api_version == who.api_version)
    }

    fn parse(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let operation = if value["operation"] == "Apply" {
            Operation::Apply
        } else {
            Operation::Update
        };
        let who = Who {
            manager: text("manager"),
            api_version: text("apiVersion"),
            subresource: text("subresource"),
            now: text("time"),
        };
        Self {
            who,
            operation,
            paths: paths::from_fields(&value["fieldsV1"]),
        }
    }

    fn to_json(&self) -> Value {
        let mut entry = json!({
            "manager": self.who.manager,
            "operation": if self.operation == Operation::Apply { "Apply" } else { "Update" },
            "apiVersion": self.who.api_version,
            "time": self.who.now,
            "fieldsType": "FieldsV1",
            "fieldsV1": paths::to_fields(&self.paths),
        });
        if !self.who.subresource.is_empty() {
            entry["subresource"] = self.who.subresource.as_str().into();
        }
        entry
    }

    /// How messages name the entry: updates by their version too, as one manager may have several.
    fn label(&self) -> String {
        match self.operation {
            Operation::Apply => format!("{:?}", self.who.manager),
            Operation::Update => format!("{:?} using {}", self.who.manager, self.who.api_version),
        }
    }
}

fn read(object: &Object) -> Vec<Entry> {
    let list = object::metadata(object, "managedFields").and_then(Value::as_array);
    list.into_iter().flatten().map(Entry::parse).collect()
}

/// Writes the entries that own something: applies first, by name, then updates in their order.
fn write(mut entries: Vec<Entry>, object: &mut Object) {
    entries.retain(|entry| !entry.paths.is_empty());
    entries.sort_by_key(|entry| match entry.operation {
        Operation::Apply => (Operation::Apply, entry.who.manager.clone()),
        Operation::Update => (Operation::Update, String::new()),
    });
    let metadata = object::metadata_mut(object);
    if entries.is_empty() {
        metadata.remove("managedFields");
    } else {
        let list = entries.iter().map(Entry::to_json).collect();
        metadata.insert("managedFields".into(), Value::Array(list));
    }
}

impl Conflicts {
    fn new(contested: &[(Entry, Paths)]) -> Self {
        let mut by_owner: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (entry, paths) in contested {
            by_owner
                .entry(entry.label())
                .or_default()
                .extend(paths.iter().map(paths::shown));
        }
        let causes: Vec<_> = by_owner
            .iter()
            .flat_map(|(owner, fields)| causes(owner, fields))
            .collect();
        let owners: Vec<_> = by_owner
            .iter()
            .map(|(owner, fields)| sentence(owner, fields))
            .collect();
        let plural = if causes.len() == 1 { "" } else { "s" };
        let message = format!(
            "Apply failed with {} conflict{plural}: {}",
            causes.len(),
            owners.join("\n")
        );
        Self { message, causes }
    }
}

fn causes(owner: &str, fields: &[String]) -> Vec<Cause> {
    let cause = |field: &String| Cause {
        reason: "FieldManagerConflict",
        message: format!("conflict with {owner}"),
        field: field.clone(),
    };
    fields.iter().map(cause).collect()
}

fn sentence(owner: &str, fields: &[String]) -> String {
    match fields {
        [one] => format!("conflict with {owner}: {one}"),
        many => format!("conflicts with {owner}:\n- {}", many.join("\n- ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Layout<'_> = Layout {
        content: None,
        metadata: None,
    };

    fn map(value: Value) -> Object {
        match value {
            Value::Object(map) => map,
            other => panic!("{other} is not an object"),
        }
    }

    fn who(manager: &str) -> Who {
        Who {
            manager: manager.into(),
            api_version: "v1".into(),
            subresource: String::new(),
            now: "now".into(),
        }
    }

    fn data(object: &Object) -> Value {
        object.get("data").cloned().unwrap_or_default()
    }

    #[test]
    fn an_apply_takes_back_what_it_no_longer_says() {
        let one = apply(
            NONE,
            None,
            &map(json!({"data": {"a": "1", "b": "1"}})),
            &who("one"),
            false,
        )
        .unwrap();
        let two = apply(
            NONE,
            Some(&one),
            &map(json!({"data": {"b": "1", "c": "1"}})),
            &who("two"),
            false,
        )
        .unwrap();
        assert_eq!(data(&two), json!({"a": "1", "b": "1", "c": "1"}));
        let less = apply(
            NONE,
            Some(&two),
            &map(json!({"data": {}})),
            &who("one"),
            false,
        )
        .unwrap();
        // b is still said by the other manager.
        assert_eq!(data(&less), json!({"b": "1", "c": "1"}));
    }

    #[test]
    fn an_item_that_is_no_longer_said_goes_with_all_its_fields() {
        let schema = json!({"properties": {"list": {
            "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
            "items": {"properties": {"name": {}, "made": {}}},
        }}});
        let definitions = serde_json::Map::new();
        let layout = Layout {
            content: Schema::new(&schema, &definitions),
            metadata: None,
        };
        let config = |names: &[&str]| {
            map(json!({"list": names.iter().map(|n| json!({"name": n})).collect::<Vec<_>>()}))
        };
        let mut live = apply(layout, None, &config(&["a", "b"]), &who("one"), false).unwrap();
        live["list"][1]["made"] = "by the server".into();
        let less = apply(layout, Some(&live), &config(&["a"]), &who("one"), false).unwrap();
        assert_eq!(less["list"], json!([{"name": "a"}]));
    }

    #[test]
    fn what_others_own_changes_only_by_force() {
        let one = apply(
            NONE,
            None,
            &map(json!({"data": {"a": "1"}})),
            &who("one"),
            false,
        )
        .unwrap();
        let config = map(json!({"data": {"a": "2"}}));
        let conflicts = apply(NONE, Some(&one), &config, &who("two"), false).unwrap_err();
        assert_eq!(
            conflicts.message,
            "Apply failed with 1 conflict: conflict with \"one\": .data.a"
        );
        let forced = apply(NONE, Some(&one), &config, &who("two"), true).unwrap();
        assert_eq!(data(&forced), json!({"a": "2"}));
        let owners: Vec<_> = read(&forced)
            .into_iter()
            .map(|entry| entry.who.manager)
            .collect();
        assert_eq!(owners, ["two"]);
    }

    #[test]
    fn an_update_owns_what_it_changed() {
        let old = apply(
            NONE,
            None,
            &map(json!({"data": {"a": "1", "b": "1"}})),
            &who("one"),
            false,
        )
        .unwrap();
        let mut new = old.clone();
        new.insert("data".into(), json!({"a": "2"}));
        record_update(NONE, &old, &mut new, &who("editor"));
        let entries = read(&new);
        assert_eq!(entries.len(), 1);
        assert_eq!(
            paths::to_fields(&entries[0].paths),
            json!({"f:data": {"f:a": {}}})
        );
        assert_eq!(entries[0].operation, Operation::Update);
    }
}
