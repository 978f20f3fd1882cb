//! Subresources beyond `/status` and `/scale`: an eviction of a pod, a token of an account.

mod log;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::log::{AnyLog, HasLog, LogOptions};
use crate::model::object::Object;

/// A subresource as a type: what it hangs on, what it is called, what goes in and out.
///
/// The generator emits one unit struct for each subresource of the API, with a verb marker
/// for each verb that it has; a person may write one as well.
///
/// ```
/// use kubewright::{Subresource, Unstructured, verbs};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// struct Approval { approved: bool }
///
/// /// `POST …/{name}/approval`
/// struct OrderApproval;
///
/// impl Subresource for OrderApproval {
///     type Parent = Unstructured;
///     type Body = Approval;
///     const NAME: &'static str = "approval";
///     const API_VERSION: &'static str = "example.com/v1";
///     const KIND: &'static str = "Approval";
/// }
/// impl verbs::Create for OrderApproval {}
/// ```
pub trait Subresource: Send + Sync + 'static {
    /// The resource that it belongs to.
    type Parent: Object;
    /// The type of the request and the response.
    type Body: Serialize + DeserializeOwned + Send + 'static;
    /// Its path below the object, such as `eviction`.
    const NAME: &'static str;
    /// `apiVersion` of the body, which need not be the parent's.
    const API_VERSION: &'static str;
    /// `kind` of the body.
    const KIND: &'static str;
}

/// A subresource that speaks text or a stream instead of objects, as a type: a pod's `log`,
/// `exec`, `portforward`.
///
/// The generator emits one unit struct for each, with a struct of its query parameters, and
/// [`Text`] where it is read as text. This client opens no websocket yet: of `exec` and its
/// like it builds the request.
///
/// ```
/// use std::fmt::Display;
/// use kubewright::{Connect, Parameters, Text, Unstructured};
///
/// /// `GET …/{name}/log`
/// struct Log;
///
/// #[derive(Default)]
/// struct Options { follow: Option<bool> }
///
/// impl Parameters for Options {
///     fn each(&self, add: &mut dyn FnMut(&'static str, &dyn Display)) {
///         self.follow.iter().for_each(|value| add("follow", value));
///     }
/// }
/// impl Connect for Log {
///     type Parent = Unstructured;
///     type Options = Options;
///     const NAME: &'static str = "log";
/// }
/// impl Text for Log {}
///
/// # async fn doc(pods: kubewright::Api<Unstructured>) -> kubewright::Result<()> {
/// let log = pods.connect(Log, "web-0", &Options { follow: Some(true) }).lines().await?;
/// # Ok(())
/// # }
/// ```
pub trait Connect: Send + Sync + 'static {
    /// The resource that it belongs to.
    type Parent: Object;
    /// Its query parameters.
    type Options: Parameters;
    /// Its path below the object, such as `log`.
    const NAME: &'static str;
    /// The HTTP method that it is asked with.
    const METHOD: &'static str = "GET";
}

/// A [`Connect`] that answers with text, or with bytes for as long as there are some.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer with text",
    label = "this is a stream over a connection of its own",
    note = "`into_request` gives the request for a client that speaks websockets"
)]
pub trait Text: Connect {}

/// Query parameters as a struct.
pub trait Parameters {
    /// Hands every parameter that is set to `add`, a repeated one as often as it is given.
    fn each(&self, add: &mut dyn FnMut(&'static str, &dyn fmt::Display));
}

/// No parameters.
impl Parameters for () {
    fn each(&self, _add: &mut dyn FnMut(&'static str, &dyn fmt::Display)) {}
}
