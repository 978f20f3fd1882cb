//! Service accounts in a folder that stands for a pod.

use std::fs;

use tempfile::TempDir;

use super::super::Credentials;
use super::*;

const VARS: [(&str, &str); 2] = [
    ("KUBERNETES_SERVICE_HOST", "fd00::1"),
    ("KUBERNETES_SERVICE_PORT", "443"),
];
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

/// A root with a service account.
fn pod(ca: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let mount = root.path().join(MOUNT);
    fs::create_dir_all(&mount).unwrap();
    fs::write(mount.join("token"), "t0ken\n").unwrap();
    fs::write(mount.join("ca.crt"), ca).unwrap();
    fs::write(mount.join("namespace"), "prod\n").unwrap();
    root
}

#[test]
fn outside_a_pod_the_error_says_so() {
    let error = config(&Env::of(&[], "/nowhere"), &Overrides::new()).unwrap_err();
    assert!(matches!(error.problem(), Some(ConfigProblem::NotInCluster)));
}

#[test]
fn inside_a_pod_everything_comes_from_the_mount() {
    // Rule C10
    let root = pod(CERTIFICATE);
    let config = config(&Env::of(&VARS, root.path()), &Overrides::new()).unwrap();
    assert_eq!(config.server(), "https://[fd00::1]/");
    assert_eq!(config.namespace(), "prod");
    assert_eq!(config.tls.ca.as_deref(), Some(CERTIFICATE.as_bytes()));
    assert_eq!(
        config.tls.ca_file,
        Some(root.path().join(MOUNT).join("ca.crt"))
    );
    assert!(matches!(config.credentials, Credentials::TokenFile { .. }));
}

#[test]
fn an_authority_that_is_garbage_is_not_used() {
    // Rule C10
    for garbage in [
        "",
        "garbage",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n",
    ] {
        let root = pod(garbage);
        let config = config(&Env::of(&VARS, root.path()), &Overrides::new()).unwrap();
        assert!(config.tls.ca.is_none(), "{garbage}");
        assert!(config.tls.ca_file.is_none(), "{garbage}");
    }
}

#[test]
fn the_namespace_of_the_environment_wins_over_the_mounted_one() {
    // Rule C9
    let root = pod(CERTIFICATE);
    let vars = [VARS[0], VARS[1], ("POD_NAMESPACE", "web")];
    let env = Env::of(&vars, root.path());
    let namespace_with = |overrides: &Overrides| {
        let config = config(&env, overrides).unwrap();
        config.namespace().to_owned()
    };
    assert_eq!(namespace_with(&Overrides::new()), "web");
    assert_eq!(namespace_with(&Overrides::new().namespace("own")), "own");
}

#[test]
fn overrides_replace_what_the_pod_says() {
    // Rule C5
    let root = pod(CERTIFICATE);
    let overrides = Overrides::new()
        .server("https://elsewhere")
        .impersonate("robot");
    let config = config(&Env::of(&VARS, root.path()), &overrides).unwrap();
    assert_eq!(config.server(), "https://elsewhere/");
    assert_eq!(config.impersonation.unwrap().user, "robot");
}

#[test]
fn a_token_that_cannot_be_read_is_an_error() {
    let root = tempfile::tempdir().unwrap();
    let error = config(&Env::of(&VARS, root.path()), &Overrides::new()).unwrap_err();
    assert!(error.to_string().contains("token"), "{error}");
}
