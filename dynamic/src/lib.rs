//! A Kubernetes client for Rust that needs no compiled types, and is better with them.
//!
//! Everything hangs on one handle, [`Api<K>`]: with [`Unstructured`] it reaches any
//! resource of any cluster, with a struct that derives [`Resource`] it is typed. Verbs,
//! watch and discovery are the same for both.
//!
//! ```no_run
//! use kubewright::{Client, ListOptions, Patch};
//! use serde_json::json;
//!
//! # async fn doc() -> kubewright::Result<()> {
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
//! | distinguish errors | [`Error`], with questions such as [`Error::is_not_found`] |
//! | define a kind of one's own | [`Resource`](derive@Resource), [`Schema`](derive@Schema), [`crd`] |
//! | keep objects in memory and react to changes | [`cache`]: informers, listers, handlers |
//! | reconcile | [`controller`], with [`workqueue`] below it and [`events`] beside it |
//!
//! # Features
//!
//! A program that only talks to a server turns the default features off and compiles neither
//! caches nor controllers nor definitions.
//!
//! - `cache` (default): informers, listers and stores, in [`cache`].
//! - `controller` (default): [`controller`], [`workqueue`] and [`events`]; brings `cache`.
//! - `derive` (default): `#[derive(Resource)]` and `#[derive(Schema)]`; brings `crd`.
//! - `crd`: definitions of custom resources without a procedural macro, in [`crd`].
//! - `ring` (default), `aws-lc-rs`, `fips`: the cryptography of TLS. The provider that a program
//!   gives or installs comes first ([`Config::with_crypto_provider`]), then aws-lc-rs if it is
//!   compiled in, then ring.
//! - `schemars`: `schemars::JsonSchema` (1.x) for the types of [`meta`] and all generated ones,
//!   to embed them in types that derive it. A definition is named as the type; what is not
//!   JSON Schema is written as Kubernetes does (`x-kubernetes-int-or-string`). It has no texts.
//! - `arbitrary`: `arbitrary::Arbitrary` (1.x) for the same: values that survive JSON, no
//!   larger than the data they are made of.

// The derive names this crate by its public path, also from inside.
extern crate self as kubewright;

// The wings, each of which looks only to those before it.
#[cfg(feature = "cache")]
pub mod cache;
mod client;
#[cfg(feature = "controller")]
pub mod controller;
#[cfg(feature = "crd")]
pub mod crd;
#[cfg(all(test, feature = "controller", feature = "crd"))]
mod messages;
mod model;
mod wire;

#[doc(hidden)]
pub mod codegen;

/// The rules that this library follows, which its documentation links to.
#[doc = include_str!("../docs/semantics.md")]
pub mod semantics {}

pub use client::Client;
pub use client::api::{
    AnySubresource, Api, Applying, Call, Connection, Deleting, FieldValidation, InNamespace, Lines,
    ListCall, Patching, Propagation, Reading, Reply, SubresourceApi, Table, TableColumn, TableRow,
    Writing,
};
pub use client::watch::{Bookmark, FrameError, Watch, WatchCall, WatchDecoder, WatchEvent};
#[cfg(feature = "controller")]
pub use controller::{events, workqueue};
#[cfg(feature = "crd")]
pub use crd::Schema;
#[cfg(feature = "derive")]
pub use kubewright_derive::{Resource, Schema};
pub use model::api_resource::{ApiResource, ScopeKind};
pub use model::error::{Error, Result};
pub use model::list::List;
pub use model::meta::{ListMeta, ObjectMeta, TypeMeta};
pub use model::names::{
    GroupKind, GroupResource, GroupVersion, GroupVersionKind, GroupVersionResource, NameError,
    ResourceArg,
};
pub use model::object::{HasMetadata, Object};
pub use model::partial::{PartialObject, PartialObjectMetadata};
pub use model::resource::{Cluster, Namespaced, Resource, Scope};
pub use model::selector::{FieldSelector, Selector};
pub use model::subresource::{AnyLog, Connect, HasLog, LogOptions, Parameters, Subresource, Text};
pub use model::unstructured::Unstructured;
pub use model::{meta, selector, verbs};
/// The version of rustls whose providers [`Config::with_crypto_provider`] takes.
pub use rustls;
pub use wire::config::{
    AuthInfo, AuthProviderConfig, Cluster as KubeconfigCluster, Config,
    Context as KubeconfigContext, ExecConfig, ExecEnvVar, Impersonation, Kubeconfig,
    KubeconfigFiles, NamedAuthInfo, NamedCluster, NamedContext, NamedExtension, OtherKeys,
    Overrides, PluginPolicy, Source,
};
pub use wire::credential::{Credential, CredentialProvider, ProviderError};
pub use wire::discovery::{
    DiscoveredGroup, DiscoveredResource, DiscoveredSubresource, DiscoveredVersion, Discovery,
    DiscoveryFailure,
};
pub use wire::mapper::RestMapper;
pub use wire::rest::{
    ListOptions, Patch, PatchOf, Query, QueryValue, ResourceVersionMatch, StrategicPatch,
};
pub use wire::warning::Warning;
