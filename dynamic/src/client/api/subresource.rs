//! Subresources by type: see [`Subresource`].

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde_json::{Map, Value};

use super::call::{Call, Patching, Reading, Reply, Writing};
use super::connect::Connection;
use super::write::with_body;
use super::{Api, Object};
use crate::model::error::Result;
use crate::model::object::from_json;
use crate::model::subresource::{Connect, Parameters, Subresource, Text};
use crate::model::unstructured::Unstructured;
use crate::model::verbs;
use crate::wire::rest::{Body, PatchOf, Request};

impl<K: Object> Api<K> {
    /// A subresource of this kind's objects.
    pub fn subresource<S: Subresource<Parent = K>>(&self, _which: S) -> SubresourceApi<S> {
        SubresourceApi::at(self.clone(), S::NAME.into())
    }

    /// Any subresource by its path below the object (`eviction`, `proxy/metrics`), its
    /// bodies untyped.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// let status = pods.any_subresource("status").get("web-0").await?;
    /// let metrics = pods.any_subresource("proxy/metrics").connect("web-0", &()).text().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("eviction", "proxy"))]
    pub fn any_subresource(&self, path: &str) -> SubresourceApi<AnySubresource<K>> {
        SubresourceApi::at(self.clone(), path.to_owned().into())
    }
}

/// A subresource whose path is only known at run time; see [`Api::any_subresource`].
#[derive(Debug)]
pub enum AnySubresource<K> {
    #[doc(hidden)]
    Never(std::convert::Infallible, PhantomData<fn() -> K>),
}

impl<K: Object> Subresource for AnySubresource<K> {
    type Parent = K;
    type Body = Unstructured;
    const NAME: &'static str = "";
    const API_VERSION: &'static str = "";
    const KIND: &'static str = "";
}

impl<K: Object> Connect for AnySubresource<K> {
    type Parent = K;
    type Options = ();
    const NAME: &'static str = "";
}

// The server is the judge of what can be done.
impl<K: Object> Text for AnySubresource<K> {}
impl<K> verbs::Get for AnySubresource<K> {}
impl<K> verbs::Create for AnySubresource<K> {}
impl<K> verbs::Replace for AnySubresource<K> {}
impl<K> verbs::Patch for AnySubresource<K> {}

/// One subresource of the objects of one kind. Methods exist only for the verbs it has.
pub struct SubresourceApi<S: Subresource> {
    api: Api<S::Parent>,
    path: Cow<'static, str>,
    which: PhantomData<fn() -> S>,
}

impl<S: Subresource + verbs::Get> SubresourceApi<S> {
    /// Reads the subresource of one object.
    pub fn get(&self, name: &str) -> Call<S::Body, Reading> {
        let request = Request::new(Method::GET, &self.api.subobject(name, &self.path), "get");
        self.api.call(request, from_json)
    }
}

impl<K: Object> SubresourceApi<AnySubresource<K>> {
    /// Reads what is not JSON: as text, by lines, or as bytes.
    pub fn connect(&self, name: &str, options: &impl Parameters) -> Connection<AnySubresource<K>> {
        self.api.connection(name, &self.path, options)
    }
}

impl<S: Subresource + verbs::Create> SubresourceApi<S> {
    /// Posts to the subresource of one object. Some answer what was posted, some a
    /// `Status`.
    pub fn create(&self, name: &str, body: &S::Body) -> Call<Reply<S::Body>, Writing> {
        self.api
            .call(self.write(Method::POST, "create", name, body), |text| {
                Reply::read(text, from_json)
            })
    }
}

impl<S: Subresource + verbs::Replace> SubresourceApi<S> {
    /// Replaces the subresource of one object.
    pub fn replace(&self, name: &str, body: &S::Body) -> Call<S::Body, Writing> {
        self.api
            .call(self.write(Method::PUT, "update", name, body), from_json)
    }
}

impl<S: Subresource + verbs::Patch> SubresourceApi<S> {
    /// Changes a part of the subresource of one object.
    pub fn patch<P: PatchOf<S::Parent>>(&self, name: &str, patch: &P) -> Call<S::Body, Patching> {
        let target = self.api.subobject(name, &self.path);
        self.api.call(
            super::write::patch_of::<S::Parent>(&target, patch),
            from_json,
        )
    }
}

impl<S: Subresource> SubresourceApi<S> {
    fn at(api: Api<S::Parent>, path: Cow<'static, str>) -> Self {
        SubresourceApi {
            api,
            path,
            which: PhantomData,
        }
    }

    fn write(
        &self,
        method: Method,
        verb: &'static str,
        name: &str,
        body: &S::Body,
    ) -> Result<Request> {
        let body = Body::json(typed::<S>(body)?);
        with_body(method, &self.api.subobject(name, &self.path), verb, body)
    }
}

/// The body with the type that the API knows it by, unless it says so itself.
fn typed<S: Subresource>(body: &S::Body) -> Result<String> {
    let fields = Unstructured::from_typed(body)?.into_map();
    let mut typed = Map::new();
    if !S::KIND.is_empty() {
        typed.insert("apiVersion".into(), S::API_VERSION.into());
        typed.insert("kind".into(), S::KIND.into());
    }
    typed.extend(fields);
    Ok(Value::Object(typed).to_string())
}

impl<S: Subresource> Clone for SubresourceApi<S> {
    fn clone(&self) -> Self {
        SubresourceApi {
            api: self.api.clone(),
            path: self.path.clone(),
            which: PhantomData,
        }
    }
}

impl<S: Subresource> fmt::Debug for SubresourceApi<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubresourceApi")
            .field("api", &self.api)
            .field("path", &self.path)
            .finish()
    }
}
