//! The client as a server sees it: the bytes it sends, and what it makes of what comes back.
//!
//! Nothing here knows the API; a TCP server plays a script. The golden exchanges are the
//! `.http` files beside this one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

mod compression;
mod errors;
mod exchange;
mod finalizers;
mod frames;
mod golden;
mod logs;
mod pings;
mod proxies;
mod recorder;
mod refusals;
mod retries;
mod server;
mod streams;
mod tls;
mod tls_server;
mod watches;
