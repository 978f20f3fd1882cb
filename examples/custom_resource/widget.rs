//! A kind of one's own, whole: two versions, the conversion between them, a scale, columns,
//! defaults and rules.

use kubewright::meta::Condition;
use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

/// Something that comes in sizes.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "example.com",
    version = "v1",
    namespaced,
    shortname = "wd",
    category = "all",
    versions(v1alpha1::Widget),
    scale(spec = ".spec.replicas", status = ".status.replicas"),
    selectable = ".spec.color",
    column(name = "Size", path = ".spec.size.width"),
    column(
        name = "Ready",
        path = ".status.conditions[?(@.type==\"Ready\")].status"
    ),
    column(name = "Age", path = ".metadata.creationTimestamp")
)]
pub(crate) struct Widget {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: WidgetSpec,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<WidgetStatus>,
}

/// What is wanted.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WidgetSpec {
    /// How many.
    #[schema(default = 1, min = 0)]
    pub(crate) replicas: i32,
    pub(crate) size: Size,
    #[schema(default = Color::Red)]
    pub(crate) color: Color,
}

/// How large each is.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(rule(
    "self.height <= self.width",
    message = "a widget is not higher than it is wide"
))]
pub(crate) struct Size {
    #[schema(min = 1, max = 1000)]
    pub(crate) width: i32,
    #[schema(min = 1, max = 1000)]
    pub(crate) height: i32,
}

#[derive(Schema, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    #[default]
    Red,
    Blue,
}

/// What there is.
#[derive(Schema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct WidgetStatus {
    pub(crate) replicas: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(list_type = "map", map_keys("type"))]
    pub(crate) conditions: Vec<Condition>,
}

/// As it was in the beginning: a size was one number.
pub(crate) mod v1alpha1 {
    use super::{Deserialize, ObjectMeta, Resource, Schema, Serialize};

    /// Something that comes in sizes.
    #[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[resource(
        group = "example.com",
        version = "v1alpha1",
        namespaced,
        storage = false,
        deprecated = "example.com/v1alpha1 Widget is deprecated: use example.com/v1"
    )]
    pub(crate) struct Widget {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WidgetSpec,
    }

    /// What is wanted.
    #[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(crate) struct WidgetSpec {
        /// How many.
        #[schema(default = 1, min = 0)]
        pub(crate) replicas: i32,
        /// How wide and how high each is.
        #[schema(min = 1, max = 1000)]
        pub(crate) size: i32,
    }
}

impl From<v1alpha1::Widget> for Widget {
    fn from(old: v1alpha1::Widget) -> Self {
        Self {
            metadata: old.metadata,
            spec: WidgetSpec {
                replicas: old.spec.replicas,
                size: Size {
                    width: old.spec.size,
                    height: old.spec.size,
                },
                color: Color::default(),
            },
            status: None,
        }
    }
}

impl From<Widget> for v1alpha1::Widget {
    fn from(new: Widget) -> Self {
        Self {
            metadata: new.metadata,
            spec: v1alpha1::WidgetSpec {
                replicas: new.spec.replicas,
                size: new.spec.size.width,
            },
        }
    }
}
