//! A user of k8s-openapi: reads an object of one of 22 kinds and writes it.
//!
//! `types-k8s-openapi KIND < object.json`, or `types-k8s-openapi FILE`, which measures the
//! pods of a file.

use std::process::ExitCode;

use k8s_openapi::api::{
    apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet},
    autoscaling::v2::HorizontalPodAutoscaler,
    batch::v1::{CronJob, Job},
    core::v1::{
        ConfigMap, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, Secret, Service,
        ServiceAccount,
    },
    networking::v1::{Ingress, NetworkPolicy},
    policy::v1::PodDisruptionBudget,
    rbac::v1::{ClusterRole, Role, RoleBinding},
};
use k8s_openapi::serde::{Serialize, de::DeserializeOwned};

#[global_allocator]
static ALLOCATOR: types_meter::Counted = types_meter::Counted;

types_meter::main!();

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn encode<T: Serialize>(object: &T) -> Result<String, String> {
    serde_json::to_string(object).map_err(|error| error.to_string())
}
