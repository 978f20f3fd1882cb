//! The subject of a request: verb, resource and name, as errors say it.

use std::borrow::Cow;
use std::fmt;

use crate::model::error::{Activity, samples};

/// The subject of a request, which begins the message of its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) verb: &'static str,
    pub(crate) group: Cow<'static, str>,
    pub(crate) resource: Cow<'static, str>,
    pub(crate) name: String,
}

impl Asked {
    /// A request that is about no resource.
    pub(crate) fn path(verb: &'static str, path: &str) -> Self {
        Asked {
            verb,
            group: "".into(),
            resource: path.to_owned().into(),
            name: String::new(),
        }
    }
}

impl Activity for Asked {}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)?;
        if !self.group.is_empty() {
            write!(f, ".{}", self.group)?;
        }
        if !self.name.is_empty() {
            write!(f, " `{}`", self.name)?;
        }
        Ok(())
    }
}

samples!(Asked {
    Asked { .. } => [
        Asked {
            verb: "get",
            group: "apps".into(),
            resource: "deployments".into(),
            name: "web".to_owned(),
        },
        Asked::path("get", "/version"),
    ],
});
