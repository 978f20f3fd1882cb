//! The pages of the repository whose code is compiled as doc tests.
//!
//! The programs beside this file are the examples: `cargo run -p kubewright-examples --example
//! sites`. This library is empty but for the doc tests.

/// README.md: the tour compiles here, where both the library and the generated types are known.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The snippets for people who come from another client.
#[cfg(doctest)]
#[doc = include_str!("../../docs/moving.md")]
struct Moving;
