//! The columns of the built-in kinds.

mod others;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::object::{self, Object};
use super::{Cell, Column, duration, list, number, text, text_or, workloads};

type Make = fn(&Object, Timestamp) -> Value;

/// The columns of a kind, in order.
pub(super) fn builtin(group: &str, plural: &str) -> Vec<Column> {
    match (group, plural) {
        ("", "pods") => vec![
            name(),
            string("Ready", workloads::ready_containers),
            string("Status", workloads::pod_status),
            string("Restarts", workloads::restarts),
            age(),
            wide("IP", |o, _| text_or(o, ".status.podIP", "<none>").into()),
            wide("Node", |o, _| text_or(o, ".spec.nodeName", "<none>").into()),
            wide("Nominated Node", |o, _| {
                text_or(o, ".status.nominatedNodeName", "<none>").into()
            }),
            wide("Readiness Gates", |_, _| "<none>".into()),
        ],
        ("apps", "deployments") => with_containers(vec![
            name(),
            string("Ready", workloads::ready_replicas),
            string("Up-to-date", |o, _| {
                number(o, ".status.updatedReplicas").into()
            }),
            string("Available", |o, _| {
                number(o, ".status.availableReplicas").into()
            }),
            age(),
        ]),
        ("apps", "replicasets") | ("", "replicationcontrollers") => with_containers(vec![
            name(),
            integer("Desired", |o, _| number(o, ".spec.replicas").into()),
            integer("Current", |o, _| number(o, ".status.replicas").into()),
            integer("Ready", |o, _| number(o, ".status.readyReplicas").into()),
            age(),
        ]),
        ("apps", "statefulsets") => {
            let mut columns = with_containers(vec![
                name(),
                string("Ready", workloads::ready_replicas),
                age(),
            ]);
            columns.pop();
            columns
        }
        ("apps", "daemonsets") => with_containers(daemon_sets()),
        ("batch", "jobs") => with_containers(vec![
            name(),
            string("Status", workloads::job_status),
            string("Completions", workloads::job_completions),
            string("Duration", workloads::job_duration),
            age(),
        ]),
        ("batch", "cronjobs") => with_containers(cron_jobs()),
        ("", _) => core(plural),
        _ => others::columns(group, plural),
    }
}

fn daemon_sets() -> Vec<Column> {
    vec![
        name(),
        integer("Desired", |o, _| {
            number(o, ".status.desiredNumberScheduled").into()
        }),
        integer("Current", |o, _| {
            number(o, ".status.currentNumberScheduled").into()
        }),
        integer("Ready", |o, _| number(o, ".status.numberReady").into()),
        integer("Up-to-date", |o, _| {
            number(o, ".status.updatedNumberScheduled").into()
        }),
        integer("Available", |o, _| {
            number(o, ".status.numberAvailable").into()
        }),
        string("Node Selector", |o, _| {
            workloads::pairs(object::at_path(o, ".spec.template.spec.nodeSelector"))
        }),
        age(),
    ]
}

fn cron_jobs() -> Vec<Column> {
    vec![
        name(),
        string("Schedule", |o, _| text(o, ".spec.schedule").into()),
        string("Timezone", |o, _| {
            text_or(o, ".spec.timeZone", "<none>").into()
        }),
        typed("Suspend", "boolean", |o, _| {
            if text(o, ".spec.suspend") == "true" {
                "True"
            } else {
                "False"
            }
            .into()
        }),
        integer("Active", |o, _| list(o, ".status.active").count().into()),
        string("Last Schedule", |o, now| {
            match text(o, ".status.lastScheduleTime") {
                moment if moment.is_empty() => "<none>".into(),
                moment => duration::since(&moment, now).into(),
            }
        }),
        age(),
    ]
}

fn core(plural: &str) -> Vec<Column> {
    match plural {
        "services" => vec![
            name(),
            string("Type", |o, _| text(o, ".spec.type").into()),
            string("Cluster-IP", |o, _| {
                text_or(o, ".spec.clusterIP", "<none>").into()
            }),
            string("External-IP", workloads::external_addresses),
            string("Port(s)", workloads::service_ports),
            age(),
            wide("Selector", workloads::selector),
        ],
        "configmaps" => vec![name(), string("Data", entries), age()],
        "secrets" => vec![
            name(),
            string("Type", |o, _| text(o, ".type").into()),
            string("Data", entries),
            age(),
        ],
        "namespaces" => vec![
            name(),
            string("Status", |o, _| text(o, ".status.phase").into()),
            age(),
        ],
        "nodes" => nodes(),
        "events" => events(),
        "persistentvolumeclaims" => volume_claims(),
        "persistentvolumes" => volumes(),
        "limitranges" => vec![name(), created_at()],
        _ => vec![name(), age()],
    }
}

fn volume_claims() -> Vec<Column> {
    vec![
        name(),
        string("Status", |o, _| text(o, ".status.phase").into()),
        string("Volume", |o, _| text(o, ".spec.volumeName").into()),
        string("Capacity", |o, _| {
            text(o, ".status.capacity.storage").into()
        }),
        string("Access Modes", |o, _| {
            access_modes(o, ".status.accessModes")
        }),
        string("StorageClass", |o, _| {
            text(o, ".spec.storageClassName").into()
        }),
        string("VolumeAttributesClass", |o, _| {
            text_or(o, ".spec.volumeAttributesClassName", "<unset>").into()
        }),
        age(),
        wide("VolumeMode", |o, _| {
            text_or(o, ".spec.volumeMode", "<unset>").into()
        }),
    ]
}

fn volumes() -> Vec<Column> {
    vec![
        name(),
        string("Capacity", |o, _| text(o, ".spec.capacity.storage").into()),
        string("Access Modes", |o, _| access_modes(o, ".spec.accessModes")),
        string("Reclaim Policy", |o, _| {
            text(o, ".spec.persistentVolumeReclaimPolicy").into()
        }),
        string("Status", |o, _| text(o, ".status.phase").into()),
        string("Claim", claim),
        string("StorageClass", |o, _| {
            text(o, ".spec.storageClassName").into()
        }),
        string("VolumeAttributesClass", |o, _| {
            text_or(o, ".spec.volumeAttributesClassName", "<unset>").into()
        }),
        string("Reason", |o, _| text(o, ".status.reason").into()),
        age(),
        wide("VolumeMode", |o, _| {
            text_or(o, ".spec.volumeMode", "<unset>").into()
        }),
    ]
}

fn nodes() -> Vec<Column> {
    vec![
        name(),
        string("Status", workloads::node_status),
        string("Roles", workloads::node_roles),
        age(),
        string("Version", |o, _| {
            text(o, ".status.nodeInfo.kubeletVersion").into()
        }),
        wide("Internal-IP", |o, _| address(o, "InternalIP")),
        wide("External-IP", |o, _| address(o, "ExternalIP")),
        wide("OS-Image", |o, _| {
            text_or(o, ".status.nodeInfo.osImage", "<unknown>").into()
        }),
        wide("Kernel-Version", |o, _| {
            text_or(o, ".status.nodeInfo.kernelVersion", "<unknown>").into()
        }),
        wide("Container-Runtime", |o, _| {
            text_or(o, ".status.nodeInfo.containerRuntimeVersion", "<unknown>").into()
        }),
    ]
}

fn events() -> Vec<Column> {
    vec![
        string("Last Seen", |o, now| {
            duration::since(&text(o, ".lastTimestamp"), now).into()
        }),
        string("Type", |o, _| text(o, ".type").into()),
        string("Reason", |o, _| text(o, ".reason").into()),
        string("Object", |o, _| {
            format!(
                "{}/{}",
                text(o, ".involvedObject.kind").to_lowercase(),
                text(o, ".involvedObject.name")
            )
            .into()
        }),
        wide("Subobject", |o, _| {
            text(o, ".involvedObject.fieldPath").into()
        }),
        wide("Source", |o, _| text(o, ".source.component").into()),
        string("Message", |o, _| text(o, ".message").into()),
        wide("First Seen", |o, now| {
            duration::since(&text(o, ".firstTimestamp"), now).into()
        }),
        wide("Count", |o, _| number(o, ".count").max(1).into()),
        Column {
            priority: 1,
            ..name()
        },
    ]
}

/// Workloads end with what they run and what they select.
fn with_containers(mut columns: Vec<Column>) -> Vec<Column> {
    columns.extend([
        wide("Containers", workloads::container_names),
        wide("Images", workloads::container_images),
        wide("Selector", workloads::selector),
    ]);
    columns
}

pub(super) fn name() -> Column {
    let name: Make = |object, _| object::name(object).into();
    Column {
        format: "name".into(),
        ..string("Name", name)
    }
}

pub(super) fn age() -> Column {
    string("Age", |object, now| {
        duration::since(object::metadata_text(object, "creationTimestamp"), now).into()
    })
}

fn string(name: &str, cell: Make) -> Column {
    typed(name, "string", cell)
}

fn integer(name: &str, cell: Make) -> Column {
    typed(name, "integer", cell)
}

/// A column that is shown only on demand.
fn wide(name: &str, cell: Make) -> Column {
    Column {
        priority: 1,
        ..string(name, cell)
    }
}

fn typed(name: &str, kind: &str, cell: Make) -> Column {
    Column {
        name: name.into(),
        kind: kind.into(),
        format: String::new(),
        priority: 0,
        cell: Cell::Made(cell),
    }
}

fn created_at() -> Column {
    typed("Created At", "date", |object, _| {
        object::metadata_text(object, "creationTimestamp").into()
    })
}

fn entries(object: &Object, _: Timestamp) -> Value {
    let size = |field: &str| {
        object
            .get(field)
            .and_then(Value::as_object)
            .map_or(0, serde_json::Map::len)
    };
    json!(size("data") + size("binaryData"))
}

fn access_modes(object: &Object, path: &str) -> Value {
    let short = |mode: &Value| match mode.as_str() {
        Some("ReadWriteOnce") => "RWO",
        Some("ReadOnlyMany") => "ROX",
        Some("ReadWriteMany") => "RWX",
        Some("ReadWriteOncePod") => "RWOP",
        _ => "",
    };
    list(object, path)
        .map(short)
        .collect::<Vec<_>>()
        .join(",")
        .into()
}

fn claim(volume: &Object, _: Timestamp) -> Value {
    match (
        text(volume, ".spec.claimRef.namespace"),
        text(volume, ".spec.claimRef.name"),
    ) {
        (_, name) if name.is_empty() => "".into(),
        (namespace, name) => format!("{namespace}/{name}").into(),
    }
}

fn address(node: &Object, kind: &str) -> Value {
    let found = list(node, ".status.addresses").find(|address| address["type"] == kind);
    found
        .and_then(|address| address["address"].as_str())
        .unwrap_or("<none>")
        .into()
}
