//! The errors of looking up a name.

use crate::model::error::{ErrorKind, Listed, Problem, samples};
use crate::model::names::{GroupVersion, GroupVersionKind};

/// Why a name leads to no resource.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MapperProblem {
    #[error("the cluster does not serve the kind {kind}")]
    NoKind { kind: GroupVersionKind },
    #[error("the cluster has no resource `{name}`{}{}", hint(.near), gaps(.unknown))]
    NoResource {
        name: String,
        /// Names that may be meant.
        near: Vec<String>,
        /// The group-versions that could not be discovered.
        unknown: Vec<GroupVersion>,
    },
    #[error("`{name}` could be any of: {}; add the group", Listed(.candidates, ", "))]
    Ambiguous {
        name: String,
        candidates: Vec<String>,
    },
}

impl Problem for MapperProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            MapperProblem::NoKind { .. } | MapperProblem::NoResource { .. } => ErrorKind::NoMatch,
            MapperProblem::Ambiguous { .. } => ErrorKind::Ambiguous,
        }
    }
}

fn hint(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; did you mean {}?", Listed(near, ", ")),
    }
}

fn gaps(unknown: &[GroupVersion]) -> String {
    match unknown {
        [] => String::new(),
        unknown => format!(" (discovery failed for {})", Listed(unknown, ", ")),
    }
}

samples!(MapperProblem {
    MapperProblem::NoKind { .. } => [MapperProblem::NoKind {
        kind: GroupVersionKind::new("example.com", "v1", "Widget"),
    }],
    MapperProblem::NoResource { .. } => [
        MapperProblem::NoResource {
            name: "deplyments".to_owned(),
            near: vec!["deployments.apps".to_owned()],
            unknown: Vec::new(),
        },
        MapperProblem::NoResource {
            name: "widgets".to_owned(),
            near: Vec::new(),
            unknown: vec![GroupVersion::new("metrics.k8s.io", "v1beta1")],
        },
    ],
    MapperProblem::Ambiguous { .. } => [MapperProblem::Ambiguous {
        name: "gadgets".to_owned(),
        candidates: vec![
            "gadgets.a.example.com".to_owned(),
            "gadgets.b.example.com".to_owned(),
        ],
    }],
});
