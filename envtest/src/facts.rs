//! The facts about stock Kubernetes that the embedded server works from: names, types and
//! verbs, as a real kube-apiserver publishes them, without its prose.

/// An `APIGroupDiscoveryList` in JSON, the core group first.
pub const DISCOVERY: &str = include_str!("../facts/discovery.json");

/// Every OpenAPI v3 document: a gzipped JSON object from paths, such as `apis/apps/v1`, to
/// documents.
pub const OPENAPI_V3: &[u8] = include_bytes!("../facts/openapi-v3.json.gz");
