//! The present, as Kubernetes writes it: RFC 3339 in UTC with whole seconds.

use jiff::{SignedDuration, Timestamp};

pub(crate) fn now() -> String {
    format(Timestamp::now())
}

/// `seconds` after a moment; a moment that cannot be read stays as it is.
pub(crate) fn later(moment: &str, seconds: i64) -> String {
    let parsed = moment.parse::<Timestamp>().ok();
    let later = parsed.and_then(|t| t.checked_add(SignedDuration::from_secs(seconds)).ok());
    later.map_or_else(|| moment.to_owned(), format)
}

fn format(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
