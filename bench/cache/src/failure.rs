//! The error of a command: any error.

/// Whatever a run ends with when it does not succeed.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
