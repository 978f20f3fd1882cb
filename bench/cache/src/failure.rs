//! Any error, as a command ends with it.

/// Whatever a run ends with when it does not succeed.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
