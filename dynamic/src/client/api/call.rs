//! A request that has not been sent.

use std::future::IntoFuture;
use std::marker::PhantomData;

use futures::future::BoxFuture;

use crate::client::Client;
use crate::client::problem::ClientProblem;
use crate::model::error::Result;
use crate::model::meta::{DeleteOptions, Status, TypeMeta};
use crate::model::object::{Object, from_json};
use crate::wire::rest::{Body, QueryValue, Request, text};

/// How the body of a good answer becomes a value.
pub(super) type Read<T> = fn(&str) -> Result<T>;

/// A request that is sent when it is awaited, and the options of its family `F` until then.
///
/// A mistake in its parts, such as a name that can be none, is kept and returned by the
/// await ([rule U5](crate::semantics#u5)).
#[must_use = "a request is sent when it is awaited"]
pub struct Call<T, F> {
    client: Client,
    request: Result<Request>,
    read: Read<T>,
    family: PhantomData<fn() -> F>,
}

/// Family of calls that read.
#[derive(Debug)]
pub enum Reading {}
/// Family of calls that create or replace.
#[derive(Debug)]
pub enum Writing {}
/// Family of calls that patch.
#[derive(Debug)]
pub enum Patching {}
/// Family of calls that apply.
#[derive(Debug)]
pub enum Applying {}
/// Family of calls that delete.
#[derive(Debug)]
pub enum Deleting {}

/// Families that change something and say so in the query.
pub trait Changing: sealed::Changing {}

mod sealed {
    pub trait Changing {}
    impl Changing for super::Writing {}
    impl Changing for super::Patching {}
    impl Changing for super::Applying {}
}

impl<F: sealed::Changing> Changing for F {}

impl<T, F> Call<T, F> {
    pub(super) fn new(client: Client, request: Result<Request>, read: Read<T>) -> Self {
        Call {
            client,
            request,
            read,
            family: PhantomData,
        }
    }

    pub(super) fn set(mut self, key: &'static str, value: impl Into<QueryValue>) -> Self {
        if let Ok(request) = &mut self.request {
            request.query.set(key, value);
        }
        self
    }

    /// Sends the request; what [`Call::into_future`] does.
    async fn send(self) -> Result<T> {
        let request = self.request?;
        let asked = request.asked.clone();
        let body = self.client.execute(request).await?;
        let read = text(&body).and_then(self.read);
        read.map_err(|error| error.while_doing(asked))
    }
}

impl<T: 'static, F: 'static> IntoFuture for Call<T, F> {
    type Output = Result<T>;
    type IntoFuture = BoxFuture<'static, Result<T>>;

    fn into_future(self) -> Self::IntoFuture {
        // One boxed body for all kinds and verbs: what differs is a function pointer.
        Box::pin(self.send())
    }
}

impl<T> Call<T, Reading> {
    /// Any version, as fast as the server can: what it has in its cache, which may be behind.
    pub fn from_cache(self) -> Self {
        self.resource_version("0")
    }

    /// No older than this version.
    pub fn resource_version(self, version: &str) -> Self {
        self.set("resourceVersion", version)
    }
}

impl<T: 'static> Call<T, Reading> {
    /// Sends the request; an object that does not exist is `None` instead of an error. So is
    /// one of a kind that the server does not serve: it answers both with 404.
    ///
    /// # Errors
    /// Every other one.
    #[doc(alias("get_opt", "IgnoreNotFound"))]
    pub async fn optional(self) -> Result<Option<T>> {
        match self.await {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<T, F: Changing> Call<T, F> {
    /// Runs every check and stores nothing.
    pub fn dry_run(self) -> Self {
        self.set("dryRun", "All")
    }

    /// How the server treats unknown and duplicate fields. By default it warns.
    pub fn field_validation(self, rule: FieldValidation) -> Self {
        self.set("fieldValidation", rule.as_str())
    }
}

/// How a server treats unknown and duplicate fields.
#[doc(alias = "ValidationDirective")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldValidation {
    /// Refuses the request: `is_bad_request()`.
    Strict,
    /// Drops the field, and says so in a warning.
    Warn,
    /// Drops the field in silence.
    Ignore,
}

impl FieldValidation {
    fn as_str(self) -> &'static str {
        match self {
            FieldValidation::Strict => "Strict",
            FieldValidation::Warn => "Warn",
            FieldValidation::Ignore => "Ignore",
        }
    }
}

impl<T> Call<T, Writing> {
    /// The manager that owns the written fields, for `managedFields`. By default the server takes
    /// the beginning of the user agent.
    pub fn field_manager(self, manager: &str) -> Self {
        self.set("fieldManager", manager)
    }
}

impl<T> Call<T, Patching> {
    /// The manager that owns the written fields, for `managedFields`. By default the server takes
    /// the beginning of the user agent.
    pub fn field_manager(self, manager: &str) -> Self {
        self.set("fieldManager", manager)
    }
}

impl<T> Call<T, Applying> {
    /// Takes fields that another manager owns, instead of a conflict.
    pub fn force(self) -> Self {
        self.set("force", true)
    }
}

impl<T> Call<T, Deleting> {
    pub(super) fn options(mut self, change: impl FnOnce(&mut DeleteOptions)) -> Self {
        if let Ok(Request {
            body: Body::Delete(options),
            ..
        }) = &mut self.request
        {
            change(options);
        }
        self
    }
}

/// The response to a request that may return the object or a `Status`.
///
/// Which of the two a DELETE gives depends on the kind and on finalizers, at run time.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias("DeleteResult", "Either"))]
pub enum Reply<T> {
    /// The object, as it was or as it now is.
    Object(T),
    /// Done, and nothing more to say.
    Status(Box<Status>),
}

impl<T> Reply<T> {
    /// The object, where the server gave one.
    pub fn object(self) -> Option<T> {
        match self {
            Reply::Object(object) => Some(object),
            Reply::Status(_) => None,
        }
    }

    pub(super) fn read(text: &str, read: Read<T>) -> Result<Self> {
        let types: TypeMeta = from_json(text)?;
        if types.kind == "Status"
            && matches!(types.api_version.as_str(), "" | "v1" | "meta.k8s.io/v1")
        {
            return from_json(text).map(Box::new).map(Reply::Status);
        }
        read(text).map(Reply::Object)
    }
}

impl<K: Object> Reply<K> {
    pub(super) fn read_object(text: &str) -> Result<Self> {
        Reply::read(text, K::from_json)
    }
}

impl<T, F> std::fmt::Debug for Call<T, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.request {
            Ok(request) => write!(f, "Call({})", request.asked),
            Err(error) => write!(f, "Call({error})"),
        }
    }
}

/// Object names that a request cannot do without.
pub(super) fn required_name(name: &str) -> Result<&str, ClientProblem> {
    if name.is_empty() {
        Err(ClientProblem::Nameless)
    } else {
        Ok(name)
    }
}
