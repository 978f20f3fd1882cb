//! The server's collection: objects, and as much of their history as was not compacted.

use std::collections::{BTreeMap, HashMap, HashSet};

/// An object in one of its states.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pod {
    pub(crate) name: String,
    uid: u64,
    pub(crate) version: u64,
}

impl Pod {
    /// The label has few values, so that objects move between the values of an index.
    pub(crate) fn json(&self) -> String {
        let Pod { name, uid, version } = self;
        let third = version % 3;
        format!(
            r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"{name}","namespace":"prod","uid":"{uid}","resourceVersion":"{version}","managedFields":[{{"manager":"{name}"}}],"labels":{{"third":"{third}"}}}}}}"#
        )
    }

    /// Name, life and version: what distinguishes states.
    pub(crate) fn state(&self) -> String {
        format!("{}/{}/{}", self.name, self.uid, self.version)
    }
}

pub(crate) struct Change {
    pub(crate) kind: &'static str,
    pub(crate) pod: Pod,
}

#[derive(Default)]
pub(crate) struct Collection {
    pub(crate) version: u64,
    /// The oldest version that a watch can begin at.
    oldest: u64,
    pods: BTreeMap<String, Pod>,
    history: Vec<Change>,
    /// Lists that are being read in pages.
    pages: HashMap<u64, Vec<Pod>>,
    /// Every state that ever was.
    states: HashSet<String>,
}

impl Collection {
    /// Creates or changes an object.
    pub(crate) fn put(&mut self, name: &str) {
        self.version += 1;
        let old = self.pods.get(name);
        let pod = Pod {
            name: name.to_owned(),
            uid: old.map_or(self.version, |old| old.uid),
            version: self.version,
        };
        let kind = if old.is_some() { "MODIFIED" } else { "ADDED" };
        self.pods.insert(name.to_owned(), pod.clone());
        self.record(kind, pod);
    }

    pub(crate) fn delete(&mut self, name: &str) {
        if let Some(mut pod) = self.pods.remove(name) {
            self.version += 1;
            pod.version = self.version;
            self.record("DELETED", pod);
        }
    }

    /// Something else in the cluster changes.
    pub(crate) fn pass(&mut self) {
        self.version += 1;
    }

    /// Forgets the past.
    pub(crate) fn compact(&mut self) {
        self.oldest = self.version;
        self.history.clear();
        self.pages.clear();
    }

    pub(crate) fn pods(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values()
    }

    pub(crate) fn knows(&self, state: &str) -> bool {
        self.states.contains(state)
    }

    /// The changes after a version; `None` when some of them are forgotten.
    pub(crate) fn since(&self, version: u64) -> Option<impl Iterator<Item = &Change>> {
        let changes = self.history.iter();
        (version >= self.oldest).then(|| changes.filter(move |change| change.pod.version > version))
    }

    /// Some of the objects as they were at a version, and how many come after them; `None`
    /// when that is forgotten.
    pub(crate) fn page(
        &mut self,
        version: u64,
        from: usize,
        most: usize,
    ) -> Option<(Vec<Pod>, usize)> {
        if version == self.version {
            let pods = self.pods.values().cloned().collect();
            self.pages.insert(version, pods);
        }
        let pods = self.pages.get(&version)?;
        let page: Vec<_> = pods.iter().skip(from).take(most).cloned().collect();
        let rest = pods.len().saturating_sub(from + page.len());
        Some((page, rest))
    }

    fn record(&mut self, kind: &'static str, pod: Pod) {
        self.states.insert(pod.state());
        self.history.push(Change { kind, pod });
    }
}

/// What happens in many tests to a collection of `a` and `b`.
pub(crate) fn change(collection: &mut Collection) {
    collection.put("c");
    collection.put("b");
    collection.delete("a");
}
