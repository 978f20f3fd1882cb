//! The folder of one control plane: what the servers read, and where they write.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Error;
use super::pki::Pki;
use super::users::{User, token_file};

/// A socket's address holds a hundred bytes or so, less on some systems.
const SOCKET_PATH: usize = 100;

/// Where etcd listens to clients.
pub(super) const ETCD_SOCKET: &str = "etcd.sock";
/// The files that kube-apiserver reads again when they change.
pub(super) const CLIENT_AUTHORITY: &str = "ca.crt";
pub(super) const SERVING_CERTIFICATE: &str = "serving.crt";
pub(super) const SERVING_KEY: &str = "serving.key";

/// A folder that only we can enter, removed when dropped.
pub(super) struct State {
    folder: TempDir,
}

impl State {
    /// Writes everything that the servers want to find.
    pub(super) fn create(pki: &Pki, users: &[User]) -> Result<Self, Error> {
        let folder = private_folder().map_err(Error::at("create a temporary folder"))?;
        let state = Self { folder };
        state.check_sockets()?;
        state.write(CLIENT_AUTHORITY, &pki.ca_cert)?;
        state.write(SERVING_CERTIFICATE, pki.serving.certificate_pem())?;
        state.write(SERVING_KEY, pki.serving.key_pem())?;
        state.write("service-account.key", &pki.service_account_key)?;
        state.write("service-account.pub", &pki.service_account_public_key)?;
        state.write("tokens.csv", &token_file(users))?;
        Ok(state)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file that only we can read.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<PathBuf, Error> {
        let path = self.path(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(Error::at(format!("write {}", path.display())))?;
        Ok(path)
    }

    /// etcd listens on sockets in this folder rather than on ports: no other user of the
    /// machine can reach them, and nobody else can have taken them.
    pub(super) fn etcd_flags(&self) -> Vec<OsString> {
        let (clients, peers) = (self.socket(ETCD_SOCKET), self.socket("peer.sock"));
        vec![
            flag("--data-dir=", self.path("etcd")),
            // A test's data need not survive a power cut.
            "--unsafe-no-fsync".into(),
            "--log-level=warn".into(),
            flag("--listen-client-urls=", &clients),
            flag("--advertise-client-urls=", &clients),
            flag("--listen-peer-urls=", &peers),
            flag("--initial-advertise-peer-urls=", &peers),
            flag("--initial-cluster=default=", &peers),
        ]
    }

    pub(super) fn kube_apiserver_flags(&self, port: u16) -> Vec<OsString> {
        vec![
            flag("--etcd-servers=", self.socket(ETCD_SOCKET)),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={port}").into(),
            // Without these it looks for the address of a network, which a sandbox lacks.
            "--advertise-address=127.0.0.1".into(),
            "--endpoint-reconciler-type=none".into(),
            flag("--tls-cert-file=", self.path(SERVING_CERTIFICATE)),
            flag("--tls-private-key-file=", self.path(SERVING_KEY)),
            flag("--client-ca-file=", self.path(CLIENT_AUTHORITY)),
            flag("--token-auth-file=", self.path("tokens.csv")),
            "--authorization-mode=RBAC".into(),
            "--service-account-issuer=https://kubernetes.default.svc".into(),
            flag(
                "--service-account-key-file=",
                self.path("service-account.pub"),
            ),
            flag(
                "--service-account-signing-key-file=",
                self.path("service-account.key"),
            ),
            "--service-cluster-ip-range=10.0.0.0/24".into(),
            // It refuses pods until a controller made their service account; there is none.
            "--disable-admission-plugins=ServiceAccount".into(),
            "--allow-privileged=true".into(),
            "--profiling=false".into(),
        ]
    }

    fn socket(&self, name: &str) -> OsString {
        flag("unix://", self.path(name))
    }

    fn check_sockets(&self) -> Result<(), Error> {
        let longest = self.path("peer.sock");
        if longest.as_os_str().len() <= SOCKET_PATH {
            return Ok(());
        }
        Err(Error::failed(format!(
            "{} is too long for the path of a socket: set TMPDIR to a shorter folder",
            longest.display()
        )))
    }
}

fn private_folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("kubewright-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

fn flag(name: &str, value: impl Into<OsString>) -> OsString {
    let mut flag = OsString::from(name);
    flag.push(value.into());
    flag
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::State;
    use crate::control_plane::pki::Pki;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn other_users_cannot_read_it() {
        let state = State::create(&Pki::generate().unwrap(), &[]).unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(state.folder().to_owned()), 0o700);
        for file in ["serving.key", "service-account.key", "tokens.csv"] {
            assert_eq!(mode(state.path(file)), 0o600, "{file}");
        }
    }
}
