//! Every kind of `kubewright-generated`, as what turns its JSON into itself.

use std::fmt::Debug;

use kubewright::codegen::table::{self, abi::Record};
use kubewright::meta::Scale;
use kubewright::{ApiResource, Error, Object as _, Resource};
use kubewright_samples::Way;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One kind, its type forgotten.
pub(crate) struct Kind {
    pub(crate) resource: ApiResource,
    /// Reads an object and writes it again.
    pub(crate) rewrite: fn(&str) -> Result<String, Error>,
    /// Holds the table of the type against serde_json: whether the text was taken.
    pub(crate) agree: fn(&str) -> Result<bool, String>,
}

impl Kind {
    fn of<K: Resource + Record + Serialize + DeserializeOwned + PartialEq + Debug>() -> Self {
        Self {
            resource: K::api_resource(),
            rewrite: |text| K::from_json(text)?.to_json(&K::api_resource()),
            agree: |text| way::<K>().agree(text),
        }
    }
}

/// The body of a subresource: a kind with an address only below others.
fn scale() -> Kind {
    Kind {
        resource: scale_resource(),
        rewrite: |text| Scale::from_json(text)?.to_json(&scale_resource()),
        agree: |text| way::<Scale>().agree(text),
    }
}

/// The way of a table.
fn way<T: Record>() -> Way<T> {
    Way {
        read: |text| table::from_json(text).map_err(|error| error.to_string()),
        write: table::to_json,
    }
}

fn scale_resource() -> ApiResource {
    ApiResource::new("autoscaling", "v1", "Scale", "scale")
}

macro_rules! kinds {
    ($($module:ident: $($kind:ident),*;)*) => {
        pub(crate) fn all() -> Vec<Kind> {
            vec![
                scale(),
                $($(Kind::of::<kubewright_generated::$module::$kind>(),)*)*
            ]
        }
    };
}

kinds! {
    admissionregistration_v1: MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, MutatingWebhookConfiguration, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, ValidatingWebhookConfiguration;
    apiextensions_v1: CustomResourceDefinition;
    apiregistration_v1: APIService;
    apps_v1: ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet;
    authentication_v1: SelfSubjectReview, TokenRequest, TokenReview;
    authorization_v1: LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview, SubjectAccessReview;
    autoscaling_v1: HorizontalPodAutoscaler;
    autoscaling_v2: HorizontalPodAutoscaler;
    batch_v1: CronJob, Job;
    certificates_v1: CertificateSigningRequest, ClusterTrustBundle, PodCertificateRequest;
    coordination_v1: Lease;
    core_v1: Binding, ComponentStatus, ConfigMap, Endpoints, Event, LimitRange, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, PodTemplate, ReplicationController, ResourceQuota, Secret, Service, ServiceAccount;
    discovery_v1: EndpointSlice;
    events_v1: Event;
    flowcontrol_v1: FlowSchema, PriorityLevelConfiguration;
    networking_v1: IPAddress, Ingress, IngressClass, NetworkPolicy, ServiceCIDR;
    node_v1: RuntimeClass;
    policy_v1: Eviction, PodDisruptionBudget;
    rbac_v1: ClusterRole, ClusterRoleBinding, Role, RoleBinding;
    resource_v1: DeviceClass, DeviceTaintRule, ResourceClaim, ResourceClaimTemplate, ResourceSlice;
    scheduling_v1: PriorityClass;
    storage_v1: CSIDriver, CSINode, CSIStorageCapacity, StorageClass, VolumeAttachment, VolumeAttributesClass;
    storagemigration_v1: StorageVersionMigration;
}
