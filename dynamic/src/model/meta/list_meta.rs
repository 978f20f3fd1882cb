//! Metadata of a list.

use kubewright_table::record;

/// The metadata of a list (`meta/v1` `ListMeta`).
pub struct ListMeta {
    /// The version at which the list is true; where a watch may begin.
    pub resource_version: Option<String>,
    /// Token of the next page; absent or empty on the last.
    pub continue_token: Option<String>,
    /// How many items follow this page, where the server knows.
    pub remaining_item_count: Option<i64>,
    /// Path of the list; servers stopped filling it in 1.20.
    pub self_link: Option<String>,
    /// Which part of the collection this is, when the request asked for a shard.
    pub shard_info: Option<ShardInfo>,
}

record! {
    ListMeta {
        "resourceVersion" resource_version,
        "continue" continue_token,
        "remainingItemCount" remaining_item_count,
        "selfLink" self_link,
        "shardInfo" shard_info,
    }
}

impl Eq for ListMeta {}

/// The shard that a list was cut down to.
pub struct ShardInfo {
    /// The `shardSelector` of the request, as the server understood it.
    pub selector: String,
}

record! {
    ShardInfo {
        "selector" selector,
    }
}

impl Eq for ShardInfo {}
