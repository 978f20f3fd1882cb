//! Metadata of a list.

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// What a list carries beside its items (`meta/v1` `ListMeta`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListMeta {
    /// The version at which the list is true; where a watch may begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_version: Option<String>,
    /// Token of the next page; absent or empty on the last.
    #[serde(rename = "continue", skip_serializing_if = "Option::is_none")]
    pub continue_token: Option<String>,
    /// How many items follow this page, where the server knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_item_count: Option<i64>,
    /// Path of the list; servers stopped filling it in 1.20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_link: Option<String>,
    /// Which part of the collection this is, when the request asked for a shard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard_info: Option<ShardInfo>,
}

/// The shard that a list was cut down to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ShardInfo {
    /// The `shardSelector` of the request, as the server understood it.
    #[serde(deserialize_with = "null_as_default")]
    pub selector: String,
}
