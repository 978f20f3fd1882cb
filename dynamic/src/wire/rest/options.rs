//! The options of a list or a watch.

use std::fmt::Display;
use std::time::Duration;

use super::query::Query;

/// Which objects, from when, how many at a time: for list, watch and delete-collection.
///
/// Fields that are not set are not sent, and the server's default holds
/// ([rule U10](crate::semantics#u10), [U12](crate::semantics#u12)).
///
/// ```
/// use kubewright::ListOptions;
///
/// let options = ListOptions::new().labels("app=web").limit(500);
/// assert_eq!(options.to_query().to_string(), "labelSelector=app%3Dweb&limit=500");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOptions {
    pub(crate) labels: Option<String>,
    pub(crate) fields: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) continue_token: Option<String>,
    pub(crate) resource_version: Option<String>,
    pub(crate) resource_version_match: Option<ResourceVersionMatch>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) bookmarks: Option<bool>,
    pub(crate) initial_events: Option<bool>,
}

/// How `resourceVersion` binds a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceVersionMatch {
    /// At exactly that version.
    Exact,
    /// At that version or a later one.
    NotOlderThan,
}

impl ResourceVersionMatch {
    fn as_str(self) -> &'static str {
        match self {
            ResourceVersionMatch::Exact => "Exact",
            ResourceVersionMatch::NotOlderThan => "NotOlderThan",
        }
    }
}

impl ListOptions {
    /// Everything, at the latest version, in one piece.
    pub fn new() -> Self {
        ListOptions::default()
    }

    /// Only objects whose labels match: a selector or its text, `app=web,tier in (a,b)`.
    #[must_use]
    pub fn labels(mut self, selector: impl Display) -> Self {
        self.labels = Some(selector.to_string());
        self
    }

    /// Only objects whose fields match: a selector or its text, `spec.nodeName=node-1`.
    /// Which fields can be asked for is up to the resource.
    #[must_use]
    pub fn fields(mut self, selector: impl Display) -> Self {
        self.fields = Some(selector.to_string());
        self
    }

    /// At most so many objects in one reply; the rest is reached through its token.
    #[must_use]
    pub fn limit(mut self, objects: u32) -> Self {
        self.limit = Some(objects);
        self
    }

    /// The page after the one whose list had this token.
    #[must_use]
    pub fn continue_from(mut self, token: impl Into<String>) -> Self {
        self.continue_token = Some(token.into());
        self
    }

    /// For a list: no older than this version (or as [`ListOptions::version_match`] says);
    /// `0` is whatever the server has in its cache. For a watch: what came after it.
    #[must_use]
    pub fn resource_version(mut self, version: impl Into<String>) -> Self {
        self.resource_version = Some(version.into());
        self
    }

    /// How the version binds.
    #[must_use]
    pub fn version_match(mut self, rule: ResourceVersionMatch) -> Self {
        self.resource_version_match = Some(rule);
        self
    }

    /// The server ends the list or watch after so many whole seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Whether a watch gets versions that passed without a change to its objects. A
    /// watch asks for it unless this says no.
    #[must_use]
    pub fn bookmarks(mut self, wanted: bool) -> Self {
        self.bookmarks = Some(wanted);
        self
    }

    /// Whether a watch begins with the objects that are there, as a list would give them,
    /// closed by a bookmark (KEP-3157). Sets the version match that the server insists on.
    #[must_use]
    pub fn initial_events(mut self, wanted: bool) -> Self {
        self.initial_events = Some(wanted);
        self.resource_version_match = Some(ResourceVersionMatch::NotOlderThan).filter(|_| wanted);
        self
    }

    /// The parameters of a list.
    pub fn to_query(&self) -> Query {
        // Without `..`, so that a new option does not compile until it is decided about here.
        let ListOptions {
            labels,
            fields,
            limit,
            continue_token,
            resource_version,
            resource_version_match,
            timeout,
            bookmarks: _,      // of watches
            initial_events: _, // of watches
        } = self;
        let mut query = Query::default();
        query.add_some("labelSelector", labels.as_deref());
        query.add_some("fieldSelector", fields.as_deref());
        query.add_some("continue", continue_token.as_deref());
        query.add_some("resourceVersion", resource_version.as_deref());
        query.add_some(
            "resourceVersionMatch",
            resource_version_match.map(ResourceVersionMatch::as_str),
        );
        if let Some(limit) = limit.filter(|&limit| limit > 0) {
            query.add("limit", limit);
        }
        if let Some(timeout) = timeout {
            query.add("timeoutSeconds", timeout.as_secs());
        }
        query
    }

    /// The parameters of a watch.
    pub(crate) fn to_watch_query(&self) -> Query {
        let mut query = self.to_query();
        query.add("watch", true);
        query.add("allowWatchBookmarks", self.bookmarks.unwrap_or(true));
        if let Some(initial_events) = self.initial_events {
            query.add("sendInitialEvents", initial_events);
        }
        query
    }

    /// The options of the page after this one: the token stands for the version
    /// ([rule F4](crate::semantics#f4), [Z1](crate::semantics#z1)).
    pub(crate) fn next_page(&self, token: &str) -> Self {
        ListOptions {
            continue_token: Some(token.to_owned()),
            resource_version: None,
            resource_version_match: None,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_sent() {
        // Rules U10, U12
        assert_eq!(ListOptions::new().to_query().to_string(), "");
        assert_eq!(
            ListOptions::new()
                .labels("")
                .limit(0)
                .to_query()
                .to_string(),
            ""
        );
        let options = ListOptions::new()
            .fields("spec.nodeName=n")
            .resource_version("0")
            .version_match(ResourceVersionMatch::NotOlderThan)
            .timeout(Duration::from_secs(0));
        assert_eq!(
            options.to_query().to_string(),
            "fieldSelector=spec.nodeName%3Dn&resourceVersion=0&resourceVersionMatch=NotOlderThan&timeoutSeconds=0"
        );
    }

    #[test]
    fn a_watch_list_asks_as_the_server_insists() {
        // Rule F9
        assert_eq!(
            ListOptions::new()
                .initial_events(true)
                .to_watch_query()
                .to_string(),
            "allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&watch=true"
        );
    }

    #[test]
    fn the_next_page_drops_the_version() {
        // Rule F4
        let page = ListOptions::new()
            .limit(5)
            .resource_version("7")
            .next_page("tok");
        assert_eq!(page.to_query().to_string(), "continue=tok&limit=5");
    }
}
