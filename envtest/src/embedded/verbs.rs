//! The verbs of the API as functions on the [`Cluster`](super::cluster::Cluster).

mod apply;
mod create;
mod delete;
mod patch;
mod read;
mod review;
mod scale;
mod subresource;
mod update;
mod watch;

pub(crate) use watch::{Event, EventKind, Watcher};
