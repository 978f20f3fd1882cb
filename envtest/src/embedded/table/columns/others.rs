//! The columns of the kinds outside of core, apps and batch.

use serde_json::Value;

use super::super::{Column, list, number, text, text_or, workloads};
use super::{Make, age, created_at, integer, name, string, typed, wide};
use crate::embedded::object::{self, Object};

/// The columns of a kind, in order.
pub(super) fn columns(group: &str, plural: &str) -> Vec<Column> {
    match (group, plural) {
        ("coordination.k8s.io", "leases") => {
            vec![
                name(),
                string("Holder", |o, _| text(o, ".spec.holderIdentity").into()),
                age(),
            ]
        }
        ("rbac.authorization.k8s.io", "roles" | "clusterroles") => vec![name(), created_at()],
        ("rbac.authorization.k8s.io", "rolebindings" | "clusterrolebindings") => vec![
            name(),
            string("Role", |o, _| {
                format!("{}/{}", text(o, ".roleRef.kind"), text(o, ".roleRef.name")).into()
            }),
            age(),
            wide("Users", |o, _| subjects(o, "User")),
            wide("Groups", |o, _| subjects(o, "Group")),
            wide("ServiceAccounts", |o, _| subjects(o, "ServiceAccount")),
        ],
        ("apiextensions.k8s.io", "customresourcedefinitions") => definitions(),
        ("autoscaling", "horizontalpodautoscalers") => autoscalers(),
        ("storage.k8s.io", "storageclasses") => vec![
            name(),
            string("Provisioner", |o, _| text(o, ".provisioner").into()),
            string("ReclaimPolicy", |o, _| text(o, ".reclaimPolicy").into()),
            string("VolumeBindingMode", |o, _| {
                text(o, ".volumeBindingMode").into()
            }),
            string("AllowVolumeExpansion", |o, _| {
                (text(o, ".allowVolumeExpansion") == "true").into()
            }),
            age(),
        ],
        ("scheduling.k8s.io", "priorityclasses") => vec![
            name(),
            integer("Value", |o, _| number(o, ".value").into()),
            typed("Global-Default", "boolean", |o, _| {
                (text(o, ".globalDefault") == "true").into()
            }),
            age(),
            string("PreemptionPolicy", |o, _| {
                text(o, ".preemptionPolicy").into()
            }),
        ],
        ("policy", "poddisruptionbudgets") => vec![
            name(),
            string("Min Available", |o, _| {
                text_or(o, ".spec.minAvailable", "N/A").into()
            }),
            string("Max Unavailable", |o, _| {
                text_or(o, ".spec.maxUnavailable", "N/A").into()
            }),
            integer("Allowed Disruptions", |o, _| {
                number(o, ".status.disruptionsAllowed").into()
            }),
            age(),
        ],
        ("networking.k8s.io", _) => networking(plural),
        _ => vec![name(), age()],
    }
}

fn autoscalers() -> Vec<Column> {
    vec![
        name(),
        string("Reference", |o, _| {
            format!(
                "{}/{}",
                text(o, ".spec.scaleTargetRef.kind"),
                text(o, ".spec.scaleTargetRef.name")
            )
            .into()
        }),
        string("Targets", |_, _| "<none>".into()),
        string("MinPods", |o, _| {
            text_or(o, ".spec.minReplicas", "<unset>").into()
        }),
        string("MaxPods", |o, _| number(o, ".spec.maxReplicas").into()),
        string("Replicas", |o, _| {
            number(o, ".status.currentReplicas").into()
        }),
        age(),
    ]
}

fn networking(plural: &str) -> Vec<Column> {
    let hosts: Make = |o, _| {
        let hosts: Vec<_> = list(o, ".spec.rules")
            .filter_map(|rule| rule["host"].as_str())
            .collect();
        if hosts.is_empty() {
            "*".into()
        } else {
            hosts.join(",").into()
        }
    };
    let ports: Make = |o, _| {
        if list(o, ".spec.tls").next().is_some() {
            "80, 443"
        } else {
            "80"
        }
        .into()
    };
    let address: Make = |o, _| {
        let given = list(o, ".status.loadBalancer.ingress");
        let given =
            given.filter_map(|ingress| ingress["ip"].as_str().or(ingress["hostname"].as_str()));
        given.collect::<Vec<_>>().join(",").into()
    };
    match plural {
        "ingresses" => vec![
            name(),
            string("Class", |o, _| {
                text_or(o, ".spec.ingressClassName", "<none>").into()
            }),
            string("Hosts", hosts),
            string("Address", address),
            string("Ports", ports),
            age(),
        ],
        "networkpolicies" => vec![
            name(),
            string("Pod-Selector", |o, _| {
                workloads::pairs(object::at_path(o, ".spec.podSelector.matchLabels"))
            }),
            age(),
        ],
        "ingressclasses" => vec![
            name(),
            string("Controller", |o, _| text(o, ".spec.controller").into()),
            string("Parameters", |o, _| {
                text_or(o, ".spec.parameters.name", "<none>").into()
            }),
            age(),
        ],
        _ => vec![name(), age()],
    }
}

fn definitions() -> Vec<Column> {
    let versions: Make = |o, _| {
        let served = list(o, ".spec.versions").filter(|version| version["served"] == true);
        served
            .filter_map(|version| version["name"].as_str())
            .collect::<Vec<_>>()
            .join(",")
            .into()
    };
    let short_names: Make = |o, _| {
        list(o, ".spec.names.shortNames")
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(",")
            .into()
    };
    let established: Make = |o, _| crate::embedded::crd::is_established(o).into();
    vec![
        name(),
        string("Scope", |o, _| text(o, ".spec.scope").into()),
        string("Versions", versions),
        created_at(),
        wide("Group", |o, _| text(o, ".spec.group").into()),
        wide("Kind", |o, _| text(o, ".spec.names.kind").into()),
        wide("ShortNames", short_names),
        Column {
            priority: 1,
            ..typed("Established", "boolean", established)
        },
    ]
}

fn subjects(binding: &Object, kind: &str) -> Value {
    let own = list(binding, ".subjects").filter(|subject| subject["kind"] == kind);
    let names = own.filter_map(|subject| {
        let name = subject["name"].as_str()?;
        Some(
            subject["namespace"]
                .as_str()
                .map_or(name.to_owned(), |namespace| format!("{namespace}/{name}")),
        )
    });
    names.collect::<Vec<_>>().join(", ").into()
}
