//! Changes to objects on their way into a cache.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::key::NamespacedName;
use super::problem::CacheProblem;
use crate::model::error::Result;
use crate::model::json::Checked;
use crate::model::object::Object;

/// A change that an informer makes to each object before its cache, indexes and subscribers see
/// it, for example to drop fields that the program does not need. By default there is none.
///
/// It is done exactly once to each state of an object; a state that the cache has already is
/// not even read again. (client-go may transform twice, and asks for idempotence;
/// [rule Q10](crate::semantics#q10).)
///
/// It is called where the cache is read, on a thread that may drive the client's connections
/// too ([`Config::with_cache_thread`](crate::Config::with_cache_thread)): it must not wait, least
/// of all for a request.
///
/// A cached object is then not what the server has. Leaving out `managedFields` is harmless:
/// a server that is sent an object without them keeps its own. Anything else would be
/// *erased* by a replace of the cached object: change such objects by patch or apply, or get
/// them again. `Api::replace` refuses an [`Unstructured`](crate::Unstructured) that
/// [`Transform::change`] has touched; typed objects do not show it.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::cache::{SharedInformer, Transform};
/// use kubewright::Unstructured;
///
/// let lean = Transform::new().cut_managed_fields().change(|pod: &mut Unstructured| {
///     // Nothing is lost that a pointer does not find.
///     let _ = pod.remove_path("/metadata/annotations");
/// });
/// let pods = client.lookup("pods").await?;
/// let pods = SharedInformer::builder(pods).transform(lean).build();
/// pods.start();
/// # Ok(())
/// # }
/// ```
pub struct Transform<K> {
    cut_managed_fields: bool,
    change: Option<Change<K>>,
}

type Change<K> = Arc<dyn Fn(&mut K) + Send + Sync>;

impl<K> Transform<K> {
    /// Objects are kept as they come.
    pub fn new() -> Self {
        Transform {
            cut_managed_fields: false,
            change: None,
        }
    }

    /// Leaves `metadata.managedFields` out: a quarter of a typical object, which only
    /// server-side apply reads. They are cut from the text before it is read, so this costs
    /// nothing.
    #[must_use]
    pub fn cut_managed_fields(mut self) -> Self {
        self.cut_managed_fields = true;
        self
    }

    /// Changes objects by a function, which must leave name, namespace, uid and
    /// resourceVersion alone. An object on which it panics counts as one that cannot be
    /// read. A second function replaces the first.
    #[must_use]
    pub fn change(mut self, change: impl Fn(&mut K) + Send + Sync + 'static) -> Self {
        self.change = Some(Arc::new(change));
        self
    }
}

impl<K: Object> Transform<K> {
    /// The change to the text.
    pub(super) fn cut<'a>(&self, object: Checked<'a>) -> Checked<'a> {
        object.without_managed_fields(self.cut_managed_fields)
    }

    /// The change to the object that was read from it.
    pub(super) fn apply(&self, mut object: K) -> Result<K> {
        let Some(change) = &self.change else {
            return Ok(object);
        };
        catch_unwind(AssertUnwindSafe(|| change(&mut object))).map_err(|_| {
            CacheProblem::TransformPanicked {
                object: NamespacedName::of(&object),
            }
        })?;
        object.mark_altered();
        Ok(object)
    }
}

impl<K> Default for Transform<K> {
    fn default() -> Self {
        Transform::new()
    }
}

impl<K> Clone for Transform<K> {
    fn clone(&self) -> Self {
        Transform {
            cut_managed_fields: self.cut_managed_fields,
            change: self.change.clone(),
        }
    }
}

impl<K> fmt::Debug for Transform<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transform")
            .field("cut_managed_fields", &self.cut_managed_fields)
            .field("changes", &self.change.is_some())
            .finish()
    }
}
