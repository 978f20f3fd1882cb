//! Subresources by type: see [`Subresource`].

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde_json::{Map, Value};

use super::call::{Call, Patching, Reading, Reply, Writing};
use super::write::with_body;
use super::{Api, Object};
use crate::error::{Error, Result};
use crate::object::from_json;
use crate::rest::{Body, Patch, Request};
use crate::subresource::Subresource;
use crate::verbs;

impl<K: Object> Api<K> {
    /// A subresource of this kind's objects.
    pub fn subresource<S: Subresource<Parent = K>>(&self, _which: S) -> SubresourceApi<S> {
        SubresourceApi {
            api: self.clone(),
            which: PhantomData,
        }
    }
}

/// One subresource of the objects of one kind. Methods exist only for the verbs it has.
pub struct SubresourceApi<S: Subresource> {
    api: Api<S::Parent>,
    which: PhantomData<fn() -> S>,
}

impl<S: Subresource + verbs::Get> SubresourceApi<S> {
    /// Reads the subresource of one object.
    pub fn get(&self, name: &str) -> Call<S::Body, Reading> {
        let request = Request::new(Method::GET, &self.api.subobject(name, S::NAME), "get");
        self.api.call(request, from_json)
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
    pub fn patch(&self, name: &str, patch: &Patch) -> Call<S::Body, Patching> {
        let target = self.api.subobject(name, S::NAME);
        self.api.call(
            super::write::patch_of::<S::Parent>(&target, patch),
            from_json,
        )
    }
}

impl<S: Subresource> SubresourceApi<S> {
    fn write(
        &self,
        method: Method,
        verb: &'static str,
        name: &str,
        body: &S::Body,
    ) -> Result<Request> {
        let body = Body::json(typed::<S>(body)?);
        with_body(method, &self.api.subobject(name, S::NAME), verb, body)
    }
}

/// The body with the type that the API knows it by.
fn typed<S: Subresource>(body: &S::Body) -> Result<String> {
    let value = serde_json::to_value(body).map_err(|error| {
        Error::request(format!("the body cannot be written as JSON: {error}")).with_source(error)
    })?;
    let Value::Object(fields) = value else {
        return Err(Error::request(
            "the body of a subresource must serialise to a JSON object",
        ));
    };
    let mut typed = Map::new();
    typed.insert("apiVersion".into(), S::API_VERSION.into());
    typed.insert("kind".into(), S::KIND.into());
    typed.extend(fields);
    Ok(Value::Object(typed).to_string())
}

impl<S: Subresource> Clone for SubresourceApi<S> {
    fn clone(&self) -> Self {
        SubresourceApi {
            api: self.api.clone(),
            which: PhantomData,
        }
    }
}

impl<S: Subresource> fmt::Debug for SubresourceApi<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubresourceApi")
            .field("api", &self.api)
            .field("name", &S::NAME)
            .finish()
    }
}
