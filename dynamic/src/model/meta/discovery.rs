//! The answers of `/api` and `/apis`, in the form that every server speaks.
//!
//! These are the documents alone; what a client makes of them is discovery's work.

use kubewright_table::record;

/// The versions of the core group: the answer of `/api`.
pub struct APIVersions {
    /// The versions, as in `v1`.
    pub versions: Vec<String>,
    /// Where clients of a network reach the server.
    pub server_address_by_client_cidrs: Vec<ServerAddressByClientCIDR>,
}

record! {
    APIVersions {
        "versions" versions [always],
        "serverAddressByClientCIDRs" server_address_by_client_cidrs [always],
    }
}

impl Eq for APIVersions {}

/// All named groups: the answer of `/apis`.
pub struct APIGroupList {
    /// The groups, in the server's order of preference.
    pub groups: Vec<APIGroup>,
}

record! {
    APIGroupList {
        "groups" groups [always],
    }
}

impl Eq for APIGroupList {}

/// One group with its versions.
pub struct APIGroup {
    /// The group, as in `apps`.
    pub name: String,
    /// Its versions, in the server's order of preference.
    pub versions: Vec<GroupVersionForDiscovery>,
    /// The version to use when nothing speaks for another.
    pub preferred_version: Option<GroupVersionForDiscovery>,
    /// Where clients of a network reach the server.
    pub server_address_by_client_cidrs: Vec<ServerAddressByClientCIDR>,
}

record! {
    APIGroup {
        "name" name,
        "versions" versions [always],
        "preferredVersion" preferred_version,
        "serverAddressByClientCIDRs" server_address_by_client_cidrs,
    }
}

impl Eq for APIGroup {}

/// One version of a group, in both spellings.
pub struct GroupVersionForDiscovery {
    /// Group and version, as in `apps/v1`.
    pub group_version: String,
    /// The version alone, as in `v1`.
    pub version: String,
}

record! {
    GroupVersionForDiscovery {
        "groupVersion" group_version,
        "version" version,
    }
}

impl Eq for GroupVersionForDiscovery {}

/// The address at which clients of a network reach the server.
pub struct ServerAddressByClientCIDR {
    /// The network, in CIDR notation.
    pub client_cidr: String,
    /// The address: host, host and port, or IP.
    pub server_address: String,
}

record! {
    ServerAddressByClientCIDR {
        "clientCIDR" client_cidr,
        "serverAddress" server_address,
    }
}

impl Eq for ServerAddressByClientCIDR {}

/// The resources of one group and version.
pub struct APIResourceList {
    /// Group and version, as in `apps/v1`.
    pub group_version: String,
    /// The resources; subresources are listed as `pods/log`.
    pub resources: Vec<APIResource>,
}

record! {
    APIResourceList {
        "groupVersion" group_version,
        "resources" resources [always],
    }
}

impl Eq for APIResourceList {}

/// One resource or subresource.
pub struct APIResource {
    /// Plural name as in the URL, with the subresource after a slash.
    pub name: String,
    /// Singular name; empty where the kind in lower case serves.
    pub singular_name: String,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// Group of the kind, where it is not the list's.
    pub group: Option<String>,
    /// Version of the kind, where it is not the list's.
    pub version: Option<String>,
    /// Kind of the objects.
    pub kind: String,
    /// The verbs: `get`, `list`, `watch`, `create` and so on.
    pub verbs: Vec<String>,
    /// Names that people may type instead, as in `po`.
    pub short_names: Vec<String>,
    /// Sets of resources that this one belongs to, as in `all`.
    pub categories: Vec<String>,
    /// Changes when the stored form of the resource does.
    pub storage_version_hash: Option<String>,
}

record! {
    APIResource {
        "name" name,
        "singularName" singular_name,
        "namespaced" namespaced,
        "group" group,
        "version" version,
        "kind" kind,
        "verbs" verbs [always],
        "shortNames" short_names,
        "categories" categories,
        "storageVersionHash" storage_version_hash,
    }
}

impl Eq for APIResource {}
