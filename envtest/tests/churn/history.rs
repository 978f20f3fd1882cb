//! The history of changes, and its end.

use kubewright_envtest::{ControlPlane, Embedded};

/// Who remembers, and can be made to forget.
#[derive(Clone, Copy)]
pub(crate) enum History<'a> {
    Etcd(&'a ControlPlane),
    Embedded(&'a Embedded),
}

impl History<'_> {
    pub(crate) async fn forget(self) {
        match self {
            History::Etcd(server) => drop(server.compact().await.unwrap()),
            History::Embedded(server) => server.compact(),
        }
    }
}
