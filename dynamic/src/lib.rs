//! A Kubernetes client for Rust that needs no compiled types, and is better with them.
//!
//! Everything hangs on one handle, [`Api<K>`]: with [`Unstructured`] it reaches any
//! resource of any cluster, with a struct that derives [`Resource`] it is typed.
#![doc(html_root_url = "https://docs.rs/kubewright-dynamic")]

// The derive names this crate by its public path, also from inside.
extern crate self as kubewright_dynamic;

#[doc(hidden)]
pub mod codegen;
pub mod meta;
mod object;
mod resource;
pub mod verbs;

pub use kubewright_derive::Resource;
pub use meta::{ListMeta, ObjectMeta, TypeMeta};
pub use object::{HasMetadata, Object};
pub use resource::{ApiResource, Cluster, Namespaced, Resource, Scope, ScopeKind};
