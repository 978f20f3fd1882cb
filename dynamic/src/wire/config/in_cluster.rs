//! The configuration of a program that runs in a pod.

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::Config;
use super::env::Env;
use super::kubeconfig::{AuthInfo, Cluster};
use super::overrides::Overrides;
use super::problem::ConfigProblem;
use super::resolve::{Chosen, judge};
use crate::model::error::Result;

/// Where the kubelet mounts the service account.
const MOUNT: &str = "var/run/secrets/kubernetes.io/serviceaccount";

/// Reads the environment and the mounted service account
/// ([rule C10](crate::semantics#c10)), as if both were stanzas of a kubeconfig.
pub(super) fn config(env: &Env, overrides: &Overrides) -> Result<Config> {
    let (Some(host), Some(port)) = (
        env.var("KUBERNETES_SERVICE_HOST"),
        env.var("KUBERNETES_SERVICE_PORT"),
    ) else {
        return Err(ConfigProblem::NotInCluster.into());
    };
    let mount = env.root().join(MOUNT);
    let authority = mount.join("ca.crt");
    let chosen = Chosen {
        cluster_name: IN_CLUSTER.to_owned(),
        cluster: Cluster {
            server: Some(format!("https://{}:{port}", bracketed(&host))),
            certificate_authority: holds_certificates(&authority).then_some(authority),
            ..Cluster::default()
        },
        user_name: IN_CLUSTER.to_owned(),
        user: AuthInfo {
            token_file: Some(mount.join("token")),
            ..AuthInfo::default()
        },
    };
    let mut config = judge(chosen, overrides)?;
    let named = overrides.namespace.clone();
    if let Some(namespace) = named.or_else(|| namespace(env)) {
        config.namespace = namespace;
    }
    Ok(config)
}

/// The name of the stanzas in errors.
const IN_CLUSTER: &str = "in-cluster";

/// Whether this program seems to run in a pod with a service account.
pub(super) fn is_possible(env: &Env) -> bool {
    env.var("KUBERNETES_SERVICE_HOST").is_some()
        && env.var("KUBERNETES_SERVICE_PORT").is_some()
        && env.root().join(MOUNT).join("token").is_file()
}

/// An authority that is missing or garbage is not used, and the system's roots are.
fn holds_certificates(path: &Path) -> bool {
    let problem = match std::fs::read(path) {
        Ok(pem) if are_certificates(&pem) => return true,
        Ok(_) => "it is not PEM of certificates".to_owned(),
        Err(error) => error.to_string(),
    };
    tracing::warn!(
        path = %path.display(),
        problem,
        "the authority of the service account cannot be used: the system's roots are"
    );
    false
}

fn are_certificates(pem: &[u8]) -> bool {
    let read: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let is_der = |certificate: &CertificateDer<'_>| certificate.first() == Some(&DER_SEQUENCE);
    read.is_ok_and(|all| !all.is_empty() && all.iter().all(is_der))
}

/// The first byte of every certificate.
const DER_SEQUENCE: u8 = 0x30;

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

#[cfg(test)]
mod tests;
