//! Subresources beyond `/status` and `/scale`: an eviction of a pod, a token of an account.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::object::Object;

/// A subresource as a type: what it hangs on, what it is called, what goes in and out.
///
/// The generator emits one unit struct for each subresource of the API, with a verb marker
/// for each verb that it has; a person may write one as well.
///
/// ```
/// use kubewright_dynamic::{Subresource, Unstructured, verbs};
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
    /// What is sent and answered.
    type Body: Serialize + DeserializeOwned + Send + 'static;
    /// Its path below the object, such as `eviction`.
    const NAME: &'static str;
    /// `apiVersion` of the body, which need not be the parent's.
    const API_VERSION: &'static str;
    /// `kind` of the body.
    const KIND: &'static str;
}
