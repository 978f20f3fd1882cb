//! Options of delete and deletecollection: a body, or the query where there is no body.

use serde_json::Value;

use super::super::status::{Cause, Failure};
use super::query::Query;
use super::write::{dry_run, refuse};

/// How an object goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeleteParams {
    pub(crate) dry_run: bool,
    pub(crate) grace: Option<i64>,
    pub(crate) propagation: Option<Propagation>,
    pub(crate) preconditions: Preconditions,
}

/// What must be true of the stored object for a write to happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Preconditions {
    pub(crate) uid: Option<String>,
    pub(crate) resource_version: Option<String>,
}

/// The deletion of the objects that the deleted one owns, for a garbage collector to act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Propagation {
    Foreground,
    Background,
    Orphan,
}

impl DeleteParams {
    pub(crate) fn parse(query: &Query, body: &[u8]) -> Result<Self, Failure> {
        if body.is_empty() {
            Self::from_query(query)
        } else {
            Self::from_body(body)
        }
    }

    fn from_query(query: &Query) -> Result<Self, Failure> {
        let mut causes = Vec::new();
        let orphan = query.flag("orphanDependents");
        let params = Self {
            dry_run: dry_run(query.all("dryRun"), &mut causes),
            grace: query.number("gracePeriodSeconds")?,
            propagation: propagation(query.text("propagationPolicy"), orphan, &mut causes),
            preconditions: Preconditions::default(),
        };
        refuse("DeleteOptions", &causes).map(|()| params)
    }

    pub(crate) fn from_body(body: &[u8]) -> Result<Self, Failure> {
        let body: Value = serde_json::from_slice(body).map_err(|error| {
            Failure::bad_request(format!(
                "the object provided is unrecognized (must be of type DeleteOptions): {error}"
            ))
        })?;
        check_kind(&body)?;
        let mut causes = Vec::new();
        let dry = body["dryRun"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let params = Self {
            dry_run: dry_run(dry, &mut causes),
            grace: body["gracePeriodSeconds"].as_i64(),
            propagation: propagation(
                body["propagationPolicy"].as_str(),
                body["orphanDependents"].as_bool(),
                &mut causes,
            ),
            preconditions: Preconditions {
                uid: text(&body, "/preconditions/uid"),
                resource_version: text(&body, "/preconditions/resourceVersion"),
            },
        };
        refuse("DeleteOptions", &causes).map(|()| params)
    }
}

fn check_kind(body: &Value) -> Result<(), Failure> {
    match body["kind"].as_str() {
        None | Some("" | "DeleteOptions") => Ok(()),
        Some(kind) => {
            let why = format!("no kind {kind:?} is registered for version \"meta.k8s.io/v1\"");
            Err(Failure::bad_request(why))
        }
    }
}

fn propagation(
    policy: Option<&str>,
    orphan: Option<bool>,
    causes: &mut Vec<Cause>,
) -> Option<Propagation> {
    match policy {
        None | Some("") => orphan.map(|orphan| {
            if orphan {
                Propagation::Orphan
            } else {
                Propagation::Background
            }
        }),
        Some("Foreground") => Some(Propagation::Foreground),
        Some("Background") => Some(Propagation::Background),
        Some("Orphan") => Some(Propagation::Orphan),
        Some(other) => {
            let supported =
                ["\"Foreground\"", "\"Background\"", "\"Orphan\"", "\"nil\""].map(str::to_owned);
            causes.push(Cause::unsupported(
                "propagationPolicy",
                &other.into(),
                &supported,
            ));
            None
        }
    }
}

fn text(body: &Value, pointer: &str) -> Option<String> {
    body.pointer(pointer)
        .and_then(Value::as_str)
        .map(str::to_owned)
}
