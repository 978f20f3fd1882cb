//! The settings for running credential plugins.

use std::time::Duration;

use super::PluginPolicy;

/// Enough for a person to log in with a browser.
const DEADLINE: Duration = Duration::from_secs(300);

/// What a program decides about the plugins of its kubeconfig.
#[derive(Clone, Debug)]
pub(crate) struct PluginOptions {
    pub(crate) policy: PluginPolicy,
    pub(crate) deadline: Duration,
    /// Whether a plugin may read standard input.
    pub(crate) stdin: bool,
}

impl Default for PluginOptions {
    fn default() -> Self {
        PluginOptions {
            policy: PluginPolicy::allow_all(),
            deadline: DEADLINE,
            stdin: true,
        }
    }
}
