//! Options of list, deletecollection and watch.

use std::time::Duration;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};

use super::super::key::Key;
use super::super::selector::{FieldSelector, Fields, LabelSelector};
use super::super::status::{Cause, Failure, Named};
use super::query::{Query, syntax_error};

/// Which objects, how many of them, and from which moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListParams {
    pub(crate) labels: LabelSelector,
    pub(crate) fields: FieldSelector,
    /// 0: no limit.
    pub(crate) limit: usize,
    pub(crate) moment: Match,
    pub(crate) resume: Option<Continue>,
}

/// The moment a read must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Match {
    /// The present.
    #[default]
    MostRecent,
    /// Whatever is cheapest: here the present, without paging, as the watch cache serves it.
    Any,
    NotOlderThan(u64),
    Exact(u64),
}

/// Options of a watch.
#[derive(Debug, Clone, Default)]
pub(crate) struct WatchParams {
    pub(crate) labels: LabelSelector,
    pub(crate) fields: FieldSelector,
    /// Changes after this revision; `None` and 0 start with the present state.
    pub(crate) since: Option<u64>,
    pub(crate) bookmarks: bool,
    pub(crate) initial_events: Option<bool>,
    pub(crate) timeout: Option<Duration>,
}

/// Where a paged list goes on; opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Continue {
    v: String,
    /// The revision whose snapshot is being read; -1 continues at the present.
    rv: i64,
    start: String,
}

impl ListParams {
    pub(crate) fn parse(query: &Query, fields: Fields<'_>) -> Result<Self, Failure> {
        check_combination(query, false)?;
        let limit = query.number("limit")?.unwrap_or(0);
        let resume = query.text("continue").map(Continue::decode).transpose()?;
        let moment = moment(query)?;
        if resume.is_some() && !matches!(moment, Match::MostRecent | Match::Any) {
            return Err(Failure::bad_request(
                "specifying resource version is not allowed when using continue",
            ));
        }
        let (labels, fields) = selectors(query, fields)?;
        // The watch cache answers "any" with everything it has.
        let limit = if moment == Match::Any {
            0
        } else {
            usize::try_from(limit).unwrap_or(0)
        };
        Ok(Self {
            labels,
            fields,
            limit,
            moment,
            resume,
        })
    }
}

impl WatchParams {
    pub(crate) fn parse(query: &Query, fields: Fields<'_>) -> Result<Self, Failure> {
        check_combination(query, true)?;
        let (labels, fields) = selectors(query, fields)?;
        let seconds = query
            .number("timeoutSeconds")?
            .and_then(|s| u64::try_from(s).ok())
            .filter(|s| *s > 0);
        Ok(Self {
            labels,
            fields,
            since: revision(query)
                .map_err(|why| Failure::internal(format!("resourceVersion: {why}")))?,
            bookmarks: query.flag("allowWatchBookmarks").unwrap_or(false),
            initial_events: query.flag("sendInitialEvents"),
            timeout: seconds.map(Duration::from_secs),
        })
    }
}

impl Continue {
    /// Goes on after `last` in the snapshot of `revision`.
    pub(crate) fn after(last: &Key, revision: u64) -> Self {
        let rv = i64::try_from(revision).unwrap_or(i64::MAX);
        Self {
            v: VERSION.into(),
            rv,
            start: last.successor().as_position().to_owned(),
        }
    }

    /// The same place, in whatever state it is in now.
    pub(crate) fn inconsistent(&self) -> Self {
        Self {
            rv: -1,
            ..self.clone()
        }
    }

    pub(crate) fn start(&self) -> Key {
        Key::from_position(&self.start)
    }

    /// The revision it is pinned to, unless it is an inconsistent one.
    pub(crate) fn revision(&self) -> Option<u64> {
        u64::try_from(self.rv).ok()
    }

    pub(crate) fn encode(&self) -> String {
        ENGINE.encode(serde_json::to_string(self).unwrap_or_default())
    }

    fn decode(text: &str) -> Result<Self, Failure> {
        let refuse = |why: String| {
            Failure::bad_request(format!(
                "invalid continue token: continue key is not valid: {why}"
            ))
        };
        let bytes = ENGINE
            .decode(text.trim_end_matches('='))
            .map_err(|error| refuse(error.to_string()))?;
        let token: Self =
            serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
        if token.v != VERSION || token.rv == 0 {
            return Err(refuse(format!(
                "unrecognized version {:?} or revision {}",
                token.v, token.rv
            )));
        }
        Ok(token)
    }
}

const VERSION: &str = "meta.k8s.io/v1";
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn selectors(query: &Query, fields: Fields<'_>) -> Result<(LabelSelector, FieldSelector), Failure> {
    let labels = LabelSelector::parse(query.text("labelSelector").unwrap_or_default());
    let fields = FieldSelector::parse(query.text("fieldSelector").unwrap_or_default(), fields);
    Ok((
        labels.map_err(Failure::bad_request)?,
        fields.map_err(Failure::bad_request)?,
    ))
}

fn moment(query: &Query) -> Result<Match, Failure> {
    let refuse =
        |why| Failure::bad_request(format!("invalid resource version: resourceVersion: {why}"));
    Ok(
        match (
            revision(query).map_err(refuse)?,
            query.text("resourceVersionMatch"),
        ) {
            (None, _) => Match::MostRecent,
            (Some(0), _) => Match::Any,
            (Some(revision), Some("Exact")) => Match::Exact(revision),
            // Without a match a limit means an exact read and no limit a cached one; both may be newer
            // than what was asked, which "not older than" promises.
            (Some(revision), _) => Match::NotOlderThan(revision),
        },
    )
}

/// The asked revision; each verb wraps the complaint in its own status.
fn revision(query: &Query) -> Result<Option<u64>, String> {
    let Some(text) = query.text("resourceVersion") else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        format!(
            "Invalid value: {text:?}: {}",
            syntax_error("ParseUint", text)
        )
    })
}

fn check_combination(query: &Query, watch: bool) -> Result<(), Failure> {
    let causes = if watch {
        watch_causes(query)
    } else {
        list_causes(query)
    };
    let kind = Named {
        group: "meta.k8s.io",
        what: "ListOptions",
    };
    if causes.is_empty() {
        Ok(())
    } else {
        Err(Failure::invalid(kind, "", &causes))
    }
}

/// A watch matches a resourceVersion only to begin with the state at it, and never continues.
fn watch_causes(query: &Query) -> Vec<Cause> {
    let matching = query.text(MATCH);
    let begins_with_state = query.flag("sendInitialEvents").is_some();
    let wrong_match = match matching {
        found if begins_with_state && found != Some("NotOlderThan") => {
            Some("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
        }
        Some(_) if !begins_with_state => {
            Some("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
        }
        _ => None,
    };
    let continues = query.text("continue").is_some() && (begins_with_state || matching.is_none());
    wrong_match
        .into_iter()
        .chain(continues.then_some(NO_CONTINUE))
        .map(|why| Cause::forbidden(MATCH, why))
        .collect()
}

fn list_causes(query: &Query) -> Vec<Cause> {
    if query.flag("sendInitialEvents").is_some() {
        return vec![Cause::forbidden(
            "sendInitialEvents",
            "sendInitialEvents is forbidden for list",
        )];
    }
    let Some(matching) = query.text(MATCH) else {
        return Vec::new();
    };
    let revision = query.text("resourceVersion");
    let mut causes = Vec::new();
    if revision.is_none() {
        let why = "resourceVersionMatch is forbidden unless resourceVersion is provided";
        causes.push(Cause::forbidden(MATCH, why));
    }
    if query.text("continue").is_some() {
        causes.push(Cause::forbidden(MATCH, NO_CONTINUE));
    }
    causes.extend(match_cause(matching, revision));
    causes
}

fn match_cause(matching: &str, revision: Option<&str>) -> Option<Cause> {
    match matching {
        "Exact" if revision == Some("0") => {
            let why = "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
            Some(Cause::forbidden(MATCH, why))
        }
        "Exact" | "NotOlderThan" => None,
        other => {
            let supported = ["\"Exact\"", "\"NotOlderThan\"", "\"\""].map(str::to_owned);
            Some(Cause::unsupported(MATCH, &other.into(), &supported))
        }
    }
}

const MATCH: &str = "resourceVersionMatch";
const NO_CONTINUE: &str = "resourceVersionMatch is forbidden when continue is provided";
