//! Field selectors: a few fields with their values.

use std::fmt;
use std::str::FromStr;

use super::error::{SelectorError, SelectorProblem, shorten};

/// Which fields an object must have; the server knows for each kind which ones it supports.
///
/// The text form is that of `kubectl --field-selector`: `metadata.name=web,status.phase!=Running`.
/// Values may hold anything; a comma, an equals sign and a backslash in them are written with
/// a backslash before. Terms are kept sorted, so that equal selectors print alike.
///
/// # Examples
///
/// ```
/// use kubewright::FieldSelector;
///
/// let selector: FieldSelector = "status.phase!=Running,metadata.name==web".parse()?;
/// assert_eq!(selector.to_string(), "metadata.name=web,status.phase!=Running");
/// let built = FieldSelector::everything()
///     .equals("metadata.name", "web")?
///     .not_equals("status.phase", "Running")?;
/// assert_eq!(built, selector);
/// # Ok::<(), kubewright::selector::SelectorError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldSelector {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Term {
    field: String,
    is_equal: bool,
    value: String,
}

impl FieldSelector {
    /// The selector without terms, which matches every object.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// The same with one more term: the field has the value.
    ///
    /// # Errors
    ///
    /// The field is not a path.
    pub fn equals(
        self,
        field: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Term::new(field.into(), true, value.into())?))
    }

    /// The same with one more term: the field has another value.
    ///
    /// # Errors
    ///
    /// The field is not a path.
    pub fn not_equals(
        self,
        field: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Term::new(field.into(), false, value.into())?))
    }

    fn and(mut self, term: Term) -> Self {
        if let Err(place) = self.terms.binary_search(&term) {
            self.terms.insert(place, term);
        }
        self
    }

    /// Whether it matches every object.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.terms.is_empty()
    }

    /// The value that a field must have, if a term says so.
    #[must_use]
    pub fn required_value(&self, field: &str) -> Option<&str> {
        let term = self
            .terms
            .iter()
            .find(|term| term.is_equal && term.field == field)?;
        Some(&term.value)
    }

    /// Whether it selects an object with the fields that `value_of` gives; an absent field is empty.
    ///
    /// ```
    /// use kubewright::FieldSelector;
    ///
    /// let selector: FieldSelector = "metadata.name=web".parse()?;
    /// assert!(selector.matches(|field| (field == "metadata.name").then_some("web")));
    /// # Ok::<(), kubewright::selector::SelectorError>(())
    /// ```
    #[must_use]
    pub fn matches<'a>(&self, value_of: impl Fn(&str) -> Option<&'a str>) -> bool {
        self.terms.iter().all(|term| {
            let value = value_of(&term.field).unwrap_or_default();
            (value == term.value) == term.is_equal
        })
    }
}

impl Term {
    fn new(field: String, is_equal: bool, value: String) -> Result<Self, SelectorError> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || "=!,\\".contains(c);
        if field.is_empty() || field.contains(odd) {
            return Err(SelectorProblem::Field(shorten(&field)).into());
        }
        Ok(Self {
            field,
            is_equal,
            value,
        })
    }

    fn parse(text: &str) -> Result<Self, SelectorError> {
        let operator = text.find(['=', '!']).ok_or_else(|| no_operator(text))?;
        let (field, rest) = text.split_at(operator);
        let (is_equal, value) = if let Some(value) = rest.strip_prefix("!=") {
            (false, value)
        } else if let Some(value) = rest.strip_prefix("==").or(rest.strip_prefix('=')) {
            (true, value)
        } else {
            return Err(no_operator(text));
        };
        Self::new(
            field.trim_matches(' ').to_owned(),
            is_equal,
            unescape(value)?,
        )
    }
}

fn no_operator(text: &str) -> SelectorError {
    SelectorProblem::NoComparison(shorten(text)).into()
}

fn unescape(text: &str) -> Result<String, SelectorError> {
    let mut value = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped @ ('\\' | ',' | '=')) => value.push(escaped),
                _ => return Err(bad_escape(text)),
            },
            '=' => return Err(bad_escape(text)),
            _ => value.push(c),
        }
    }
    Ok(value)
}

fn bad_escape(text: &str) -> SelectorError {
    SelectorProblem::Escape(shorten(text)).into()
}

impl FromStr for FieldSelector {
    type Err = SelectorError;

    /// Reads the form of `kubectl --field-selector`; empty terms are skipped.
    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut terms = Vec::new();
        for (offset, term) in split_terms(text) {
            if !term.is_empty() {
                terms.push(Term::parse(term).map_err(|error| error.at(text, offset))?);
            }
        }
        terms.sort_unstable();
        terms.dedup();
        Ok(Self { terms })
    }
}

/// Cuts at commas that no backslash precedes; each piece with its byte offset.
fn split_terms(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut escaped = false;
    let pieces = text.split(move |c: char| {
        let cuts = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        cuts
    });
    let mut offset = 0;
    pieces.map(move |piece| {
        let start = offset;
        offset += piece.len() + 1;
        (start, piece)
    })
}

impl fmt::Display for FieldSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, term) in self.terms.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            let operator = if term.is_equal { "=" } else { "!=" };
            write!(f, "{}{operator}", term.field)?;
            write_escaped(&term.value, f)?;
        }
        Ok(())
    }
}

fn write_escaped(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write as _;
    for c in value.chars() {
        if matches!(c, '\\' | ',' | '=') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}
