//! The errors of discovery.

use std::fmt;

use super::DiscoveryFailure;
use crate::model::error::{Activity, ErrorKind, Listed, Problem, samples};

/// Why a part of what a cluster serves is not known.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiscoveryProblem {
    #[error("part of discovery failed: {}", Listed(.failures, "; "))]
    Partial { failures: Vec<DiscoveryFailure> },
    #[error("the API behind it does not answer")]
    Stale,
    #[error("the server was not asked for it")]
    NotAsked,
}

impl Problem for DiscoveryProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            DiscoveryProblem::Partial { .. } | DiscoveryProblem::Stale => ErrorKind::Partial,
            DiscoveryProblem::NotAsked => ErrorKind::Decode,
        }
    }
}

/// Reading an answer of discovery.
#[derive(Debug)]
pub(crate) enum OfDiscovery {
    Aggregated,
    /// `/api` or `/apis`.
    Index(&'static str),
}

impl Activity for OfDiscovery {}

impl fmt::Display for OfDiscovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfDiscovery::Aggregated => f.write_str("aggregated discovery"),
            OfDiscovery::Index(path) => write!(f, "discovery of {path}"),
        }
    }
}

samples!(OfDiscovery {
    OfDiscovery::Aggregated => [OfDiscovery::Aggregated],
    OfDiscovery::Index(_) => [OfDiscovery::Index("/apis")],
});

samples!(DiscoveryProblem {
    DiscoveryProblem::Partial { .. } => [DiscoveryProblem::Partial {
        failures: vec![DiscoveryFailure {
            group_version: crate::model::names::GroupVersion::new("metrics.k8s.io", "v1beta1"),
            error: DiscoveryProblem::Stale.into(),
        }],
    }],
    DiscoveryProblem::Stale => [DiscoveryProblem::Stale],
    DiscoveryProblem::NotAsked => [DiscoveryProblem::NotAsked],
});
