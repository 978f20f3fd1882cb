//! What the API server lets a client do with a kind, as marker traits.
//!
//! A method of `Api<K>` asks for its verb (`list` needs `K: verbs::List`), so that listing
//! a kind that can only be created does not compile. `#[derive(Resource)]` implements all
//! of them, or those of `#[resource(verbs(…))]`; `Unstructured` has all.

use crate::object::Object;

/// The API reads one object by name: verb `get`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `get`",
    label = "this kind has no `get`"
)]
pub trait Get: Object {}

/// The API reads a collection: verb `list`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `list`",
    label = "this kind has no `list`"
)]
pub trait List: Object {}

/// The API follows a collection's changes: verb `watch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `watch`",
    label = "this kind has no `watch`"
)]
pub trait Watch: Object {}

/// The API creates an object: verb `create`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `create`",
    label = "this kind has no `create`"
)]
pub trait Create: Object {}

/// The API replaces an object as a whole (PUT): verb `update`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `update`",
    label = "this kind has no `update`"
)]
pub trait Replace: Object {}

/// The API changes parts of an object: verb `patch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `patch`",
    label = "this kind has no `patch`"
)]
pub trait Patch: Object {}

/// The API deletes one object: verb `delete`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `delete`",
    label = "this kind has no `delete`"
)]
pub trait Delete: Object {}

/// The API deletes what a selector matches: verb `deletecollection`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `deletecollection`",
    label = "this kind has no `deletecollection`"
)]
pub trait DeleteCollection: Object {}

/// The kind has a `/status` subresource.
#[diagnostic::on_unimplemented(message = "`{Self}` has no `/status` subresource")]
pub trait HasStatus: Object {}

/// The kind has a `/scale` subresource.
#[diagnostic::on_unimplemented(message = "`{Self}` has no `/scale` subresource")]
pub trait HasScale: Object {}
