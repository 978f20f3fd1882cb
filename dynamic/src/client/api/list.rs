//! Listing: at once, by pages, or as one stream of objects.

use std::future::IntoFuture;

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use http::Method;

use super::{Api, Object};
use crate::client::Answer;
use crate::model::error::{Error, Result};
use crate::model::json::TypePrefix;
#[cfg(feature = "cache")]
use crate::model::list::Item;
use crate::model::list::{List, ListDecoder};
#[cfg(feature = "cache")]
use crate::model::meta::ListMeta;
use crate::model::verbs;
use crate::wire::rest::{ListOptions, PARTIAL_LIST, Request, check};
use crate::wire::transport::Lifetime;

/// Objects a page when the caller does not say ([rule Z1](crate::semantics#z1)).
const PAGE: u32 = 500;

impl<K: Object + verbs::List> Api<K> {
    /// Lists objects. Awaited, it is one request; [`ListCall::items`] and
    /// [`ListCall::pages`] follow the pages.
    ///
    /// # Errors
    /// `is_expired()` when a version or token is too old, and what the server says.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// use futures::TryStreamExt;
    /// use kubewright::ListOptions;
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
    /// `is_expired()`, and only the caller can know whether to start over.
    #[doc(alias("pager", "chunk"))]
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
    #[doc(alias("pager", "EachListItem"))]
    pub fn items(self) -> BoxStream<'static, Result<K>> {
        self.pages()
            .map_ok(|page| stream::iter(page.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    /// Asks, for items to be taken one by one as they arrive.
    #[cfg(feature = "cache")]
    pub(crate) async fn stream(self) -> Result<ListStream> {
        ListStream::open(&self.api, &self.options).await
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
    let mut stream = ListStream::open(api, options).await?;
    let mut items = Vec::new();
    while let Some(item) = stream.next_object().await? {
        items.push(item.map_err(|error| stream.in_context(error))?);
    }
    let asked = stream.answer.asked().clone();
    List::finish(stream.decoder, items).map_err(|error| error.while_doing(asked))
}

/// A list that is arriving.
pub(crate) struct ListStream {
    answer: Answer,
    decoder: ListDecoder,
}

impl ListStream {
    async fn open<K: Object>(api: &Api<K>, options: &ListOptions) -> Result<Self> {
        let mut request = Request::new(Method::GET, &api.collection(), "list")?;
        request.query = options.to_query()?;
        if K::METADATA_ONLY {
            request.accept = PARTIAL_LIST;
        }
        let answer = api.client.open(request, Lifetime::Short).await?;
        let resource = api.api_resource();
        let types = TypePrefix::new(&resource.api_version(), &resource.kind);
        Ok(ListStream {
            answer,
            decoder: ListDecoder::of_type(types),
        })
    }

    /// Hands the next item to `take`, checked and not read; `None` behind the last.
    ///
    /// # Errors
    /// When the connection breaks, or what arrives is not a list. Nothing can follow.
    #[cfg(feature = "cache")]
    pub(crate) async fn next<R>(
        &mut self,
        mut take: impl FnMut(Item<'_>) -> R,
    ) -> Result<Option<R>> {
        self.advance(|decoder| decoder.read(&mut take)).await
    }

    /// Reads the next item; `None` behind the last.
    ///
    /// # Errors
    /// As of `next`; inside, when the item is not a `K`.
    async fn next_object<K: Object>(&mut self) -> Result<Option<Result<K>>> {
        self.advance(ListDecoder::read_object).await
    }

    async fn advance<R>(
        &mut self,
        mut read: impl FnMut(&mut ListDecoder) -> Result<Option<R>>,
    ) -> Result<Option<R>> {
        loop {
            let taken = read(&mut self.decoder);
            if let Some(taken) = taken.map_err(|error| self.in_context(error))? {
                return Ok(Some(taken));
            }
            match self.answer.try_next().await? {
                Some(bytes) => self.decoder.push(&bytes),
                None => return self.refusal().map(|()| None),
            }
        }
    }

    /// Behind the last item: what the list says of itself.
    #[cfg(feature = "cache")]
    pub(crate) fn finish(self) -> Result<ListMeta> {
        let asked = self.answer.asked().clone();
        let finished = self.decoder.finish();
        let (_, metadata) = finished.map_err(|error| error.while_doing(asked))?;
        Ok(metadata)
    }

    /// A good answer may hold a `Status` that says failure ([rule E5](crate::semantics#e5)).
    fn refusal(&self) -> Result<()> {
        let text = self.decoder.without_items();
        check(self.answer.status(), text.as_bytes())
    }

    fn in_context(&self, error: Error) -> Error {
        error.while_doing(self.answer.asked().clone())
    }
}
