//! The pages of the repository whose code is compiled, and mostly run, as doc tests.
//!
//! The programs beside this file are the examples: `cargo run -p kubewright-examples --example
//! custom_resource`. This library is empty but for the doc tests.

/// Tests the code of a page.
macro_rules! page {
    ($name:ident, $path:literal) => {
        #[cfg(doctest)]
        #[doc = include_str!(concat!("../../", $path))]
        struct $name;
    };
}

page!(Readme, "README.md");
page!(Codegen, "codegen/README.md");
page!(Derive, "derive/README.md");
page!(Dynamic, "dynamic/README.md");
page!(Table, "dynamic/table/README.md");
page!(Envtest, "envtest/README.md");
page!(Generated, "generated/README.md");
page!(Cli, "xtask/cli/README.md");
page!(Moving, "docs/moving.md");
page!(Introduction, "docs/guide/introduction.md");
page!(FirstConnection, "docs/guide/first-connection.md");
page!(Configuration, "docs/guide/configuration.md");
page!(Credentials, "docs/guide/credentials.md");
page!(AnyResource, "docs/guide/any-resource.md");
page!(Types, "docs/guide/types.md");
page!(OwnKind, "docs/guide/own-kind.md");
page!(Caches, "docs/guide/caches.md");
page!(Reconciling, "docs/guide/reconciling.md");
page!(Controller, "docs/guide/controller.md");
page!(Deploying, "docs/guide/deploying.md");
page!(Testing, "docs/guide/testing.md");
page!(Errors, "docs/guide/errors.md");
page!(Performance, "docs/guide/performance.md");
page!(Security, "docs/guide/security.md");
page!(Faq, "docs/guide/faq.md");
page!(Style, "docs/style.md");
page!(Decisions, "docs/decisions.md");
