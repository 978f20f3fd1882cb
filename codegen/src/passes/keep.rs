//! Adds the field that keeps unknown properties, if the options ask for it.
//!
//! A program that reads an object, changes it and writes it back as a whole drops each field
//! that its types do not know: the server takes that as a wish. With a map for the rest in
//! every struct nothing is dropped, at the price of that map. Structs with secrets go without:
//! what they do not know may be secret, and would be shown by `Debug`.
//!
//! Runs after shapes were compared, which the map would make different from core types.

use crate::ir::{Body, Model, Struct, Ty};

pub(super) fn run(model: &mut Model) {
    if !model.keep_unknown {
        return;
    }
    for definition in model.types.values_mut() {
        if let Body::Struct(body) = &mut definition.body
            && !has_secrets(body)
        {
            body.rest.get_or_insert(Ty::Json);
        }
    }
}

fn has_secrets(body: &Struct) -> bool {
    body.fields.iter().any(|field| field.sensitive)
}
