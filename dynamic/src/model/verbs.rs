//! The verbs that the API server offers for a kind, as marker traits.
//!
//! A method of `Api<K>` asks for its verb (`list` needs `K: verbs::List`), so that listing
//! a kind that can only be created does not compile. `#[derive(Resource)]` implements all
//! of them, or those of `#[resource(verbs(…))]`; `Unstructured` has all.
//!
//! Three crates list the verbs as an enum of their own, because none of them may know another: the
//! derive by the names of its attribute, the generator by what a document offers, the embedded
//! server by what a request asks, which is coarser.

use crate::model::meta::{ObjectMeta, Scale, ScaleSpec};
use crate::model::object::Object;

/// The API reads one object by name: verb `get`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `get`",
    label = "this kind has no `get`"
)]
pub trait Get {}

/// The API reads a collection: verb `list`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `list`",
    label = "this kind has no `list`"
)]
pub trait List {}

/// The API follows a collection's changes: verb `watch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `watch`",
    label = "this kind has no `watch`"
)]
pub trait Watch {}

/// The API creates an object: verb `create`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `create`",
    label = "this kind has no `create`"
)]
pub trait Create {}

/// The API replaces an object as a whole (PUT): verb `update`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `update`",
    label = "this kind has no `update`"
)]
pub trait Replace {}

/// The API changes parts of an object: verb `patch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `patch`",
    label = "this kind has no `patch`"
)]
pub trait Patch {}

/// A patch of the kind may be a strategic merge: the server knows the merge keys of its
/// lists. Built-in kinds have it, custom resources never.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no strategic merge patch",
    label = "only built-in kinds do",
    note = "use `Patch::merge`, `Patch::json` or `Api::apply`"
)]
pub trait StrategicPatch {}

/// The API deletes one object: verb `delete`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `delete`",
    label = "this kind has no `delete`"
)]
pub trait Delete {}

/// The API deletes what a selector matches: verb `deletecollection`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used here: its API has no verb `deletecollection`",
    label = "this kind has no `deletecollection`"
)]
pub trait DeleteCollection {}

/// The kind has a `/status` subresource.
#[diagnostic::on_unimplemented(message = "`{Self}` has no `/status` subresource")]
pub trait HasStatus: Object {}

/// The kind has a `/scale` subresource.
#[diagnostic::on_unimplemented(message = "`{Self}` has no `/scale` subresource")]
pub trait HasScale: Object {
    /// The scale that asks for `replicas` of this object, to be sent by
    /// `Api::replace_scale`. It holds no resourceVersion: the last writer wins.
    fn scale_to(&self, replicas: i32) -> Scale {
        Scale {
            metadata: ObjectMeta {
                name: Some(self.name().to_owned()),
                namespace: self.namespace().map(str::to_owned),
                ..ObjectMeta::default()
            },
            spec: ScaleSpec {
                replicas: Some(replicas),
            }
            .into(),
            ..Scale::default()
        }
    }
}

// The server is the judge of what an untyped object may do.
impl Get for crate::Unstructured {}
impl List for crate::Unstructured {}
impl Watch for crate::Unstructured {}
impl Create for crate::Unstructured {}
impl Replace for crate::Unstructured {}
impl Patch for crate::Unstructured {}
impl StrategicPatch for crate::Unstructured {}
impl Delete for crate::Unstructured {}
impl DeleteCollection for crate::Unstructured {}
impl HasStatus for crate::Unstructured {}
impl HasScale for crate::Unstructured {}
