//! Types of custom resources at work: the generator's golden output for definitions with
//! every odd construct, on the real kube-apiserver that the definitions are installed on.
//!
//! An object of each kind is created through its type and read back; its type then loses
//! nothing of what the server stored, and the server finds nothing new in what the type
//! writes. `cargo xtask corpus --live` does the same with the definitions of real projects.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is how a test fails, and what is left out is said"
)]
#![allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    unused_qualifications,
    dead_code,
    unexpected_cfgs,
    reason = "generated code expects to be a crate of its own"
)]

include!("../../../codegen/tests/cases/custom_resources/output.rs");
include!("../../../codegen/tests/cases/defaults/output.rs");
include!("../../../codegen/tests/cases/exact_values/output.rs");
include!("../../../codegen/tests/cases/nullability/output.rs");
include!("../../../codegen/tests/cases/odd_constructs/output.rs");
include!("../../../codegen/tests/cases/shared_shapes/output.rs");
include!("../../../codegen/tests/cases/structural/output.rs");

mod proof;
