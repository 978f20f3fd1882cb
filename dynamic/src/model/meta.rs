//! The types that every Kubernetes API shares, written once by hand.
//!
//! These are `meta/v1` and the handful of scalars and envelopes around it: metadata,
//! [`Status`], selectors, times, [`Quantity`]. Generated and derived structs refer to them
//! and never repeat them.
//!
//! Reading is lenient, because a client talks to servers of every age: a missing field
//! and an explicit `null` both read as the type's default, unknown fields are skipped.
//! Writing is strict: required fields always appear, empty optional ones never do.
//!
//! No struct here holds its own `apiVersion` and `kind`: a request knows what it sends, and
//! [`TypeMeta`] reads the pair where it matters.

mod bytes;
mod condition;
mod delete_options;
mod discovery;
mod fields_v1;
mod int_or_string;
mod kept;
mod label_selector;
mod lenient;
mod list_meta;
mod managed_fields;
mod object_meta;
pub(crate) mod problem;
mod quantity;
mod raw;
mod scale;
mod status;
mod time;
mod type_meta;
mod unknown;
mod version_info;

pub use bytes::Bytes;
pub use condition::Condition;
pub use delete_options::{DeleteOptions, Preconditions};
pub use discovery::{
    APIGroup, APIGroupList, APIResource, APIResourceList, APIVersions, GroupVersionForDiscovery,
    ServerAddressByClientCIDR,
};
pub use fields_v1::FieldsV1;
pub use int_or_string::IntOrString;
pub use kubewright_table::{Map, Nullable};
pub use label_selector::{FieldSelectorRequirement, LabelSelector, LabelSelectorRequirement};
pub use lenient::null_as_default;
pub use list_meta::{ListMeta, ShardInfo};
pub use managed_fields::{ManagedFields, ManagedFieldsEntry};
pub use object_meta::{ObjectMeta, OwnerReference};
pub use quantity::{Quantity, QuantityError, QuantityFormat};
pub use raw::{RawExtension, RawWatchEvent};
pub use scale::{Scale, ScaleSpec, ScaleStatus};
pub use status::{Status, StatusCause, StatusDetails};
pub use time::{MicroTime, Time};
pub use type_meta::TypeMeta;
pub use unknown::Unknown;
pub use version_info::VersionInfo;
