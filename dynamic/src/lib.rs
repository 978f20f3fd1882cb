//! A Kubernetes client for Rust that needs no compiled types, and is better with them.
//!
//! Everything hangs on one handle, [`Api<K>`]: with [`Unstructured`] it reaches any
//! resource of any cluster, with a struct that derives [`Resource`] it is typed. Verbs,
//! watch and discovery are the same for both.
//!
//! ```no_run
//! use kubewright_dynamic::{Client, ListOptions, Patch};
//! use serde_json::json;
//!
//! # async fn doc() -> kubewright_dynamic::Result<()> {
//! let client = Client::infer().await?;
//! let deployments = client.resource(&"deployments.v1.apps".parse()?).namespace("prod");
//! let web = deployments.get("web").await?;
//! let image: Option<String> = web.path("/spec/template/spec/containers/0/image")?;
//! deployments.patch("web", &Patch::merge(json!({"spec": {"replicas": 5}}))).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Where things are
//!
//! | to | see |
//! |---|---|
//! | find a cluster and reach its resources | [`Config`], [`Client`], [`Client::lookup`] |
//! | read, write, list, watch | [`Api`], [`Call`], [`ListOptions`], [`Patch`], [`WatchEvent`] |
//! | hold objects without types, or metadata alone | [`Unstructured`], [`PartialObject`] |
//! | tell errors apart | [`Error`], with questions such as [`Error::is_not_found`] |
//! | define a kind of one's own | [`Resource`](derive@Resource), [`Schema`](derive@Schema), [`crd`] |
//! | keep objects in memory and be told of changes | [`cache`]: informers, listers, handlers |
//! | reconcile | [`controller`], with [`workqueue`] below it and [`events`] beside it |
//!
//! # Features
//!
//! - `derive`, on unless told otherwise: `#[derive(Resource)]` and `#[derive(Schema)]`.
//! - `schemars`: `schemars::JsonSchema` (1.x) for the types of [`meta`] and all generated ones,
//!   to embed them in types that derive it. A definition is named as the type; what is not
//!   JSON Schema is told as Kubernetes does (`x-kubernetes-int-or-string`). It has no texts.
//! - `arbitrary`: `arbitrary::Arbitrary` (1.x) for the same: values that survive JSON, no
//!   larger than the data they are made of.

// The derive names this crate by its public path, also from inside.
extern crate self as kubewright_dynamic;

mod api;
mod api_resource;
pub mod cache;
mod client;
#[doc(hidden)]
pub mod codegen;
mod config;
pub mod controller;
pub mod crd;
mod discovery;
mod error;
pub mod events;
mod json;
mod list;
mod mapper;
pub mod meta;
mod names;
mod object;
mod partial;
mod resource;
mod rest;
pub mod selector;
mod subresource;
mod transport;
mod unstructured;
pub mod verbs;
mod warning;
mod watch;
pub mod workqueue;

pub use api::{
    AnySubresource, Api, Applying, Call, Connection, Deleting, InNamespace, Lines, ListCall,
    Patching, Propagation, Reading, Reply, SubresourceApi, Table, TableColumn, TableRow, Writing,
};
pub use api_resource::{ApiResource, ScopeKind};
pub use client::Client;
pub use config::{
    AuthInfo, Cluster as KubeconfigCluster, Config, Context as KubeconfigContext, Kubeconfig,
    NamedAuthInfo, NamedCluster, NamedContext, Source,
};
pub use crd::Schema;
pub use discovery::{
    DiscoveredGroup, DiscoveredResource, DiscoveredSubresource, DiscoveredVersion, Discovery,
    DiscoveryFailure,
};
pub use error::{Error, Result};
#[cfg(feature = "derive")]
pub use kubewright_derive::{Resource, Schema};
pub use list::List;
pub use mapper::RestMapper;
pub use meta::{ListMeta, ObjectMeta, TypeMeta};
pub use names::{
    GroupKind, GroupResource, GroupVersion, GroupVersionKind, GroupVersionResource, NameError,
    ResourceArg,
};
pub use object::{HasMetadata, Object};
pub use partial::{PartialObject, PartialObjectMetadata};
pub use resource::{Cluster, Namespaced, Resource, Scope};
pub use rest::{
    ListOptions, Patch, PatchOf, Query, QueryValue, ResourceVersionMatch, StrategicPatch,
};
pub use selector::{FieldSelector, Selector};
pub use subresource::{Connect, Parameters, Subresource, Text};
pub use unstructured::Unstructured;
pub use warning::Warning;
pub use watch::{Bookmark, FrameError, Watch, WatchCall, WatchDecoder, WatchEvent};
