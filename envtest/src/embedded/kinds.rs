//! Facts about built-in kinds that stand in the real server's code and in no document.
//!
//! Discovery has names, verbs and scope. How names are checked, whether there is a generation,
//! whether PUT may create, what DELETE answers: these are decisions in the registry of each kind,
//! kept here as short lists that the conformance suite holds against the real server.

use super::names::Rule;

/// The decisions for one kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Traits {
    pub(crate) name_rule: Rule,
    /// Whether `metadata.generation` counts changes of the desired state.
    pub(crate) generation: bool,
    /// Whether PUT of an absent name creates it.
    pub(crate) create_on_update: bool,
    /// Whether PUT without a resourceVersion replaces whatever is there.
    pub(crate) unconditional_update: bool,
    /// Whether DELETE answers with the object instead of a Status.
    pub(crate) delete_returns_object: bool,
    /// Field selector paths besides name and namespace.
    pub(crate) selectable: Vec<String>,
}

impl Traits {
    /// The decisions for a built-in resource.
    pub(crate) fn of(group: &str, plural: &str) -> Self {
        let resource = if group.is_empty() {
            plural.to_owned()
        } else {
            format!("{plural}.{group}")
        };
        let listed = |list: &[&str]| list.contains(&resource.as_str());
        Self {
            name_rule: name_rule(group, plural),
            generation: listed(WITH_GENERATION),
            create_on_update: listed(CREATED_BY_PUT),
            unconditional_update: !listed(CONDITIONAL_UPDATE),
            delete_returns_object: listed(RETURNED_BY_DELETE),
            selectable: selectable(&resource)
                .iter()
                .map(|path| (*path).to_owned())
                .collect(),
        }
    }

    /// The decisions for every custom resource.
    pub(crate) fn custom() -> Self {
        Self {
            name_rule: Rule::Subdomain,
            generation: true,
            create_on_update: false,
            unconditional_update: false,
            delete_returns_object: false,
            selectable: Vec::new(),
        }
    }
}

fn name_rule(group: &str, plural: &str) -> Rule {
    match (group, plural) {
        ("rbac.authorization.k8s.io", _) => Rule::PathSegment,
        ("", "namespaces") => Rule::Label,
        ("", "services") => Rule::Label1035,
        _ => Rule::Subdomain,
    }
}

const WITH_GENERATION: &[&str] = &[
    "pods",
    "podtemplates",
    "replicationcontrollers",
    "deployments.apps",
    "replicasets.apps",
    "statefulsets.apps",
    "daemonsets.apps",
    "jobs.batch",
    "cronjobs.batch",
    "horizontalpodautoscalers.autoscaling",
    "ingresses.networking.k8s.io",
    "ingressclasses.networking.k8s.io",
    "networkpolicies.networking.k8s.io",
    "poddisruptionbudgets.policy",
    "endpointslices.discovery.k8s.io",
    "priorityclasses.scheduling.k8s.io",
    "flowschemas.flowcontrol.apiserver.k8s.io",
    "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
    "validatingadmissionpolicies.admissionregistration.k8s.io",
    "validatingadmissionpolicybindings.admissionregistration.k8s.io",
    "customresourcedefinitions.apiextensions.k8s.io",
    "deviceclasses.resource.k8s.io",
    "resourceslices.resource.k8s.io",
];

const CREATED_BY_PUT: &[&str] = &[
    "endpoints",
    "events",
    "events.events.k8s.io",
    "limitranges",
    "services",
    "leases.coordination.k8s.io",
    "roles.rbac.authorization.k8s.io",
    "rolebindings.rbac.authorization.k8s.io",
    "clusterroles.rbac.authorization.k8s.io",
    "clusterrolebindings.rbac.authorization.k8s.io",
];

const CONDITIONAL_UPDATE: &[&str] = &[
    "leases.coordination.k8s.io",
    "poddisruptionbudgets.policy",
    "ingressclasses.networking.k8s.io",
    "runtimeclasses.node.k8s.io",
    "volumeattachments.storage.k8s.io",
    "customresourcedefinitions.apiextensions.k8s.io",
    "apiservices.apiregistration.k8s.io",
    "flowschemas.flowcontrol.apiserver.k8s.io",
    "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
    "validatingadmissionpolicies.admissionregistration.k8s.io",
    "validatingadmissionpolicybindings.admissionregistration.k8s.io",
];

const RETURNED_BY_DELETE: &[&str] = &[
    "persistentvolumeclaims",
    "persistentvolumes",
    "pods",
    "podtemplates",
    "resourcequotas",
    "serviceaccounts",
    "services",
    "deviceclasses.resource.k8s.io",
    "resourceclaims.resource.k8s.io",
    "resourceclaimtemplates.resource.k8s.io",
    "resourceslices.resource.k8s.io",
    "csidrivers.storage.k8s.io",
    "csinodes.storage.k8s.io",
    "storageclasses.storage.k8s.io",
    "volumeattachments.storage.k8s.io",
    "volumeattributesclasses.storage.k8s.io",
];

fn selectable(resource: &str) -> &'static [&'static str] {
    match resource {
        "pods" => &[
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.podIPs",
            "status.nominatedNodeName",
        ],
        "nodes" => &["spec.unschedulable"],
        "namespaces" => &["status.phase"],
        "secrets" => &["type"],
        "services" => &["spec.clusterIP", "spec.type"],
        "replicationcontrollers" | "replicasets.apps" => &["status.replicas"],
        "jobs.batch" => &["status.successful"],
        "certificatesigningrequests.certificates.k8s.io" => &["spec.signerName"],
        "events" => &[
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type",
        ],
        _ => &[],
    }
}
