//! What a spec says wrongly, or cannot say, set right after lowering.
//!
//! Each fixup names the definition it is about and tells its story. One whose definition is
//! in the model but whose fields are not is an error, so that none outlives its reason.

use crate::Error;
use crate::ir::{Body, Model};

/// Values that grant access and must not be printed. The spec does not mark them.
const SENSITIVE: &[(&str, &[&str])] = &[
    ("io.k8s.api.core.v1.Secret", &["data", "stringData"]),
    (
        "io.k8s.api.authentication.v1.TokenRequestStatus",
        &["token"],
    ),
    ("io.k8s.api.authentication.v1.TokenReviewSpec", &["token"]),
];

/// Query parameters that are lists in Go. Specifications call every parameter single.
const REPEATED: &[(&str, &str)] = &[("exec", "command"), ("portforward", "ports")];

/// Whether a parameter of a subresource may be given more than once.
pub(crate) fn is_repeated(subresource: &str, parameter: &str) -> bool {
    REPEATED.contains(&(subresource, parameter))
}

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
        format!("the fixup of `{definition}` finds no field `{wire}`: it is out of date"),
    )
}
