//! The difference of two kubeconfigs, and the files that it belongs to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{Kubeconfig, NamedAuthInfo, NamedCluster, NamedContext, NamedExtension};

/// What has to be done to the files of a kubeconfig.
pub(in super::super) struct Changes {
    clusters: Vec<Change<NamedCluster>>,
    users: Vec<Change<NamedAuthInfo>>,
    contexts: Vec<Change<NamedContext>>,
    extensions: Vec<Change<NamedExtension>>,
    current_context: Option<Option<String>>,
    /// Keys of the document; without a value they are removed.
    other: BTreeMap<String, Option<Value>>,
}

enum Change<T> {
    Set(Box<T>),
    /// The name, and the file that has the entry, where it is known.
    Remove(String, Option<PathBuf>),
}

/// An entry of one of the lists.
trait Entry: Clone {
    fn name(&self) -> &str;
    fn origin(&self) -> Option<&Path>;
    fn written(&self) -> Value;
    /// The same, for a file in another folder.
    fn moved(self) -> Self;
}

impl Changes {
    pub(in super::super) fn between(before: &Kubeconfig, after: &Kubeconfig) -> Self {
        let unset = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
        let current = unset(&after.current_context);
        Changes {
            clusters: differences(&before.clusters, &after.clusters),
            users: differences(&before.users, &after.users),
            contexts: differences(&before.contexts, &after.contexts),
            extensions: differences(&before.extensions, &after.extensions),
            current_context: (unset(&before.current_context) != current).then_some(current),
            other: keys(&before.other.0, &after.other.0),
        }
    }

    /// The files to write, out of the files there are.
    pub(in super::super) fn paths(&self, all: &[PathBuf], default: &Path) -> BTreeSet<PathBuf> {
        let touched = |path: &&PathBuf| {
            let homes = Homes { path, all, default };
            homes.touched(&self.clusters)
                || homes.touched(&self.users)
                || homes.touched(&self.contexts)
                || homes.touched(&self.extensions)
                || self.touches_document(path, default)
        };
        all.iter().filter(touched).cloned().collect()
    }

    fn touches_document(&self, path: &Path, default: &Path) -> bool {
        let removed_key = self.other.values().any(Option::is_none);
        let clears = matches!(self.current_context, Some(None));
        let sets = self.current_context.is_some() || !self.other.is_empty();
        removed_key || clears || (sets && path == default)
    }

    /// Does to one file what belongs to it.
    pub(in super::super) fn apply(
        &self,
        kubeconfig: &mut Kubeconfig,
        all: &[PathBuf],
        path: &Path,
        default: &Path,
    ) {
        let homes = Homes { path, all, default };
        homes.apply(&self.clusters, &mut kubeconfig.clusters);
        homes.apply(&self.users, &mut kubeconfig.users);
        homes.apply(&self.contexts, &mut kubeconfig.contexts);
        homes.apply(&self.extensions, &mut kubeconfig.extensions);
        match &self.current_context {
            Some(Some(name)) if path == default => {
                kubeconfig.current_context = Some(name.clone());
            }
            Some(None) => kubeconfig.current_context = None,
            Some(Some(_)) | None => {}
        }
        for (key, value) in &self.other {
            match value {
                Some(value) if path == default => {
                    kubeconfig.other.0.insert(key.clone(), value.clone());
                }
                Some(_) => {}
                None => {
                    kubeconfig.other.0.remove(key);
                }
            }
        }
    }
}

/// One file among all of them.
struct Homes<'a> {
    path: &'a Path,
    all: &'a [PathBuf],
    default: &'a Path,
}

impl Homes<'_> {
    /// An entry of a file that is not one of these is new.
    fn is_home(&self, origin: Option<&Path>) -> bool {
        match origin.filter(|origin| self.all.iter().any(|path| path == origin)) {
            Some(origin) => self.path == origin,
            None => self.path == self.default,
        }
    }

    fn touched<T: Entry>(&self, changes: &[Change<T>]) -> bool {
        changes.iter().any(|change| match change {
            Change::Set(entry) => self.is_home(entry.origin()),
            Change::Remove(_, Some(origin)) => self.path == origin,
            Change::Remove(_, None) => true,
        })
    }

    fn apply<T: Entry>(&self, changes: &[Change<T>], entries: &mut Vec<T>) {
        for change in changes {
            match change {
                Change::Set(entry) if self.is_home(entry.origin()) => {
                    let entry = entry.as_ref().clone();
                    let stays = entry.origin().is_none_or(|origin| origin == self.path);
                    put(entries, if stays { entry } else { entry.moved() });
                }
                Change::Set(_) => {}
                Change::Remove(name, origin) => {
                    if origin.as_deref().is_none_or(|origin| origin == self.path) {
                        entries.retain(|entry| entry.name() != name);
                    }
                }
            }
        }
    }
}

fn put<T: Entry>(entries: &mut Vec<T>, entry: T) {
    match entries.iter_mut().find(|old| old.name() == entry.name()) {
        Some(old) => *old = entry,
        None => entries.push(entry),
    }
}

fn differences<T: Entry>(before: &[T], after: &[T]) -> Vec<Change<T>> {
    let old: BTreeMap<&str, &T> = before.iter().map(|entry| (entry.name(), entry)).collect();
    let names: BTreeSet<&str> = after.iter().map(Entry::name).collect();
    let set = after.iter().filter(|entry| {
        let old = old.get(entry.name());
        old.is_none_or(|old| old.written() != entry.written())
    });
    let set = set.map(|entry| Change::Set(Box::new(entry.clone())));
    let gone = before.iter().filter(|entry| !names.contains(entry.name()));
    let gone = gone.map(|entry| {
        let origin = entry.origin().map(Path::to_owned);
        Change::Remove(entry.name().to_owned(), origin)
    });
    set.chain(gone).collect()
}

fn keys(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> BTreeMap<String, Option<Value>> {
    let set = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(*value))
        .map(|(key, value)| (key.clone(), Some(value.clone())));
    let gone = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .map(|key| (key.clone(), None));
    set.chain(gone).collect()
}

impl Entry for NamedCluster {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> Option<&Path> {
        self.cluster.origin.as_deref()
    }

    fn written(&self) -> Value {
        Value::Object(self.cluster.written())
    }

    fn moved(self) -> Self {
        NamedCluster {
            name: self.name,
            cluster: self.cluster.with_absolute_paths(),
        }
    }
}

impl Entry for NamedAuthInfo {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> Option<&Path> {
        self.user.origin.as_deref()
    }

    fn written(&self) -> Value {
        Value::Object(self.user.written())
    }

    fn moved(self) -> Self {
        NamedAuthInfo {
            name: self.name,
            user: self.user.with_absolute_paths(),
        }
    }
}

impl Entry for NamedContext {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> Option<&Path> {
        self.context.origin.as_deref()
    }

    fn written(&self) -> Value {
        Value::Object(self.context.written())
    }

    fn moved(self) -> Self {
        self
    }
}

impl Entry for NamedExtension {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> Option<&Path> {
        None
    }

    fn written(&self) -> Value {
        self.extension.clone()
    }

    fn moved(self) -> Self {
        self
    }
}
