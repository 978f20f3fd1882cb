//! The options of a list or a watch.

use std::fmt::Display;
use std::time::Duration;

use super::problem::RestProblem;
use super::query::Query;
use crate::model::error::Result;

/// Which objects, from when, how many at a time: for list, watch and delete-collection.
///
/// Fields that are not set are not sent, and the server's default holds
/// ([rule U10](crate::semantics#u10), [U12](crate::semantics#u12)).
///
/// ```
/// use kubewright::ListOptions;
///
/// let options = ListOptions::new().labels("app=web").limit(500);
/// assert_eq!(options.to_query()?.to_string(), "labelSelector=app%3Dweb&limit=500");
/// # Ok::<(), kubewright::Error>(())
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
    ///
    /// # Errors
    /// `is_request()` for what only a watch can be asked: bookmarks and initial events.
    pub fn to_query(&self) -> Result<Query> {
        let ListOptions {
            labels,
            fields,
            limit,
            continue_token,
            resource_version,
            resource_version_match,
            timeout,
            bookmarks,
            initial_events,
        } = self;
        for (option, wanted) in [("bookmarks", bookmarks), ("initial_events", initial_events)] {
            if wanted.is_some() {
                return Err(RestProblem::OnlyForWatches { option }.into());
            }
        }
        let mut query = Query::default();
        query.add_some("labelSelector", labels.as_deref());
        query.add_some("fieldSelector", fields.as_deref());
        query.add_some("continue", continue_token.as_deref());
        query.add_some("resourceVersion", resource_version.as_deref());
        let binds = resource_version_match.map(ResourceVersionMatch::as_str);
        query.add_some("resourceVersionMatch", binds);
        if let Some(limit) = limit.filter(|&limit| limit > 0) {
            query.add("limit", limit);
        }
        if let Some(timeout) = timeout {
            query.add("timeoutSeconds", timeout.as_secs());
        }
        Ok(query)
    }

    /// The parameters of a watch.
    ///
    /// # Errors
    /// `is_request()` for what only a list can be asked: a page.
    pub(crate) fn to_watch_query(&self) -> Result<Query> {
        let ListOptions {
            labels,
            fields,
            limit,
            continue_token,
            resource_version,
            resource_version_match,
            timeout,
            bookmarks,
            initial_events,
        } = self.clone();
        let is_paged = limit.is_some_and(|limit| limit > 0);
        for (option, wanted) in [
            ("limit", is_paged),
            ("continue_from", continue_token.is_some()),
        ] {
            if wanted {
                return Err(RestProblem::OnlyForLists { option }.into());
            }
        }
        // What a list and a watch have in common.
        let mut query = ListOptions {
            labels,
            fields,
            limit: None,
            continue_token: None,
            resource_version,
            resource_version_match,
            timeout,
            bookmarks: None,
            initial_events: None,
        }
        .to_query()?;
        query.add("watch", true);
        query.add("allowWatchBookmarks", bookmarks.unwrap_or(true));
        if let Some(initial_events) = initial_events {
            query.add("sendInitialEvents", initial_events);
        }
        Ok(query)
    }

    /// The options of the page after this one: the token stands for the version
    /// ([rule F4](crate::semantics#f4), [Z1](crate::semantics#z1)).
    pub(crate) fn next_page(&self, token: &str) -> Self {
        let mut next = self.clone();
        let ListOptions {
            labels: _,
            fields: _,
            limit: _,
            continue_token,
            resource_version,
            resource_version_match,
            timeout: _,
            bookmarks: _,
            initial_events: _,
        } = &mut next;
        *continue_token = Some(token.to_owned());
        *resource_version = None;
        *resource_version_match = None;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_sent() {
        // Rules U10, U12
        assert_eq!(ListOptions::new().to_query().unwrap().to_string(), "");
        assert_eq!(
            ListOptions::new()
                .labels("")
                .limit(0)
                .to_query()
                .unwrap()
                .to_string(),
            ""
        );
        let options = ListOptions::new()
            .fields("spec.nodeName=n")
            .resource_version("0")
            .version_match(ResourceVersionMatch::NotOlderThan)
            .timeout(Duration::from_secs(0));
        assert_eq!(
            options.to_query().unwrap().to_string(),
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
                .unwrap()
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
        assert_eq!(page.to_query().unwrap().to_string(), "continue=tok&limit=5");
    }

    #[test]
    fn what_only_the_other_can_be_asked_is_refused() {
        let all = ListOptions::new;
        for (list, watch) in [
            (all().bookmarks(false), all().limit(5)),
            (all().initial_events(true), all().continue_from("tok")),
        ] {
            assert!(list.to_query().unwrap_err().is_request());
            assert!(watch.to_watch_query().unwrap_err().is_request());
            assert!(list.to_watch_query().is_ok() && watch.to_query().is_ok());
        }
    }
}
