//! Requests and responses of the Kubernetes API, as values.
//!
//! Nothing here awaits: a verb becomes a [`Request`], the bytes of an answer become a value
//! or an error. `transport` carries the one there and the other back.

mod asked;
pub(crate) mod options;
mod patch;
mod path;
pub(crate) mod problem;
mod query;
mod response;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method};
use url::Url;

pub(crate) use self::asked::Asked;
pub(crate) use self::options::Call;
pub use self::options::{ListOptions, ResourceVersionMatch};
pub(crate) use self::patch::{APPLY, Content as PatchContent};
pub use self::patch::{Patch, PatchOf, StrategicPatch};
pub(crate) use self::path::{Target, stays_in_place};
pub(crate) use self::problem::RestProblem;
pub use self::query::{Query, QueryValue};
pub(crate) use self::response::{check, is_success, refused, text};
use crate::model::error::Result;
use crate::model::meta::DeleteOptions;

/// Plain JSON: what every request asks for unless it says otherwise
/// ([rule U17](crate::semantics#u17)).
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The Accept header for metadata only; a server without support sends whole objects
/// ([rule Z8](crate::semantics#z8)).
pub(crate) const PARTIAL: HeaderValue = HeaderValue::from_static(
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json",
);

/// The same for lists.
pub(crate) const PARTIAL_LIST: HeaderValue = HeaderValue::from_static(
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
);

/// The Accept header for tables (KEP-1207). A server without tables answers in plain JSON instead
/// of 406, so the reader can report that.
pub(crate) const TABLE: HeaderValue =
    HeaderValue::from_static("application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

/// The Accept header of requests whose response is not an object.
pub(crate) const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");

/// One request, before it has a server.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Absolute path below the server's prefix, each segment encoded.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) accept: HeaderValue,
    pub(crate) body: Body,
    /// The subject of the request, for messages.
    pub(crate) asked: Asked,
}

/// The body of a request.
#[derive(Clone, Debug, Default)]
pub(crate) enum Body {
    #[default]
    Empty,
    Text {
        content_type: HeaderValue,
        bytes: Bytes,
    },
    /// Written when the request is sent: options may still be added.
    Delete(DeleteOptions),
}

impl Body {
    pub(crate) fn json(text: String) -> Self {
        Body::Text {
            content_type: JSON,
            bytes: text.into(),
        }
    }

    fn into_parts(self) -> (Option<HeaderValue>, Bytes) {
        match self {
            Body::Empty => (None, Bytes::new()),
            Body::Text {
                content_type,
                bytes,
            } => (Some(content_type), bytes),
            // Without options as well: only a body tells whether a request has left (rule R14).
            // A struct of strings and numbers always serialises.
            Body::Delete(options) => (
                Some(JSON),
                serde_json::to_vec(&options).unwrap_or_default().into(),
            ),
        }
    }
}

impl Request {
    pub(crate) fn new(method: Method, target: &Target<'_>, verb: &'static str) -> Result<Self> {
        Ok(Request {
            method,
            path: target.path()?,
            query: Query::default(),
            accept: JSON,
            body: Body::Empty,
            asked: target.asked(verb),
        })
    }

    /// Puts the request below a server's URL, whose own path is a prefix
    /// ([rule U3](crate::semantics#u3)).
    pub(crate) fn into_http(self, server: &Url) -> Result<http::Request<Bytes>> {
        let uri = url_below(server, &self.path, &self.query);
        let (content_type, bytes) = self.body.into_parts();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, self.accept);
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
        }
        let mut request = http::Request::new(bytes);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri
            .as_str()
            .parse()
            .map_err(|source| RestProblem::NotAUri {
                path: self.path,
                source,
            })?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

pub(crate) fn url_below(server: &Url, path: &str, query: &Query) -> Url {
    let mut url = server.clone();
    url.set_path(&format!("{}{path}", server.path().trim_end_matches('/')));
    let query = query.to_string();
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    url
}
