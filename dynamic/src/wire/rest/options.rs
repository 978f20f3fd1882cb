//! Options of lists, watches and deletions of collections.

pub(crate) mod problem;

use std::fmt::Display;
use std::time::Duration;

pub(crate) use self::problem::Call;
use self::problem::OptionsProblem;
use super::query::Query;
use crate::model::error::Result;

/// Which objects, from when, how many at a time: for list, watch and delete-collection.
///
/// Fields that are not set are not sent, and the server's default holds
/// ([rule U10](crate::semantics#u10), [U12](crate::semantics#u12)). Options that contradict each
/// other, or the call that they are given to, are refused before anything is sent
/// (`is_request()`): a token of a page together with a version, `initial_events` in a list.
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
#[non_exhaustive]
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
    #[doc(alias = "label_selector")]
    pub fn labels(mut self, selector: impl Display) -> Self {
        self.labels = Some(selector.to_string());
        self
    }

    /// Only objects whose fields match: a selector or its text, `spec.nodeName=node-1`.
    /// Which fields can be asked for is up to the resource.
    #[must_use]
    #[doc(alias = "field_selector")]
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
    #[doc(alias = "continue")]
    pub fn continue_from(mut self, token: impl Into<String>) -> Self {
        self.continue_token = Some(token.into());
        self
    }

    /// Any version, as fast as the server can: what it has in its cache, which may be behind.
    /// Cheap for the server, and what a program that goes on to watch wants.
    #[must_use]
    #[doc(alias = "match_any")]
    pub fn from_cache(self) -> Self {
        self.resource_version("0")
    }

    /// A list that is no older than this version.
    #[must_use]
    pub fn at_least(self, version: impl Into<String>) -> Self {
        self.resource_version(version)
            .version_match(ResourceVersionMatch::NotOlderThan)
    }

    /// A list at exactly this version, as long as the server remembers it.
    #[must_use]
    pub fn exactly(self, version: impl Into<String>) -> Self {
        self.resource_version(version)
            .version_match(ResourceVersionMatch::Exact)
    }

    /// For a watch: what came after this version. For a list: no older than this version, or
    /// as [`ListOptions::version_match`] says.
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
    /// closed by a bookmark (KEP-3157).
    #[must_use]
    #[doc(alias("sendInitialEvents", "WatchList"))]
    pub fn initial_events(mut self, wanted: bool) -> Self {
        self.initial_events = Some(wanted);
        self
    }

    /// The parameters of a list.
    ///
    /// # Errors
    /// `is_request()` for options of watches, and for those that contradict each other.
    pub fn to_query(&self) -> Result<Query> {
        self.query_of(Call::List)
    }

    /// The parameters of a call on a collection that is not a watch.
    ///
    /// # Errors
    /// As [`ListOptions::to_query`].
    pub(crate) fn query_of(&self, call: Call) -> Result<Query> {
        self.check(call)?;
        Ok(self.query())
    }

    /// The parameters of a watch.
    ///
    /// # Errors
    /// `is_request()` for options of lists, and for those that contradict each other.
    pub(crate) fn to_watch_query(&self) -> Result<Query> {
        self.check_watch()?;
        let mut query = self.query();
        query.add("watch", true);
        query.add("allowWatchBookmarks", self.bookmarks.unwrap_or(true));
        if let Some(initial_events) = self.initial_events {
            query.add("sendInitialEvents", initial_events);
            // The server insists on it, whether they are wanted or not.
            let rule = ResourceVersionMatch::NotOlderThan.as_str();
            query.set("resourceVersionMatch", rule);
        }
        Ok(query)
    }

    /// The common options of lists and watches. Without `..`: a new option must find its place
    /// here, or in the query of a watch, and in the checks.
    fn query(&self) -> Query {
        let ListOptions {
            labels,
            fields,
            limit,
            continue_token,
            resource_version,
            resource_version_match,
            timeout,
            bookmarks: _,
            initial_events: _,
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

    fn check(&self, call: Call) -> Result<(), OptionsProblem> {
        let watching = [
            ("initial_events", self.initial_events.is_some()),
            ("bookmarks", self.bookmarks.is_some()),
        ];
        if let Some((option, _)) = watching.into_iter().find(|(_, is_set)| *is_set) {
            return Err(OptionsProblem::OnlyForWatches { option, call });
        }
        if is_set(&self.continue_token) {
            return match () {
                () if is_set(&self.resource_version) => Err(OptionsProblem::VersionOfAToken {
                    option: "resource_version",
                }),
                () if self.resource_version_match.is_some() => {
                    Err(OptionsProblem::VersionOfAToken {
                        option: "version_match",
                    })
                }
                () => Ok(()),
            };
        }
        match (self.resource_version_match, &self.resource_version) {
            (Some(_), version) if !is_set(version) => Err(OptionsProblem::MatchWithoutVersion),
            (Some(ResourceVersionMatch::Exact), Some(version)) if version == "0" => {
                Err(OptionsProblem::ExactlyAny)
            }
            _ => Ok(()),
        }
    }

    fn check_watch(&self) -> Result<(), OptionsProblem> {
        let listing = [
            ("limit", self.limit.is_some_and(|limit| limit > 0)),
            ("continue_from", is_set(&self.continue_token)),
        ];
        if let Some((option, _)) = listing.into_iter().find(|(_, is_set)| *is_set) {
            return Err(OptionsProblem::OnlyForLists { option });
        }
        match (self.resource_version_match, self.initial_events) {
            (Some(ResourceVersionMatch::Exact), Some(_)) => Err(OptionsProblem::ExactBeginning),
            (Some(_), None) => Err(OptionsProblem::MatchOfAWatch),
            _ => Ok(()),
        }
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

/// An empty text is not sent, and so not set.
fn is_set(text: &Option<String>) -> bool {
    text.as_deref().is_some_and(|text| !text.is_empty())
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
            .at_least("0")
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

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        use OptionsProblem as No;
        let new = ListOptions::new;
        let list = |options: ListOptions| options.check(Call::List);
        let only_for_watches = |option| {
            let call = Call::List;
            Err(No::OnlyForWatches { option, call })
        };
        let of_a_token = |option| Err(No::VersionOfAToken { option });
        for (options, said) in [
            (new().from_cache().limit(5), Ok(())),
            (new().at_least("7"), Ok(())),
            (new().exactly("7").limit(5), Ok(())),
            (new().resource_version("").continue_from("t"), Ok(())),
            (
                new().initial_events(true),
                only_for_watches("initial_events"),
            ),
            (
                new().initial_events(false),
                only_for_watches("initial_events"),
            ),
            (new().bookmarks(false), only_for_watches("bookmarks")),
            (
                new().from_cache().continue_from("t"),
                of_a_token("resource_version"),
            ),
            (
                new()
                    .version_match(ResourceVersionMatch::Exact)
                    .continue_from("t"),
                of_a_token("version_match"),
            ),
            (new().exactly(""), Err(No::MatchWithoutVersion)),
            (new().exactly("0"), Err(No::ExactlyAny)),
        ] {
            assert_eq!(list(options.clone()), said, "{options:?}");
        }
    }

    #[test]
    fn options_of_lists_are_refused_by_watches() {
        use OptionsProblem as No;
        let new = ListOptions::new;
        let only_for_lists = |option| Err(No::OnlyForLists { option });
        for (options, said) in [
            (new().from_cache().bookmarks(false), Ok(())),
            (new().at_least("7").initial_events(true), Ok(())),
            (new().limit(0), Ok(())),
            (new().limit(5), only_for_lists("limit")),
            (new().continue_from("t"), only_for_lists("continue_from")),
            (new().at_least("7"), Err(No::MatchOfAWatch)),
            (
                new().exactly("7").initial_events(true),
                Err(No::ExactBeginning),
            ),
        ] {
            assert_eq!(options.check_watch(), said, "{options:?}");
        }
    }
}
