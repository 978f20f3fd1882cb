//! The way to a server: configuration, credentials, connections, requests, discovery.
//!
//! This wing turns values into HTTP exchanges. It knows no handle and no verb's method; the
//! client on top of it gives these to a user.

pub(crate) mod config;
pub(crate) mod credential;
pub(crate) mod discovery;
pub(crate) mod mapper;
pub(crate) mod rest;
pub(crate) mod transport;
pub(crate) mod warning;
