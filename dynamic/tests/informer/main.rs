//! Informers over the wire: a server with a small collection in it and faults on top, and
//! caches that must come out equal to it (rules P1 to P3, P5, P7).
//!
//! Waits after failures are some milliseconds here; nothing else differs from production.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

mod checked;
mod collection;
mod controllers;
mod endings;
mod factories;
mod handlers;
#[allow(dead_code, reason = "shared with the tests of the client")]
#[path = "../wire/server.rs"]
mod http;
mod joining;
mod lasting;
mod metered;
#[allow(dead_code, reason = "shared with the driver's own tests")]
mod model;
mod outages;
mod random;
mod replay;
mod seeds;
mod server;
mod transforms;
mod wakeups;
