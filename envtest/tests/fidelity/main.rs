//! No kind loses anything between JSON and its generated type.
//!
//! The objects are of two sorts: made up from the schemas of the committed specification,
//! and stored by the real kube-apiserver. Each is read into its type and written again, and
//! must then say the same, to the last number. The tables by which types are read are held
//! against serde_json on all of them, and on what harm makes of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is how a test fails, and what is left out is said"
)]

#[path = "../../../fuzz/tables.rs"]
mod fuzzed;
mod kinds;
mod made_up;
mod stock;
mod stored;
mod two_ways;
