//! A user of kubewright's types: reads an object of one of 22 kinds and writes it.
//!
//! `types-kubewright KIND < object.json`, or `types-kubewright FILE`, which measures the pods
//! of a file.

use std::process::ExitCode;

use kubewright_generated::{
    apps_v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet},
    autoscaling_v2::HorizontalPodAutoscaler,
    batch_v1::{CronJob, Job},
    core_v1::{
        ConfigMap, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, Secret, Service,
        ServiceAccount,
    },
    networking_v1::{Ingress, NetworkPolicy},
    policy_v1::PodDisruptionBudget,
    rbac_v1::{ClusterRole, Role, RoleBinding},
};

#[cfg(not(feature = "serde_json"))]
use own::{decode, encode};
#[cfg(feature = "serde_json")]
use serde::{decode, encode};

#[global_allocator]
static ALLOCATOR: types_meter::Counted = types_meter::Counted;

types_meter::main!();

/// As kubewright's client reads and writes what it sends.
#[cfg(not(feature = "serde_json"))]
mod own {
    use kubewright::{Object, Resource};

    pub(super) fn decode<T: Object>(text: &str) -> Result<T, String> {
        T::from_json(text).map_err(|error| error.to_string())
    }

    pub(super) fn encode<T: Object + Resource>(object: &T) -> Result<String, String> {
        let resource = T::api_resource();
        object.to_json(&resource).map_err(|error| error.to_string())
    }
}

/// As programs do that know serde alone.
#[cfg(feature = "serde_json")]
mod serde {
    use serde_core::{Serialize, de::DeserializeOwned};

    pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    pub(super) fn encode<T: Serialize>(object: &T) -> Result<String, String> {
        serde_json::to_string(object).map_err(|error| error.to_string())
    }
}
