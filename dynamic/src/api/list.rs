//! Listing: at once, by pages, or as one stream of objects.

use std::future::IntoFuture;

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use http::Method;

use super::{Api, Object};
use crate::error::{Error, Result};
use crate::list::List;
use crate::rest::{ListOptions, PARTIAL_LIST, Request, text};
use crate::verbs;

/// Objects a page when the caller does not say (semantics Z1).
const PAGE: u32 = 500;

impl<K: Object + verbs::List> Api<K> {
    /// Lists objects. Awaited, it is one request; [`ListCall::items`] and
    /// [`ListCall::pages`] follow the pages.
    ///
    /// # Errors
    /// `is_expired()` when a version or token is too old, and what the server says.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright_dynamic::Api<kubewright_dynamic::Unstructured>) -> kubewright_dynamic::Result<()> {
    /// use futures::TryStreamExt;
    /// use kubewright_dynamic::ListOptions;
    ///
    /// let all = pods.list(&ListOptions::new().labels("app=web")).await?;
    /// let mut one_by_one = pods.list(&ListOptions::new().limit(500)).items();
    /// while let Some(pod) = one_by_one.try_next().await? {
    ///     println!("{}", pod.name());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, options: &ListOptions) -> ListCall<K> {
        ListCall {
            api: self.clone(),
            options: options.clone(),
        }
    }
}

/// A list that has not been asked for yet.
#[must_use = "a list is asked for when it is awaited or streamed"]
#[derive(Debug)]
pub struct ListCall<K> {
    api: Api<K>,
    options: ListOptions,
}

impl<K: Object> ListCall<K> {
    /// The pages, each asked for when the one before is used up; 500 objects a page unless
    /// the options have a limit. All pages show the collection at one version.
    ///
    /// Ends after an error. When the server has forgotten that version on the way, that is
    /// `is_expired()`, and only the caller can know whether to begin anew.
    pub fn pages(self) -> BoxStream<'static, Result<List<K>>> {
        let ListCall { api, options } = self;
        let options = if options.limit.is_none() {
            options.limit(PAGE)
        } else {
            options
        };
        stream::try_unfold(Some(options), move |options| {
            let api = api.clone();
            async move {
                let Some(options) = options else {
                    return Ok(None);
                };
                let page = fetch(&api, &options).await?;
                let next = page.continue_token().map(|token| options.next_page(token));
                Ok(Some((page, next)))
            }
        })
        .boxed()
    }

    /// The objects of all pages, one after the other; see [`ListCall::pages`].
    pub fn items(self) -> BoxStream<'static, Result<K>> {
        self.pages()
            .map_ok(|page| stream::iter(page.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    /// What can be read, and the errors that name what cannot.
    pub(crate) async fn in_part(self) -> Result<(List<K>, Vec<Error>)> {
        fetch_as(&self.api, &self.options, List::from_json_in_part).await
    }
}

impl<K: Object> IntoFuture for ListCall<K> {
    type Output = Result<List<K>>;
    type IntoFuture = BoxFuture<'static, Result<List<K>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { fetch(&self.api, &self.options).await })
    }
}

async fn fetch<K: Object>(api: &Api<K>, options: &ListOptions) -> Result<List<K>> {
    fetch_as(api, options, List::from_json).await
}

async fn fetch_as<K: Object, T>(
    api: &Api<K>,
    options: &ListOptions,
    read: fn(&str) -> Result<T>,
) -> Result<T> {
    let mut request = Request::new(Method::GET, &api.collection(), "list")?;
    request.query = options.to_query();
    if K::METADATA_ONLY {
        request.accept = PARTIAL_LIST;
    }
    let asked = request.asked.to_string();
    let body = api.client.execute(request).await?;
    text(&body)
        .and_then(read)
        .map_err(|error| error.while_doing(asked))
}
