//! The configuration of a program that runs in a pod.

use std::path::Path;

use secrecy::SecretString;

use super::env::Env;
use super::problem::{ConfigProblem, File};
use super::{Config, Credentials};
use crate::model::error::Result;

/// Where the kubelet mounts the service account.
const MOUNT: &str = "var/run/secrets/kubernetes.io/serviceaccount";

/// Reads the environment and the mounted service account ([rule C10](crate::semantics#c10)).
pub(super) fn config(env: &Env) -> Result<Config> {
    let (Some(host), Some(port)) = (
        env.var("KUBERNETES_SERVICE_HOST"),
        env.var("KUBERNETES_SERVICE_PORT"),
    ) else {
        return Err(ConfigProblem::NotInCluster.into());
    };
    let mount = env.root().join(MOUNT);
    let mut config = Config::new(&format!("https://{}:{port}", bracketed(&host)))?;
    let token_path = mount.join("token");
    let token = read(&token_path)?;
    config.credentials = Credentials::TokenFile {
        path: token_path,
        fallback: Some(SecretString::from(token.trim().to_owned())),
    };
    match std::fs::read(mount.join("ca.crt")) {
        Ok(pem) => config.tls.ca = Some(pem),
        Err(error) => {
            tracing::warn!(%error, "no CA in the service account mount: the system's roots are used");
        }
    }
    if let Some(namespace) = namespace(env) {
        config.namespace = namespace;
    }
    Ok(config)
}

/// The pod's namespace ([rule C9](crate::semantics#c9)), where it is known.
pub(super) fn namespace(env: &Env) -> Option<String> {
    let mounted = || std::fs::read_to_string(env.root().join(MOUNT).join("namespace")).ok();
    let namespace = env.var("POD_NAMESPACE").or_else(mounted)?;
    Some(namespace.trim().to_owned()).filter(|namespace| !namespace.is_empty())
}

fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

fn read(path: &Path) -> Result<String, ConfigProblem> {
    std::fs::read_to_string(path)
        .map_err(|source| ConfigProblem::file(File::ServiceAccountToken, path, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_a_pod_the_error_says_so() {
        let error = config(&Env::of(&[], "/nowhere")).unwrap_err();
        assert!(matches!(error.problem(), Some(ConfigProblem::NotInCluster)));
    }

    #[test]
    fn inside_a_pod_everything_comes_from_the_mount() {
        // Rule C10
        let root = tempfile::tempdir().unwrap();
        let mount = root.path().join(MOUNT);
        std::fs::create_dir_all(&mount).unwrap();
        std::fs::write(mount.join("token"), "t0ken\n").unwrap();
        std::fs::write(mount.join("ca.crt"), "pem").unwrap();
        std::fs::write(mount.join("namespace"), "prod\n").unwrap();
        let vars = [
            ("KUBERNETES_SERVICE_HOST", "fd00::1"),
            ("KUBERNETES_SERVICE_PORT", "443"),
        ];
        let config = config(&Env::of(&vars, root.path())).unwrap();
        assert_eq!(config.server(), "https://[fd00::1]/");
        assert_eq!(config.namespace(), "prod");
        assert!(config.tls.ca.is_some());
        assert!(matches!(config.credentials, Credentials::TokenFile { .. }));
    }

    #[test]
    fn a_token_that_cannot_be_read_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let vars = [
            ("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
            ("KUBERNETES_SERVICE_PORT", "443"),
        ];
        assert!(
            config(&Env::of(&vars, root.path()))
                .unwrap_err()
                .to_string()
                .contains("token")
        );
    }
}
