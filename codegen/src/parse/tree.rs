//! The JSON trees of a spec, from its text or from a value of the `openapiv3` crate.

use serde::Deserialize as _;

use super::{Json, text};
use crate::spec::Content;
use crate::{Error, Spec};

/// The documents of a spec, each with the name that errors call it by.
pub(super) fn of(spec: &Spec) -> Result<Vec<(String, Json)>, Error> {
    match spec.content() {
        Content::Text(bytes) => text::trees(spec.name(), bytes),
        Content::OpenApi(document) => {
            let tree = serde_json::to_value(document).and_then(Json::deserialize);
            let tree = tree.map_err(|error| {
                let message = format!("this document cannot be written as JSON: {error}");
                Error::new(spec.name(), "", message)
            })?;
            Ok(vec![(spec.name().to_owned(), tree)])
        }
    }
}
