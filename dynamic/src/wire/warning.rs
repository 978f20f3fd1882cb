//! `Warning` headers: what the API server wants the caller to know.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

/// A warning of the API server: a deprecated version, a field that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Warning {
    text: String,
}

impl Warning {
    /// The text of the warning.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads `299 - "text"`, in which `\"` stands for a quote; other codes are not the API
    /// server's ([rule E8](crate::semantics#e8)).
    fn parse(header: &str) -> Option<Self> {
        let (code, rest) = header.trim().split_once(' ')?;
        let (_agent, rest) = rest.split_once(' ')?;
        let quoted = rest.trim().strip_prefix('"')?;
        let mut text = String::new();
        let mut chars = quoted.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => text.push(chars.next()?),
                other => text.push(other),
            }
        }
        (code == "299" && !text.is_empty()).then_some(Warning { text })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Called for each warning.
pub(crate) type WarningHandler = Arc<dyn Fn(&Warning) + Send + Sync>;

/// Passes the warnings of an answer on; malformed ones are skipped
/// ([rule E8](crate::semantics#e8)).
pub(crate) fn report(headers: &HeaderMap, handler: Option<&WarningHandler>) {
    let warnings = headers.get_all(http::header::WARNING).into_iter();
    for warning in warnings.filter_map(|header| Warning::parse(header.to_str().ok()?)) {
        match handler {
            Some(handler) => handler(&warning),
            None => tracing::warn!(%warning, "warning from the API server"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_299_warnings_count() {
        // Rule E8
        let text = |header| Warning::parse(header).map(|warning| warning.text);
        assert_eq!(
            text(r#"299 - "v1beta1 is deprecated""#).as_deref(),
            Some("v1beta1 is deprecated")
        );
        assert_eq!(
            text(r#"299 k8s "unknown field \"x\"" "date""#).as_deref(),
            Some("unknown field \"x\"")
        );
        for malformed in [
            "",
            "299",
            "299 -",
            "299 - text",
            "299 - \"open",
            "199 - \"other\"",
            "299 - \"\"",
        ] {
            assert_eq!(text(malformed), None, "{malformed}");
        }
    }
}
