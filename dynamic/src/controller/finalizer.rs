//! Finalizers: cleaning up before an object is gone.
//!
//! A finalizer is a name in `metadata.finalizers`. As long as there is one, a deletion only
//! sets `metadata.deletionTimestamp`, and the object goes when the last name is taken out.
//! The order is the whole art: the name goes in before anything is made that needs
//! cleaning, and out after it was cleaned. [`finalizer`] keeps it.

use std::future::Future;
use std::sync::Arc;

use serde_json::{Value, json};

use super::request::Action;
use crate::client::api::Api;
use crate::model::error::{Error, Result};
use crate::model::object::Object;
use crate::model::verbs;
use crate::wire::rest::Patch;

/// The step to take for an object with a finalizer.
#[derive(Debug)]
pub enum Finalizing<K> {
    /// The object is wanted, and has the finalizer: bring about what it asks for.
    Apply(Arc<K>),
    /// The object is to go: clean up. When this succeeds, the finalizer is taken out.
    Cleanup(Arc<K>),
}

/// Reconciles an object under a finalizer, whose name is a domain and a word:
/// `example.com/records`.
///
/// | the object is | and the finalizer | then |
/// |---|---|---|
/// | wanted | missing | it is put in; the change that this is calls again |
/// | wanted | there | [`Finalizing::Apply`] |
/// | to go | there | [`Finalizing::Cleanup`]; where that succeeds, it is taken out |
/// | to go | missing | nothing: it was done, or others have to do theirs |
///
/// Cleaning up may be called more than once, also when it has succeeded before: taking the
/// name out can fail. An action with a requeue, or one that gives up, has not cleaned up
/// yet: the finalizer stays.
///
/// ```
/// use kubewright::controller::{Action, Finalizing, Request, finalizer};
/// use kubewright::{Api, Error, Unstructured};
///
/// async fn reconcile(api: Api<Unstructured>, request: Request<Unstructured>) -> Result<Action, Error> {
///     let Some(object) = request.object() else {
///         return Ok(Action::await_change());
///     };
///     finalizer(&api, "example.com/records", object, |what| async {
///         match what {
///             Finalizing::Apply(object) => println!("make the record of {}", object.name()),
///             Finalizing::Cleanup(object) => println!("remove the record of {}", object.name()),
///         }
///         Ok(Action::await_change())
///     })
///     .await
/// }
/// ```
///
/// # Errors
/// Errors of the function, and of the two patches. One is `is_conflict()` or
/// `is_invalid()` where the cache is older than the object: the next try is right.
pub async fn finalizer<K, F, R, E>(
    api: &Api<K>,
    name: &str,
    object: &Arc<K>,
    reconcile: F,
) -> Result<Action, E>
where
    K: Object + verbs::Patch,
    F: FnOnce(Finalizing<K>) -> R,
    R: Future<Output = Result<Action, E>>,
    E: From<Error>,
{
    let is_in = object.finalizers().iter().any(|known| known == name);
    match (object.is_being_deleted(), is_in) {
        (false, false) => {
            put_in(api, name, &**object).await?;
            Ok(Action::await_change())
        }
        (false, true) => reconcile(Finalizing::Apply(Arc::clone(object))).await,
        (true, false) => Ok(Action::await_change()),
        (true, true) => {
            let action = reconcile(Finalizing::Cleanup(Arc::clone(object))).await?;
            if action == Action::await_change() {
                take_out(api, name, &**object).await?;
            }
            Ok(action)
        }
    }
}

/// The version guards the list, which is replaced as a whole, and the object's life.
async fn put_in<K: Object + verbs::Patch>(api: &Api<K>, name: &str, object: &K) -> Result<()> {
    let mut finalizers = object.finalizers().into_owned();
    finalizers.push(name.to_owned());
    let metadata = json!({
        "resourceVersion": object.resource_version(), "uid": object.uid(), "finalizers": finalizers,
    });
    let patch = Patch::merge(json!({"metadata": metadata}));
    home(api, object).patch(object.name(), &patch).await?;
    Ok(())
}

/// The list and the uid are the guard: what else changed, the cleaning up perhaps, is no
/// reason to do it again. An object that is gone meanwhile is what was wanted.
async fn take_out<K: Object + verbs::Patch>(api: &Api<K>, name: &str, object: &K) -> Result<()> {
    let finalizers = object.finalizers();
    let others = finalizers.iter().filter(|known| *known != name);
    let others: Vec<Value> = others.map(|known| json!(known)).collect();
    let patch = Patch::json(json!([
        {"op": "test", "path": "/metadata/uid", "value": object.uid()},
        {"op": "test", "path": "/metadata/finalizers", "value": finalizers},
        {"op": "replace", "path": "/metadata/finalizers", "value": others},
    ]));
    match home(api, object).patch(object.name(), &patch).await {
        Err(error) if error.is_not_found() => Ok(()),
        patched => patched.map(drop),
    }
}

/// The handle on where the object lives: a controller may be given one on all namespaces.
fn home<K: Object>(api: &Api<K>, object: &K) -> Api<K> {
    let resource = api.api_resource().clone();
    Api::of_scope(api.client().clone(), resource, object.namespace())
}
