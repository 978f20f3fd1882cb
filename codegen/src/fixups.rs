//! Corrections of what specifications get wrong or cannot say. A *fixup* is a table or a rule about a
//! quirk of theirs, as opposed to what OpenAPI means; all of them are here.
//!
//! - Secrets, which no specification marks: here, set on the model right after lowering. One whose
//!   definition is in the model but whose fields are not is an error, so that none outlives its
//!   reason.
//! - [`operations`]: words, parameters and verbs of paths.
//! - [`schemas`]: how Go's types show in schemas.
//! - [`prose`]: facts that stand in descriptions alone.
//!
//! Two kinds of tables are elsewhere, because they mend nothing: which definitions are types of
//! the runtime (`lower/known`, and by their fields `passes/recognise/catalogue`), and which words
//! of English name a type badly (`passes/share`, `passes/names/types`, `naming`).

use crate::Error;
use crate::ir::{Body, Model};

mod operations;
mod prose;
mod schemas;

pub(crate) use operations::{imply_watch, is_proxy, is_repeated, is_useless, subresource_name};
pub(crate) use prose::{described_values, is_deprecated, without_values};
pub(crate) use schemas::{documented_default, is_core, is_null_when_zero, is_quantity};

/// Values that grant access and must not be printed. The spec does not mark them.
const SENSITIVE: &[(&str, &[&str])] = &[
    ("io.k8s.api.core.v1.Secret", &["data", "stringData"]),
    (
        "io.k8s.api.authentication.v1.TokenRequestStatus",
        &["token"],
    ),
    ("io.k8s.api.authentication.v1.TokenReviewSpec", &["token"]),
];

/// Mends the model.
///
/// # Errors
/// When a table names a field that its definition does not have.
pub(crate) fn apply(model: &mut Model) -> Result<(), Error> {
    for (definition, fields) in SENSITIVE {
        for field in *fields {
            mark_sensitive(model, definition, field)?;
        }
    }
    Ok(())
}

fn mark_sensitive(model: &mut Model, definition: &str, wire: &str) -> Result<(), Error> {
    let Some(found) = model.types.get_mut(definition) else {
        return Ok(());
    };
    let Body::Struct(body) = &mut found.body else {
        return Err(stale(definition, wire));
    };
    let field = body.fields.iter_mut().find(|field| field.wire == wire);
    field.ok_or_else(|| stale(definition, wire))?.sensitive = true;
    Ok(())
}

fn stale(definition: &str, wire: &str) -> Error {
    Error::new(
        "",
        "",
        format!("the fixup of `{definition}` is out of date: the field `{wire}` does not exist"),
    )
}
