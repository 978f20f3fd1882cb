//! A kind that uses everything a definition can express, as users would write it.

use std::collections::BTreeMap;

use kubewright::meta::{Condition, LabelSelector, Quantity};
use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

/// Something that is tinkered with.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "workshop.example.com",
    version = "v1",
    namespaced,
    shortname("gd", "gdt"),
    category = "workshop",
    scale(
        spec = ".spec.replicas",
        status = ".status.replicas",
        selector = ".status.selector"
    ),
    column(name = "Replicas", path = ".spec.replicas"),
    column(name = "Colour", path = ".spec.color", description = "Of the outside."),
    column(
        name = "Ready",
        path = ".status.conditions[?(@.type==\"Ready\")].status"
    ),
    column(name = "Tool", path = ".spec.tool.type", priority = 1),
    column(name = "Age", path = ".metadata.creationTimestamp")
)]
#[schema(rule("self.metadata.name != 'forbidden'", message = "that name is taken"))]
pub(super) struct Gadget {
    pub(super) metadata: ObjectMeta,
    pub(super) spec: GadgetSpec,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<GadgetStatus>,
}

/// What is wanted.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[schema(rule(
    "self.replicas <= self.maxReplicas",
    message = "replicas must not exceed maxReplicas",
    field_path = ".replicas"
))]
pub(super) struct GadgetSpec {
    /// How many.
    #[schema(default = 1, min = 0, max = 100)]
    pub(super) replicas: i32,
    /// How many at most.
    #[schema(default = 10, exclusive_min = 0)]
    pub(super) max_replicas: i32,
    #[schema(default = Color::Red)]
    pub(super) color: Color,
    /// Who answers for it; cannot be given away.
    #[schema(immutable, pattern = "^[a-z]+$", min_length = 1, max_length = 20)]
    pub(super) owner: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tool: Option<Tool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(immutable, max_length = 20)]
    pub(super) serial: Option<String>,
    /// Who may reach it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(list_type = "map", map_keys("name"), max_items = 8)]
    pub(super) ports: Vec<Port>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(
        list_type = "set",
        max_items = 10,
        items(max_length = 63, pattern = "^[a-z]+$")
    )]
    pub(super) tags: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) limits: BTreeMap<String, Quantity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) selector: Option<LabelSelector>,
    /// Of a type that has no schema: any object will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(preserve_unknown)]
    pub(super) template: Option<kubewright_generated::core_v1::PodTemplateSpec>,
    #[serde(flatten)]
    pub(super) power: Power,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Schema, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Color {
    #[default]
    Red,
    DeepBlue,
}

/// What it is made with.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(super) enum Tool {
    Hammer { head_weight: u32 },
    Saw(Saw),
    Hands,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(rule("self.teeth % 2 == 0", message = "teeth come in pairs"))]
pub(super) struct Saw {
    #[schema(min = 2)]
    pub(super) teeth: i32,
}

/// What drives it: one of these.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Power {
    /// A cable.
    Mains { volts: u16 },
    /// Anybody.
    Muscle {},
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Port {
    pub(super) name: String,
    pub(super) number: u16,
}

#[derive(Schema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GadgetStatus {
    pub(super) replicas: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) selector: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(list_type = "map", map_keys("type"))]
    pub(super) conditions: Vec<Condition>,
}

/// The least that is accepted.
pub(super) fn gadget(name: &str) -> Gadget {
    Gadget::new(
        name,
        GadgetSpec {
            replicas: 1,
            max_replicas: 10,
            color: Color::Red,
            owner: "ann".to_owned(),
            tool: None,
            serial: None,
            ports: Vec::new(),
            tags: Vec::new(),
            limits: BTreeMap::new(),
            selector: None,
            template: None,
            power: Power::Muscle {},
            note: None,
        },
    )
}
