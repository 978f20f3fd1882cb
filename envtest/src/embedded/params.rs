//! Query parameters: what a request says beside its path.
//!
//! Each struct is one family of the API's options, read and checked here, so that the verbs see
//! only combinations that make sense.

mod delete;
mod list;
mod query;
mod write;

pub(crate) use delete::{DeleteParams, Preconditions, Propagation};
pub(crate) use list::{Continue, ListParams, Match, WatchParams};
pub(crate) use query::Query;
pub(crate) use write::{FieldValidation, WriteParams};
