//! The state of a server and the frame of every request against it.
//!
//! A [`Cluster`] is plain data: its verbs (in `verbs/`) are functions from a call to a reply that
//! never wait. One lock around it, held by the rim, is what makes every request atomic.

use std::sync::Arc;

use serde_json::{Value, json};

use super::document::Document;
use super::key::Key;
use super::object::Object;
use super::registry::Registry;
use super::resource::ResourceType;
use super::route::Target;
use super::status::Failure;
use super::store::{Row, Store, TableName};
use super::user::User;

/// What is stored and what is served.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) store: Store,
    pub(crate) registry: Registry,
}

/// A request about objects, once its path has been understood.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) resource: Arc<ResourceType>,
    pub(crate) target: Target,
    /// Who asks.
    pub(crate) user: Arc<User>,
    /// The present, as timestamps are written.
    pub(crate) now: String,
}

/// What a verb answers.
#[derive(Debug)]
pub(crate) enum Reply {
    Object {
        code: u16,
        object: Stored,
        /// What the client should know although it got its way.
        warnings: Vec<String>,
    },
    List(Listing),
    /// A body that is not one of the resource's objects: a Status, a Scale, a review.
    Json {
        code: u16,
        body: Value,
    },
}

/// An object to show; one that a dry run made has no revision.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) revision: Option<u64>,
    pub(crate) document: Arc<Document>,
}

/// A page of objects.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) revision: u64,
    pub(crate) resume: Option<String>,
    pub(crate) remaining: Option<usize>,
    pub(crate) items: Vec<Row>,
}

impl Cluster {
    /// An empty cluster with the namespaces that every cluster has.
    pub(crate) fn new(history_limit: usize, now: &str) -> Self {
        let mut cluster = Self {
            store: Store::new(history_limit),
            registry: Registry::new(),
        };
        for name in ["default", "kube-system", "kube-public", "kube-node-lease"] {
            cluster.bootstrap_namespace(name, now);
        }
        cluster
    }

    /// Understands a path: the resource must be served, and the scope must be the resource's.
    pub(crate) fn call(
        &self,
        target: Target,
        user: Arc<User>,
        now: String,
    ) -> Result<Call, Failure> {
        let found = self
            .registry
            .find(&target.group, &target.version, &target.plural);
        let resource = found.ok_or_else(Failure::no_such_resource)?.clone();
        let scoped = match (resource.namespaced, target.namespace.is_empty()) {
            (true, true) => target.name.is_empty(),
            (true, false) | (false, true) => true,
            (false, false) => false,
        };
        if scoped {
            Ok(Call {
                resource,
                target,
                user,
                now,
            })
        } else {
            Err(Failure::no_such_resource())
        }
    }

    /// The stored object that a call names.
    pub(super) fn row(&self, call: &Call) -> Result<&Row, Failure> {
        let row = self.store.get(&call.resource.table, &call.key());
        row.ok_or_else(|| Failure::not_found(call.resource.named(), &call.target.name))
    }

    pub(super) fn namespace(&self, name: &str) -> Option<&Row> {
        self.store.get(&namespaces(), &Key::new("", name))
    }

    fn bootstrap_namespace(&mut self, name: &str, now: &str) {
        let namespace = json!({
            "metadata": {
                "name": name,
                "uid": super::identity::uid(),
                "creationTimestamp": now,
                "labels": {"kubernetes.io/metadata.name": name},
            },
            "spec": {"finalizers": ["kubernetes"]},
            "status": {"phase": "Active"},
        });
        if let Value::Object(namespace) = namespace {
            self.store.put(
                &namespaces(),
                Key::new("", name),
                Arc::new(Document::new(&namespace)),
            );
        }
    }
}

fn namespaces() -> TableName {
    TableName {
        group: String::new(),
        plural: "namespaces".into(),
    }
}

impl Call {
    pub(crate) fn key(&self) -> Key {
        Key::new(&self.target.namespace, &self.target.name)
    }

    /// The namespace that limits a list; `None` for all of them and for cluster scope.
    pub(crate) fn scope(&self) -> Option<&str> {
        Some(self.target.namespace.as_str()).filter(|namespace| !namespace.is_empty())
    }

    /// A stored row as the version that was asked for shows it.
    pub(crate) fn open(&self, row: &Row) -> Object {
        self.resource.open(&row.document, Some(row.revision))
    }
}

impl Reply {
    pub(super) fn object(code: u16, row: &Row) -> Self {
        Self::stored(code, Stored::from(row))
    }

    /// What would have been stored.
    pub(super) fn dry(
        code: u16,
        resource: &ResourceType,
        object: &Object,
        revision: Option<u64>,
    ) -> Self {
        let document = resource.close(object);
        Self::stored(code, Stored { revision, document })
    }

    pub(super) fn stored(code: u16, object: Stored) -> Self {
        Self::Object {
            code,
            object,
            warnings: Vec::new(),
        }
    }

    pub(super) fn warned(mut self, unknown: Vec<String>) -> Self {
        if let Self::Object { warnings, .. } = &mut self {
            *warnings = unknown;
        }
        self
    }

    pub(super) fn success(code: u16, details: &Value) -> Self {
        let mut body =
            json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"});
        if !details.is_null() {
            body["details"] = details.clone();
        }
        Self::Json { code, body }
    }
}
