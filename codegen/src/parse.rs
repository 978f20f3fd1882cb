//! Reads specs into documents.
//!
//! A document arrives as JSON or YAML in one of five shapes, recognised by its content: Swagger
//! 2.0, one OpenAPI v3 document, an object of such documents by path, the index of a server's
//! `/openapi/v3` (refused, since it holds no schema), or a CustomResourceDefinition. It may also
//! arrive as an `openapiv3::OpenAPI`, which is written as JSON first and read like any other.
//!
//! # Why text is not read through the `openapiv3` crate
//!
//! Swagger 2.0 and the schemas of CustomResourceDefinitions need a model of a schema in any
//! case ([`Schema`]), and OpenAPI v3 is the same model spelled differently. Reading v3 text
//! through the crate as well would lose what this generator needs:
//!
//! - It refuses a document where OpenAPI asks for a member that generation does not use, such as
//!   the `description` of a response. The one in `envtest/facts` has none, on purpose.
//! - It knows OpenAPI 3.0 alone; a list in `type`, as in 3.1, fails.
//! - Of two equal keys it keeps the last, and it drops what stands beside a `$ref`.
//! - A limit of a `number`, or of an integer with a `pattern`, becomes a float.
//! - Its errors name no place; ours name the JSON pointer.
//!
//! For the documents of Kubernetes both readings agree: the crate keeps `x-kubernetes-…` members as
//! extensions. `tests/openapiv3.rs` reads every v3 document there is both ways, and compares the
//! trees and the code generated from them.
//!
//! This stage is tolerant: what it does not know it ignores, and what it knows it checks, naming
//! the place. It judges spelling, not meaning; [`lower`](crate::lower) follows a `$ref`.

mod custom;
mod declared;
mod document;
mod documents;
mod json;
mod limits;
mod node;
mod operation;
mod parameter;
mod schema;
mod text;
mod tree;

pub(crate) use custom::definition_name as custom_name;
pub(crate) use declared::{Declared, KnownAs};
pub(crate) use document::{Document, Format};
pub(crate) use documents::{Documents, documents};
pub(crate) use json::Json;
pub(crate) use limits::Limits;
pub(crate) use node::{Node, escape};
pub(crate) use operation::{Method, Operation};
pub(crate) use parameter::{Holds, Parameter};
pub(crate) use schema::{Additional, GroupVersionKind, Reference, Schema, SchemaType};
