//! Deleting.

use http::{HeaderValue, Method};

use super::call::{Call, Deleting, Reply};
use super::{Api, Object};
use crate::model::error::Result;
use crate::model::list::List;
use crate::model::meta::{DeleteOptions, Preconditions};
use crate::model::verbs;
use crate::wire::rest::{self, Body, ListOptions, PARTIAL, PARTIAL_LIST, Request, Target};

impl<K: Object + verbs::Delete> Api<K> {
    /// Deletes an object. It goes when its finalizers and its grace period have passed;
    /// until then the server answers the object as it now is, afterwards a `Status`, or for
    /// some kinds the object as it was. [`Reply`] is one or the other.
    ///
    /// ```no_run
    /// # async fn doc(
    /// #     widgets: kubewright::Api<kubewright::Unstructured>,
    /// # ) -> kubewright::Result<()> {
    /// use kubewright::Propagation;
    ///
    /// let big = widgets.get("big").await?;
    /// let deletion = widgets.delete("big").propagation(Propagation::Foreground);
    /// match deletion.uid(big.uid().unwrap_or_default()).await {
    ///     Ok(answer) => match answer.object() {
    ///         Some(object) => println!("{} is going, or gone", object.name()),
    ///         None => println!("it is gone"),
    ///     },
    ///     Err(error) if error.is_not_found() => println!("it was gone already"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_not_found()` when the object does not exist, `is_conflict()` when a precondition fails.
    pub fn delete(&self, name: &str) -> Call<Reply<K>, Deleting> {
        let request = deletion::<K>(&self.object(name), "delete", PARTIAL);
        self.call(request, Reply::read_object)
    }
}

impl<K: Object + verbs::DeleteCollection> Api<K> {
    /// Deletes all objects that the options select; with no selector, all there are.
    /// The server answers the objects it deleted, or a `Status`.
    ///
    /// # Errors
    /// The server's, when it refuses; objects before the one at fault may be gone.
    #[doc(alias("DeleteAllOf", "deletecollection"))]
    pub fn delete_collection(&self, options: &ListOptions) -> Call<Reply<List<K>>, Deleting> {
        let deletion = deletion::<K>(&self.collection(), "deletecollection", PARTIAL_LIST);
        let request = deletion.and_then(|mut request| {
            request.query = options.query_of(rest::Call::DeleteCollection)?;
            Ok(request)
        });
        self.call(request, |text| Reply::read(text, List::from_json))
    }
}

/// `partial` is what to ask for where metadata is enough: one object and a list have
/// different names for it, and the server refuses the wrong one after it has deleted.
fn deletion<K: Object>(
    target: &Target<'_>,
    verb: &'static str,
    partial: HeaderValue,
) -> Result<Request> {
    let mut request = Request::new(Method::DELETE, target, verb)?;
    request.body = Body::Delete(DeleteOptions::default());
    if K::METADATA_ONLY {
        request.accept = partial;
    }
    Ok(request)
}

/// The deletion of the objects that the deleted one owns. By default the server decides, and
/// deletes them in the background for nearly all kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Propagation {
    /// The object goes once its dependents are gone.
    Foreground,
    /// The object goes at once, its dependents later.
    Background,
    /// The dependents stay, without an owner.
    Orphan,
}

impl Propagation {
    fn as_str(self) -> &'static str {
        match self {
            Propagation::Foreground => "Foreground",
            Propagation::Background => "Background",
            Propagation::Orphan => "Orphan",
        }
    }
}

/// Options travel in the body, as the server expects them of a DELETE
/// ([rule U9](crate::semantics#u9), [U13](crate::semantics#u13)).
impl<T> Call<T, Deleting> {
    /// Runs every check and deletes nothing.
    pub fn dry_run(self) -> Self {
        self.options(|options| options.dry_run = vec!["All".to_owned()])
    }

    /// Seconds that the object may take to end; 0 is at once.
    pub fn grace_period(self, seconds: u32) -> Self {
        self.options(|options| options.grace_period_seconds = Some(seconds.into()))
    }

    /// How dependents are deleted.
    #[doc(alias = "cascade")]
    pub fn propagation(self, policy: Propagation) -> Self {
        self.options(|options| options.propagation_policy = Some(policy.as_str().to_owned()))
    }

    /// Only if the object has this uid, and not a successor of the same name.
    pub fn uid(self, uid: &str) -> Self {
        self.options(|options| preconditions(options).uid = Some(uid.to_owned()))
    }

    /// Only if the object is still at this version.
    pub fn resource_version(self, version: &str) -> Self {
        self.options(|options| preconditions(options).resource_version = Some(version.to_owned()))
    }
}

fn preconditions(options: &mut DeleteOptions) -> &mut Preconditions {
    options.preconditions.get_or_insert_default()
}
