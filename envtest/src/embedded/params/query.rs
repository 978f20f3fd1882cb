//! The query as names and values, and the ways a value is read.

use super::super::status::Failure;

/// A decoded query string.
#[derive(Debug, Default, Clone)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self(
            form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The first value of a name; the empty text counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.first(name).filter(|value| !value.is_empty())
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// `false` and `0` are false, every other presence is true, as the server converts them.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        let value = self.first(name)?;
        Some(!(value == "0" || value.eq_ignore_ascii_case("false")))
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(value) = self.text(name) else {
            return Ok(None);
        };
        let parsed = value.parse();
        parsed
            .map(Some)
            .map_err(|_| Failure::bad_request(syntax_error("ParseInt", value)))
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }
}

/// The server's wording for a text that is not a number.
pub(crate) fn syntax_error(function: &str, value: &str) -> String {
    format!("strconv.{function}: parsing {value:?}: invalid syntax")
}
