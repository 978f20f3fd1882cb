//! The subject of a measurement: a cache of pods with subscribers, by either client.

pub(crate) mod kube_rs;
pub(crate) mod kubewright;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

pub(crate) use self::kubewright::Kubewright;

/// The programs that can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Name {
    KubewrightDynamic,
    KubewrightCut,
    KubewrightMetadata,
    KubewrightTyped,
    KubeRsDynamic,
    KubeRsCut,
    KubeRsMetadata,
    KubeRsTyped,
}

impl Name {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Name::KubewrightDynamic => "kubewright dynamic",
            Name::KubewrightCut => "kubewright dynamic, managedFields cut",
            Name::KubewrightMetadata => "kubewright metadata",
            Name::KubewrightTyped => "kubewright typed",
            Name::KubeRsCut => "kube-rs dynamic, managedFields cut",
            Name::KubeRsDynamic => "kube-rs dynamic",
            Name::KubeRsMetadata => "kube-rs metadata",
            Name::KubeRsTyped => "kube-rs typed",
        }
    }

    /// kube-rs shares the stores of typed objects only.
    pub(crate) fn has_many_subscribers(self) -> bool {
        matches!(
            self,
            Name::KubewrightDynamic | Name::KubewrightTyped | Name::KubeRsTyped
        )
    }

    pub(crate) fn is_ours(self) -> bool {
        self.title().starts_with("kubewright")
    }

    pub(crate) fn is_typed(self) -> bool {
        matches!(self, Name::KubewrightTyped | Name::KubeRsTyped)
    }

    pub(crate) fn is_dynamic(self) -> bool {
        matches!(self, Name::KubewrightDynamic | Name::KubeRsDynamic)
    }
}

/// A running cache.
pub(crate) trait Subject: Clone + Send + Sync + 'static {
    type Object: Send + Sync + 'static;

    /// Waits until what was there at the start is in the cache.
    async fn synced(&self);
    fn all(&self) -> Vec<Arc<Self::Object>>;
    fn get(&self, namespace: &str, name: &str) -> Option<Arc<Self::Object>>;
    fn in_namespace(&self, namespace: &str) -> Vec<Arc<Self::Object>>;
    fn key(object: &Self::Object) -> (String, String);
    fn version(object: &Self::Object) -> &str;
}

/// What subscribers got, all together.
#[derive(Default)]
pub(crate) struct Counts {
    initial: AtomicU64,
    changes: AtomicU64,
}

impl Counts {
    pub(crate) fn initial(&self) -> u64 {
        self.initial.load(Ordering::Relaxed)
    }

    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    fn count(&self, is_initial: bool) {
        let counter = if is_initial {
            &self.initial
        } else {
            &self.changes
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}
