//! The golden outputs as code: they compile, and read and write JSON as they should.
//!
//! Modules have different names in every case, so that they can stand side by side at the
//! root of one crate, where generated paths (`crate::…`) expect them.
#![allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    dead_code,
    unexpected_cfgs
)]

include!("cases/aliases/output.rs");
include!("cases/collections/output.rs");
include!("cases/collisions/output.rs");
include!("cases/described_enums/output.rs");
include!("cases/docs/output.rs");
include!("cases/field_names/output.rs");
include!("cases/inline_objects/output.rs");
include!("cases/int_or_string/output.rs");
include!("cases/open_enums/output.rs");
include!("cases/presence/output.rs");
include!("cases/recursion/output.rs");
include!("cases/resources/output.rs");
include!("cases/scalars/output.rs");
include!("cases/schema_or/output.rs");
include!("cases/sensitive/output.rs");
include!("cases/shared_enums/output.rs");
include!("cases/two_groups/output.rs");
include!("cases/unknown_fields/output.rs");
include!("cases/without_actions/output.rs");
