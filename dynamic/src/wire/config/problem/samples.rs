//! A sample of each message about configurations.

use std::io;
use std::path::PathBuf;

use super::super::yaml::problem::YamlProblem;
use super::{ConfigProblem, ExecProblem, File, Place, Provider, Stanza, Using};
use crate::model::error::samples;

fn kubeconfig() -> PathBuf {
    PathBuf::from("/home/me/.kube/config")
}

fn no_file() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

samples!(Using {
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
    ConfigProblem::ServerWithoutScheme { .. } => [ConfigProblem::ServerWithoutScheme {
        server: "gateway/cluster".to_owned(),
    }],
    ConfigProblem::ServerHoldsUser => [ConfigProblem::ServerHoldsUser],
    ConfigProblem::ProxyOfEnvironment { .. } => [ConfigProblem::ProxyOfEnvironment {
        variable: "HTTPS_PROXY",
        proxy: "ftp://proxy".to_owned(),
    }],
    ConfigProblem::ProxyOfRequest => [ConfigProblem::ProxyOfRequest],
    ConfigProblem::File { .. } => [
        ConfigProblem::file(File::Kubeconfig, &kubeconfig(), no_file()),
        ConfigProblem::file(
            File::CertificateAuthority,
            &PathBuf::from("/etc/ca.crt"),
            no_file(),
        ),
        ConfigProblem::file(
            File::Token,
            &PathBuf::from("/var/run/secrets/kubernetes.io/serviceaccount/token"),
            no_file(),
        ),
    ],
    ConfigProblem::NotAKubeconfig(_) => [
        ConfigProblem::NotAKubeconfig(YamlProblem::TooLarge),
        ConfigProblem::NotAKubeconfig(YamlProblem::TooDeep { line: 4 }),
        ConfigProblem::NotAKubeconfig(YamlProblem::TooMany),
        ConfigProblem::NotAKubeconfig(YamlProblem::Syntax {
            line: 4,
            column: 12,
            what: "mapping values are not allowed in this context".to_owned(),
        }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Key { line: 4 }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Cycle { line: 4 }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Merge { line: 4 }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Binary { line: 4 }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Type {
            key: "users[0].user.token".to_owned(),
            line: 4,
            expected: "a string",
            found: "a number",
        }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Type {
            key: "clusters[0].cluster.insecure-skip-tls-verify".to_owned(),
            line: 4,
            expected: "true or false",
            found: "a string",
        }),
        ConfigProblem::NotAKubeconfig(YamlProblem::Type {
            key: String::new(),
            line: 1,
            expected: "a mapping",
            found: "a string",
        }),
    ],
    ConfigProblem::NotText => [ConfigProblem::NotText],
    ConfigProblem::OtherKind => [ConfigProblem::OtherKind],
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
    ConfigProblem::NoCluster => [ConfigProblem::NoCluster],
    ConfigProblem::At(_) => [
        ConfigProblem::NoServer.at(Place::Stanza {
            what: Stanza::Cluster,
            name: "prod".to_owned(),
            origin: Some(kubeconfig()),
        }),
        ConfigProblem::file(File::Token, &PathBuf::from("/run/token"), no_file()).at(
            Place::Stanza {
                what: Stanza::User,
                name: "admin".to_owned(),
                origin: None,
            },
        ),
        ConfigProblem::NotAKubeconfig(YamlProblem::Type {
            key: "users[0].user.token".to_owned(),
            line: 4,
            expected: "a string",
            found: "a list",
        })
        .at(Place::File(kubeconfig())),
    ],
    ConfigProblem::NoServer => [ConfigProblem::NoServer],
    ConfigProblem::AuthProvider(_) => [
        ConfigProblem::AuthProvider(Provider::Gcp),
        ConfigProblem::AuthProvider(Provider::Azure),
        ConfigProblem::AuthProvider(Provider::Oidc),
        ConfigProblem::AuthProvider(Provider::Openstack),
        ConfigProblem::AuthProvider(Provider::Other("acme".to_owned())),
    ],
    ConfigProblem::ExecWithAuthProvider => [ConfigProblem::ExecWithAuthProvider],
    ConfigProblem::Exec(_) => [
        ConfigProblem::Exec(ExecProblem::NoCommand),
        ConfigProblem::Exec(ExecProblem::NoVersion),
        ConfigProblem::Exec(ExecProblem::UnknownVersion),
        ConfigProblem::Exec(ExecProblem::NoMode),
        ConfigProblem::Exec(ExecProblem::UnknownMode),
        ConfigProblem::Exec(ExecProblem::NamelessVariable(2)),
    ],
    ConfigProblem::ImpersonationWithoutUser => [ConfigProblem::ImpersonationWithoutUser],
    ConfigProblem::ProxyNotUrl { .. } => [ConfigProblem::ProxyNotUrl {
        proxy: "http://[::1".to_owned(),
        source: url::ParseError::InvalidIpv6Address,
    }],
    ConfigProblem::ProxyScheme { .. } => [ConfigProblem::ProxyScheme {
        proxy: "socks4://proxy:1080".to_owned(),
    }],
    ConfigProblem::InsecureWithAuthority => [ConfigProblem::InsecureWithAuthority],
    ConfigProblem::TokenWithUsername => [ConfigProblem::TokenWithUsername],
    ConfigProblem::FileAndData { .. } => [ConfigProblem::FileAndData {
        what: File::ClientCertificate,
    }],
    ConfigProblem::NotBase64 { .. } => [ConfigProblem::NotBase64 {
        what: File::CertificateAuthority,
    }],
    ConfigProblem::PemInsteadOfBase64 { .. } => [ConfigProblem::PemInsteadOfBase64 {
        what: File::CertificateAuthority,
    }],
    ConfigProblem::NotPem { .. } => [ConfigProblem::NotPem {
        what: File::ClientKey,
    }],
    ConfigProblem::TokenNotText { .. } => [ConfigProblem::TokenNotText {
        path: PathBuf::from("/run/token"),
    }],
    ConfigProblem::TokenEmpty { .. } => [ConfigProblem::TokenEmpty {
        path: PathBuf::from("/run/token"),
    }],
    ConfigProblem::CertificateWithoutKey => [ConfigProblem::CertificateWithoutKey],
    ConfigProblem::Write { .. } => [ConfigProblem::Write {
        path: kubeconfig(),
        source: io::Error::from(io::ErrorKind::PermissionDenied),
    }],
    ConfigProblem::Locked { .. } => [ConfigProblem::Locked {
        path: PathBuf::from("/home/me/.kube/config.lock"),
    }],
    ConfigProblem::NoFile => [ConfigProblem::NoFile],
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
