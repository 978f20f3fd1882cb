//! A sample of each message about configurations.

use std::io;
use std::path::PathBuf;

use super::{ConfigProblem, File, Stanza, Unsupported, Using};
use crate::model::error::samples;

fn kubeconfig() -> PathBuf {
    PathBuf::from("/home/me/.kube/config")
}

fn no_file() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

samples!(Using {
    Using::Kubeconfig(_) => [Using::Kubeconfig(kubeconfig())],
    Using::Context(_) => [Using::Context("prod".to_owned())],
});

samples!(ConfigProblem {
    ConfigProblem::ServerNotUrl { .. } => [ConfigProblem::ServerNotUrl {
        server: "http://[::1".to_owned(),
        source: url::ParseError::InvalidIpv6Address,
    }],
    ConfigProblem::ServerNotHttp { .. } => [ConfigProblem::ServerNotHttp {
        server: "ftp://k".to_owned(),
    }],
    ConfigProblem::ServerHoldsUser => [ConfigProblem::ServerHoldsUser],
    ConfigProblem::File { .. } => [
        ConfigProblem::file(File::Kubeconfig, &kubeconfig(), no_file()),
        ConfigProblem::file(
            File::CertificateAuthority,
            &PathBuf::from("/etc/ca.crt"),
            no_file(),
        ),
        ConfigProblem::file(
            File::ServiceAccountToken,
            &PathBuf::from("/var/run/secrets/kubernetes.io/serviceaccount/token"),
            no_file(),
        ),
    ],
    ConfigProblem::NotAKubeconfig { .. } => [ConfigProblem::NotAKubeconfig {
        line: 4,
        column: 12,
    }],
    ConfigProblem::NotYaml => [ConfigProblem::NotYaml],
    ConfigProblem::Twice { .. } => [ConfigProblem::Twice {
        what: Stanza::User,
        name: "admin".to_owned(),
    }],
    ConfigProblem::NoCurrentContext => [ConfigProblem::NoCurrentContext],
    ConfigProblem::NoContext { .. } => [ConfigProblem::NoContext {
        name: "prod".to_owned(),
        known: vec!["dev".to_owned(), "test".to_owned()],
    }],
    ConfigProblem::NoKubeconfig { .. } => [ConfigProblem::NoKubeconfig {
        name: "prod".to_owned(),
    }],
    ConfigProblem::NoStanza { .. } => [
        ConfigProblem::NoStanza {
            what: Stanza::Cluster,
            name: "prod".to_owned(),
        },
        ConfigProblem::NoStanza {
            what: Stanza::Context,
            name: "prod".to_owned(),
        },
    ],
    ConfigProblem::NoServer => [ConfigProblem::NoServer],
    ConfigProblem::Unsupported(_) => [
        ConfigProblem::Unsupported(Unsupported::Exec),
        ConfigProblem::Unsupported(Unsupported::AuthProvider),
        ConfigProblem::Unsupported(Unsupported::Impersonation),
        ConfigProblem::Unsupported(Unsupported::Proxy),
    ],
    ConfigProblem::InsecureWithAuthority => [ConfigProblem::InsecureWithAuthority],
    ConfigProblem::TokenWithUsername => [ConfigProblem::TokenWithUsername],
    ConfigProblem::FileAndData { .. } => [ConfigProblem::FileAndData {
        what: File::ClientCertificate,
    }],
    ConfigProblem::NotBase64 { .. } => [ConfigProblem::NotBase64 {
        what: File::CertificateAuthority,
    }],
    ConfigProblem::NotPem { .. } => [ConfigProblem::NotPem {
        what: File::ClientKey,
    }],
    ConfigProblem::TokenNotText { .. } => [ConfigProblem::TokenNotText {
        path: PathBuf::from("/run/token"),
    }],
    ConfigProblem::CertificateWithoutKey => [ConfigProblem::CertificateWithoutKey],
    ConfigProblem::KeyWithoutCertificate => [ConfigProblem::KeyWithoutCertificate],
    ConfigProblem::Several(_) => [ConfigProblem::Several(vec![
        ConfigProblem::file(File::Token, &PathBuf::from("/run/token"), no_file()),
        ConfigProblem::NoServer,
    ])],
    ConfigProblem::NotInCluster => [ConfigProblem::NotInCluster],
    ConfigProblem::Nothing { .. } => [
        ConfigProblem::Nothing {
            files: vec![kubeconfig()],
            source: ConfigProblem::NotInCluster.into(),
        },
        ConfigProblem::Nothing {
            files: Vec::new(),
            source: ConfigProblem::NotInCluster.into(),
        },
    ],
});
