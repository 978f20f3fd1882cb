//! Structs as constant tables of fields, read by one interpreter.
//!
//! A Kubernetes API has hundreds of structs with thousands of fields. Code for each of them,
//! derived or written, costs the compiler of the types and of every program that uses them.
//! Here a struct is plain data and one constant: [`record!`] lists its fields, and
//! reading, writing, cloning, comparing and showing are done by code that exists once and
//! walks the lists. Serde's traits are there as well, generic over the format alone.
//!
//! ```
//! use kubewright_table::{Map, from_json, record, to_json};
//!
//! pub struct Port { pub number: i32, pub name: Option<String> }
//! pub struct Service { pub labels: Map<String>, pub ports: Vec<Port>, pub main: Option<Box<Port>> }
//! record! { Port { "number" number, "name" name } }
//! record! { Service { "labels" labels, "ports" ports, "main" main } }
//!
//! let text = r#"{"labels":{"app":"web"},"ports":[{"number":80}]}"#;
//! let service: Service = from_json(text)?;
//! assert_eq!(service.ports[0].number, 80);
//! assert_eq!(to_json(&service), text);
//! assert_eq!(service, service.clone());
//!
//! let error = from_json::<Service>(r#"{"ports":[{"number":"x"}]}"#).unwrap_err();
//! assert_eq!(error.to_string(), "ports[0].number: expected a number, found a string at byte 20");
//! # Ok::<(), kubewright_table::Error>(())
//! ```
//!
//! Reading is lenient: an absent field and `null` are the type's empty value, unknown fields
//! are skipped or kept ([`record!`] says how), of equal keys the last counts. Writing leaves
//! out what is absent.
//!
//! The features `schemars` and `arbitrary` give each of these types `schemars::JsonSchema`, of
//! what is written, and `arbitrary::Arbitrary`, of values that survive JSON.
//!
//! All unsafe blocks are in `place`, which turns a table and a pointer into references. The macros
//! promise with `unsafe impl` that their tables are right; `docs/soundness.md` in the repository says
//! why they are, whatever a caller gives them.

mod compare;
mod datum;
mod empty;
mod error;
mod extra;
mod features;
mod form;
mod json;
mod leaf;
mod macros;
mod map;
mod nullable;
mod place;
#[doc(hidden)]
pub mod scan;
mod serial;
mod shared;
mod show;

pub use datum::{Datum, LeafError};
pub use empty::Empty;
pub use error::Error;
pub use form::Form;
pub use json::{from_json, from_json_front, to_json, to_json_headed};
pub use leaf::{AnyLeaf, Leaf, OpenEnum};
pub use map::{Entry, IntoIter, Iter, Map};
pub use nullable::Nullable;
pub use place::either::Either;
pub use shared::share;

/// Items that the macros use; not for people.
#[doc(hidden)]
pub mod abi {
    // What expansions name of others: a path of the caller's may lead to anything.
    pub use ::{core, std};
    pub use core::primitive::{bool, str};
    pub use core::{mem::offset_of, stringify};

    pub use crate::compare::{clone, equal};
    pub use crate::place::shape::{
        Desc, Field, Flags, Kind, MustNotImplementDrop, Optional, Record, Shape,
    };
    pub use crate::serial::{deserialize, serialize};
    pub use crate::show::debug;
    pub use serde;

    #[cfg(feature = "arbitrary")]
    pub use crate::features::arbitrary::make_up;
    #[cfg(feature = "schemars")]
    pub use crate::features::schema::{schema, schema_of_record};
    #[cfg(feature = "arbitrary")]
    pub use arbitrary;
    #[cfg(feature = "schemars")]
    pub use schemars;
}
