//! The facts that a derive states of one version of a kind, and the definition made from them.
//!
//! Constants, written by `#[derive(Resource)]`; versions of one kind are joined here.

#![allow(
    clippy::panic,
    reason = "a panic in a constant is how a program does not compile"
)]
#![allow(
    missing_docs,
    reason = "constants that the derive writes, not for people"
)]

use serde::Serialize;
use serde_json::Value;

use super::definition::{
    CustomResourceDefinition, CustomResourceDefinitionSpec, CustomResourceNames,
    CustomResourceSubresources, CustomResourceValidation, CustomResourceVersion, PrinterColumn,
    ScaleSubresource, SelectableField, StatusSubresource,
};
use super::render;
use super::shape::Shape;
use crate::model::api_resource::ScopeKind;
use crate::model::meta::ObjectMeta;

/// One version of a kind, and on the stored one the others.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub group: &'static str,
    pub version: &'static str,
    pub kind: &'static str,
    pub plural: &'static str,
    pub singular: &'static str,
    pub short_names: &'static [&'static str],
    pub categories: &'static [&'static str],
    pub scope: ScopeKind,
    pub is_served: bool,
    pub is_storage: bool,
    pub is_deprecated: bool,
    pub deprecation_warning: &'static str,
    pub has_status: bool,
    pub scale: Option<Scale>,
    pub columns: &'static [Column],
    pub selectable: &'static [&'static str],
    pub shape: Shape,
    pub others: &'static [&'static Facts],
}

/// The paths of the `/scale` subresource.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub spec: &'static str,
    pub status: &'static str,
    pub selector: &'static str,
}

/// A column; empty texts are left out.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub path: &'static str,
    pub type_: &'static str,
    pub format: &'static str,
    pub description: &'static str,
    pub priority: i32,
}

impl Facts {
    pub(super) fn definition(&self) -> CustomResourceDefinition {
        let versions = std::iter::once(self).chain(self.others.iter().copied());
        CustomResourceDefinition {
            metadata: ObjectMeta::named(format!("{}.{}", self.plural, self.group)),
            spec: CustomResourceDefinitionSpec {
                group: self.group.to_owned(),
                names: self.names(),
                scope: match self.scope {
                    ScopeKind::Namespaced => "Namespaced".to_owned(),
                    ScopeKind::Cluster => "Cluster".to_owned(),
                },
                versions: versions.map(Facts::as_version).collect(),
                ..CustomResourceDefinitionSpec::default()
            },
            status: None,
        }
    }

    fn names(&self) -> CustomResourceNames {
        CustomResourceNames {
            plural: self.plural.to_owned(),
            singular: some(self.singular),
            short_names: owned(self.short_names),
            kind: self.kind.to_owned(),
            list_kind: Some(format!("{}List", self.kind)),
            categories: owned(self.categories),
        }
    }

    fn as_version(&self) -> CustomResourceVersion {
        let selectable = self.selectable.iter().map(|path| SelectableField {
            json_path: (*path).to_owned(),
        });
        CustomResourceVersion {
            name: self.version.to_owned(),
            served: self.is_served,
            storage: self.is_storage,
            deprecated: self.is_deprecated,
            deprecation_warning: some(self.deprecation_warning),
            schema: Some(CustomResourceValidation {
                open_api_v3_schema: Some(render::root(&self.shape)),
            }),
            subresources: self.subresources(),
            additional_printer_columns: self.columns.iter().map(Column::render).collect(),
            selectable_fields: selectable.collect(),
        }
    }

    fn subresources(&self) -> Option<CustomResourceSubresources> {
        let subresources = CustomResourceSubresources {
            status: self.has_status.then_some(StatusSubresource {}),
            scale: self.scale.map(|scale| ScaleSubresource {
                spec_replicas_path: scale.spec.to_owned(),
                status_replicas_path: scale.status.to_owned(),
                label_selector_path: some(scale.selector),
            }),
        };
        (subresources != CustomResourceSubresources::default()).then_some(subresources)
    }

    /// Stops the compiler unless this is another version of the stated kind.
    #[track_caller]
    pub const fn check_version_of(
        &self,
        group: &str,
        kind: &str,
        plural: &str,
        version: &str,
        scope: ScopeKind,
    ) {
        if !same(self.group, group) {
            panic!("the versions of a kind must have the same `group`, and this one has another");
        }
        if !same(self.kind, kind) || !same(self.plural, plural) {
            panic!(
                "the versions of a kind must have the same `kind` and `plural`, and this one has others"
            );
        }
        if same(self.version, version) {
            panic!("this `version` is listed twice");
        }
        if scope as u8 != self.scope as u8 {
            panic!("either all versions of a kind are `namespaced`, or none of them");
        }
        if self.is_storage {
            panic!(
                "only the version that lists the others is stored: state `storage = false` at this one"
            );
        }
    }
}

impl Column {
    fn render(&self) -> PrinterColumn {
        PrinterColumn {
            name: self.name.to_owned(),
            type_: self.type_.to_owned(),
            format: some(self.format),
            description: some(self.description),
            priority: (self.priority != 0).then_some(self.priority),
            json_path: self.path.to_owned(),
        }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// A default as the server fills it in; `null`, which it refuses, for what is not JSON.
pub fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

const fn same(a: &str, b: &str) -> bool {
    super::shape::same_text(a, b)
}
