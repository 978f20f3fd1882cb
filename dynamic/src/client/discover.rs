//! A client's knowledge of its cluster: discovery, asked once, and again for a name that is
//! not in it.

use std::sync::{Arc, PoisonError};

use futures::stream::{self, StreamExt};
use http::HeaderValue;

use super::Client;
use crate::model::error::Result;
use crate::model::meta::TypeMeta;
use crate::model::object::from_json;
use crate::wire::discovery::{Discovery, aggregated, legacy};
use crate::wire::mapper::RestMapper;
use crate::wire::rest::{Request, text};

/// The newest form first ([rule M1](crate::semantics#m1)).
const ACCEPT: HeaderValue = HeaderValue::from_static(
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
     application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json",
);

/// Group-versions that the old way asks at once.
const AT_ONCE: usize = 16;

impl Client {
    /// Asks the cluster what it serves.
    ///
    /// # Errors
    /// When the server cannot be asked at all. Parts that failed are in the result.
    pub async fn discover(&self) -> Result<Discovery> {
        discover(self).await
    }

    /// The mapper of discovery: finds resources by the names that people use; asked once, then
    /// remembered until [`Client::forget_discovery`].
    ///
    /// # Errors
    /// As [`Client::discover`].
    pub async fn mapper(&self) -> Result<Arc<RestMapper>> {
        match self.known_mapper() {
            Some(mapper) => Ok(mapper),
            None => self.fresh_mapper().await,
        }
    }

    /// Forgets what discovery said, as after installing a CRD.
    pub fn forget_discovery(&self) {
        *self
            .shared
            .mapper
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Asks the mapper, and once more in fresh discovery when it does not know.
    pub(crate) async fn mapped<T>(&self, find: impl Fn(&RestMapper) -> Result<T>) -> Result<T> {
        let Some(known) = self.known_mapper() else {
            return find(&*self.fresh_mapper().await?);
        };
        match find(&known) {
            Err(error) if error.is_no_match() => find(&*self.fresh_mapper().await?),
            found => found,
        }
    }

    fn known_mapper(&self) -> Option<Arc<RestMapper>> {
        self.shared
            .mapper
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn fresh_mapper(&self) -> Result<Arc<RestMapper>> {
        let mapper = Arc::new(RestMapper::new(self.discover().await?));
        *self
            .shared
            .mapper
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&mapper));
        Ok(mapper)
    }
}

/// Asks a cluster what it serves.
async fn discover(client: &Client) -> Result<Discovery> {
    // A server without a core group is possible, one without groups is not (rule M1).
    let core = match fetch(client, "/api").await {
        Err(error) if error.is_not_found() => None,
        answer => Some(answer?),
    };
    let groups = fetch(client, "/apis").await?;
    let all_aggregated =
        is_aggregated(&groups)? && core.as_deref().map_or(Ok(true), is_aggregated)?;
    if !all_aggregated {
        return one_by_one(client).await;
    }
    aggregated::read_all(core.iter().chain([&groups]))
}

async fn fetch(client: &Client, path: &str) -> Result<String> {
    let mut request = Request::path(path)?;
    request.accept = ACCEPT;
    let body = client.execute(request).await?;
    text(&body).map(str::to_owned)
}

/// The body says what it is, whatever order a content type's parameters come in.
fn is_aggregated(answer: &str) -> Result<bool> {
    Ok(from_json::<TypeMeta>(answer)?.kind == "APIGroupDiscoveryList")
}

/// The old way: a list of groups, then each group-version.
async fn one_by_one(client: &Client) -> Result<Discovery> {
    let core = match client.text("/api").await {
        Err(error) if error.is_not_found() => None,
        answer => Some(answer?),
    };
    let index = legacy::index(core.as_deref(), &client.text("/apis").await?)?;
    let wanted: Vec<_> = index
        .iter()
        .flat_map(legacy::Group::group_versions)
        .collect();
    let answers = stream::iter(wanted).map(|group_version| async {
        let answer = client.text(&legacy::path(&group_version)).await;
        (group_version, answer)
    });
    let answers = answers.buffered(AT_ONCE).collect::<Vec<_>>().await;
    Ok(legacy::assemble(index, answers))
}
