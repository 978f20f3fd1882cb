//! Waiting for caches: `synced` and `synced_within`, wherever they are offered.

use std::time::Duration;

use super::problem::{CacheProblem, Missing};
use crate::model::error::Result;

/// Waits until caches are filled, but not longer than a limit.
///
/// `filled` resolves to `true` when all of them are, and to `false` as soon as one will never
/// be. What is missing is asked for then: a cache may have been filled at the last moment.
pub(crate) async fn wait(
    filled: impl Future<Output = bool>,
    limit: Option<Duration>,
    missing: impl FnOnce() -> Vec<Missing>,
) -> Result<()> {
    let filled = match limit {
        Some(limit) => tokio::time::timeout(limit, filled).await.map_err(|_| limit),
        None => Ok(filled.await),
    };
    let missing = match filled {
        Ok(true) => return Ok(()),
        _ => missing(),
    };
    match filled {
        _ if missing.is_empty() => Ok(()),
        Err(limit) => Err(CacheProblem::NotFilledInTime { limit, missing }.into()),
        Ok(_) => Err(CacheProblem::NeverFilled { missing }.into()),
    }
}
