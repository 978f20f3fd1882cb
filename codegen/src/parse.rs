//! Bytes to documents.
//!
//! A document arrives as JSON or YAML in one of five shapes, told apart by content: Swagger
//! 2.0, one OpenAPI v3 document, an object of such documents by path, the index of a server's
//! `/openapi/v3` (refused, since it holds no schema), or a CustomResourceDefinition. The `openapiv3` crate reads none of
//! Swagger 2.0, `type` lists and Kubernetes' extensions, so the model of a schema is our own
//! and tolerant: what it does not know it ignores, and what it knows it checks, pointing at
//! the place. This stage judges spelling, not meaning: a `$ref` is followed in [`lower`](crate::lower).

mod custom;
mod document;
mod json;
mod limits;
mod node;
mod operation;
mod parameter;
mod schema;
mod text;

pub(crate) use custom::{Declared, definition_name as custom_name};
pub(crate) use document::{Document, Documents, Format, documents};
pub(crate) use json::Json;
pub(crate) use limits::Limits;
pub(crate) use node::{Node, escape};
pub(crate) use operation::{Method, Operation};
pub(crate) use parameter::{Holds, Parameter};
pub(crate) use schema::{Additional, GroupVersionKind, Reference, Schema, SchemaType};
