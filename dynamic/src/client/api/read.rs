//! Reading one object.

use http::Method;

use super::call::{Call, Reading};
use super::{Api, Object};
use crate::model::error::Result;
use crate::model::verbs;
use crate::wire::rest::{PARTIAL, Request, Target};

impl<K: Object + verbs::Get> Api<K> {
    /// Reads one object.
    ///
    /// # Errors
    /// `is_not_found()` when there is none of that name; [`Call::optional`] makes that `None`.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// let pod = pods.get("web-0").await?;
    /// let maybe = pods.get("web-1").optional().await?;
    /// let cached = pods.get("web-0").from_cache().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, name: &str) -> Call<K, Reading> {
        self.call(get::<K>(&self.object(name)), K::from_json)
    }
}

/// A GET of one object, of its metadata alone where that is all `K` holds.
pub(super) fn get<K: Object>(target: &Target<'_>) -> Result<Request> {
    let mut request = Request::new(Method::GET, target, "get")?;
    if K::METADATA_ONLY {
        request.accept = PARTIAL;
    }
    Ok(request)
}
