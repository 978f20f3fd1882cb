//! The policy of credential plugins: which of them may run.

pub(crate) mod problem;

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use self::problem::PolicyProblem;
use super::yaml;
use crate::model::error::Result;

/// Which programs a kubeconfig may run as credential plugins
/// ([rule C23](crate::semantics#c23)). Without a policy it may run any.
///
/// ```
/// use kubewright::PluginPolicy;
///
/// let policy = PluginPolicy::allowlist(["aws", "/opt/bin/cloud-login"])?;
/// // What kubectl reads from ~/.kube/kuberc:
/// let same = PluginPolicy::from_kuberc(
///     "credentialPluginPolicy: Allowlist
/// credentialPluginAllowlist:
/// - command: aws
/// - command: /opt/bin/cloud-login",
/// )?;
/// assert_eq!(policy, same);
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PluginPolicy(Allowed);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Allowed {
    #[default]
    All,
    None,
    Listed(Vec<String>),
}

impl PluginPolicy {
    /// Any program may run.
    pub fn allow_all() -> Self {
        PluginPolicy(Allowed::All)
    }

    /// No program may run: a request that needs one fails.
    pub fn deny_all() -> Self {
        PluginPolicy(Allowed::None)
    }

    /// These programs may run, by their absolute path or by the name that finds them in `PATH`.
    /// A plugin is compared by the path at which it was found.
    ///
    /// # Errors
    /// `is_config()` when the list is empty, or a path in it is relative or holds `.` or `..`.
    pub fn allowlist(entries: impl IntoIterator<Item = impl Into<String>>) -> Result<Self> {
        let entries: Vec<String> = entries.into_iter().map(Into::into).collect();
        if entries.is_empty() {
            return Err(PolicyProblem::EmptyAllowlist.into());
        }
        if let Some(entry) = entries.iter().find(|entry| !is_clean(entry)) {
            let entry = entry.clone();
            return Err(PolicyProblem::UncleanEntry { entry }.into());
        }
        Ok(PluginPolicy(Allowed::Listed(entries)))
    }

    /// The policy in a `kuberc`, the file of preferences of kubectl. Its other keys are ignored.
    ///
    /// # Errors
    /// `is_config()` when the text is not YAML, the policy is unknown, or the list is given
    /// without the policy `Allowlist`; and as [`PluginPolicy::allowlist`].
    pub fn from_kuberc(text: &str) -> Result<Self> {
        let document = yaml::compose(text).map_err(PolicyProblem::NotAKuberc)?;
        let kuberc: Kuberc = yaml::read(&document.root).map_err(PolicyProblem::NotAKuberc)?;
        let entries = kuberc.credential_plugin_allowlist;
        let policy = kuberc.credential_plugin_policy.unwrap_or_default();
        match (policy.as_str(), entries) {
            ("Allowlist", entries) => {
                PluginPolicy::allowlist(entries.into_iter().flatten().map(|entry| entry.command))
            }
            (_, Some(_)) => Err(PolicyProblem::ListWithoutPolicy.into()),
            ("" | "AllowAll", None) => Ok(PluginPolicy::allow_all()),
            ("DenyAll", None) => Ok(PluginPolicy::deny_all()),
            _ => Err(PolicyProblem::UnknownPolicy { policy }.into()),
        }
    }

    /// Whether the program at this path may run; `find` looks a name up in `PATH`.
    pub(crate) fn allows(&self, program: &Path, find: impl Fn(&str) -> Option<PathBuf>) -> bool {
        match &self.0 {
            Allowed::All => true,
            Allowed::None => false,
            Allowed::Listed(entries) => entries.iter().any(|entry| {
                Path::new(entry) == program || find(entry).is_some_and(|found| found == program)
            }),
        }
    }
}

/// The two keys of a kuberc that are of interest here.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Kuberc {
    credential_plugin_policy: Option<String>,
    credential_plugin_allowlist: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    /// Kubernetes 1.35 calls it a name.
    #[serde(alias = "name")]
    command: String,
}

/// A bare name, or an absolute path as it would be written out.
fn is_clean(entry: &str) -> bool {
    let path = Path::new(entry);
    let parts: Vec<_> = path.components().collect();
    let is_name = matches!(parts[..], [Component::Normal(name)] if name == entry);
    let is_plain = |part: &Component<'_>| !matches!(part, Component::ParentDir | Component::CurDir);
    // Written out again, `//` and `/./` are gone.
    let rebuilt: PathBuf = parts.iter().collect();
    is_name
        || path.is_absolute()
            && parts.iter().all(is_plain)
            && rebuilt.as_os_str() == path.as_os_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_path(name: &str) -> Option<PathBuf> {
        (name == "login").then(|| PathBuf::from("/usr/bin/login"))
    }

    #[test]
    fn a_plugin_is_allowed_by_its_path_or_by_the_name_that_finds_it() {
        // Rule C23
        let may = |policy: &PluginPolicy, path: &str| policy.allows(Path::new(path), in_path);
        let named = PluginPolicy::allowlist(["login"]).unwrap();
        assert!(may(&named, "/usr/bin/login"));
        assert!(!may(&named, "/tmp/login"));
        let at = PluginPolicy::allowlist(["/tmp/login"]).unwrap();
        assert!(may(&at, "/tmp/login"));
        assert!(!may(&at, "/usr/bin/login"));
        assert!(may(&PluginPolicy::default(), "/tmp/login"));
        assert!(!may(&PluginPolicy::deny_all(), "/usr/bin/login"));
    }

    #[test]
    fn a_list_is_not_empty_and_its_paths_are_clean() {
        // Rule C23
        assert!(PluginPolicy::allowlist(Vec::<String>::new()).is_err());
        for entry in [
            "", "./a", "../a", "a/b", "/a/../b", "/a//b", "/a/./b", "/a/",
        ] {
            assert!(PluginPolicy::allowlist([entry]).is_err(), "{entry:?}");
        }
    }

    #[test]
    fn a_kuberc_says_which_policy() {
        // Rule C23
        let read = PluginPolicy::from_kuberc;
        for text in ["", "kind: Preference", "credentialPluginPolicy: AllowAll"] {
            assert_eq!(read(text).unwrap(), PluginPolicy::allow_all(), "{text}");
        }
        let denied = read("credentialPluginPolicy: DenyAll\n---\nkind: Other").unwrap();
        assert_eq!(denied, PluginPolicy::deny_all());
        for key in ["name", "command"] {
            let text = format!(
                "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{{{key}: login}}]"
            );
            let listed = PluginPolicy::allowlist(["login"]).unwrap();
            assert_eq!(read(&text).unwrap(), listed);
        }
        for text in [
            "credentialPluginPolicy: Some",
            "credentialPluginPolicy: Allowlist",
            "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: [{command: a}]",
            "credentialPluginAllowlist: []",
            "credentialPluginAllowlist: 3",
        ] {
            assert!(read(text).unwrap_err().is_config(), "{text}");
        }
    }
}
