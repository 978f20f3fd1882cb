//! Keys of a stanza that belong to other programs, or to those of the future.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Data of another program, under its name.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct NamedExtension {
    /// The name, by which the program finds its data.
    pub name: String,
    /// The data.
    pub extension: Value,
}

/// The keys of a stanza that are not known here. `Debug` shows no value: it may be a secret.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct OtherKeys(pub Map<String, Value>);

impl fmt::Debug for OtherKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl fmt::Debug for NamedExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedExtension")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
