//! Label selectors: all their requirements together.

use std::fmt;
use std::str::FromStr;

use super::error::SelectorError;
use super::parser;
use super::requirement::Requirement;
use crate::model::meta::{LabelSelector, Map};

/// Which labels an object must have; a query, where [`LabelSelector`] is its form in a spec.
///
/// The text form is that of `kubectl -l`: `app=web,tier in (front,edge),!canary,cores>4`.
/// Requirements are kept sorted, so that equal selectors print alike.
///
/// # Examples
///
/// ```
/// use kubewright::meta::Map;
/// use kubewright::Selector;
///
/// let selector: Selector = "tier notin (back), app == web".parse()?;
/// assert_eq!(selector.to_string(), "app=web,tier notin (back)");
/// assert!(selector.matches(&Map::from([("app", "web".to_owned())])));
///
/// let built = Selector::everything().equals("app", "web")?.not_in("tier", ["back"])?;
/// assert_eq!(built, selector);
/// # Ok::<(), kubewright::selector::SelectorError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    requirements: Vec<Requirement>,
    nothing: bool,
}

impl Selector {
    /// The selector without requirements, which matches every object.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// The selector that matches no object, as an absent selector inside a spec does.
    ///
    /// The text form has no word for it. It prints as a contradiction (`none,!none`), so that
    /// a request made of it finds nothing, where the empty text would find everything.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            requirements: Vec::new(),
            nothing: true,
        }
    }

    /// The same with one more requirement.
    #[must_use]
    pub fn and(mut self, requirement: Requirement) -> Self {
        if !self.nothing
            && let Err(place) = self.requirements.binary_search(&requirement)
        {
            self.requirements.insert(place, requirement);
        }
        self
    }

    /// As [`Selector::and`] with [`Requirement::equals`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::equals`].
    pub fn equals(
        self,
        key: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::equals(key, value)?))
    }

    /// As [`Selector::and`] with [`Requirement::not_equals`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::not_equals`].
    pub fn not_equals(
        self,
        key: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::not_equals(key, value)?))
    }

    /// As [`Selector::and`] with [`Requirement::is_in`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::is_in`].
    pub fn is_in<V: Into<String>>(
        self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::is_in(key, values)?))
    }

    /// As [`Selector::and`] with [`Requirement::not_in`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::not_in`].
    pub fn not_in<V: Into<String>>(
        self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::not_in(key, values)?))
    }

    /// As [`Selector::and`] with [`Requirement::exists`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::exists`].
    pub fn exists(self, key: impl Into<String>) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::exists(key)?))
    }

    /// As [`Selector::and`] with [`Requirement::does_not_exist`].
    ///
    /// # Errors
    ///
    /// Those of [`Requirement::does_not_exist`].
    pub fn does_not_exist(self, key: impl Into<String>) -> Result<Self, SelectorError> {
        Ok(self.and(Requirement::does_not_exist(key)?))
    }

    /// The requirements, sorted by key.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether it matches every object, so that labels need not be read.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        !self.nothing && self.requirements.is_empty()
    }

    /// Whether this is [`Selector::nothing`]: a reader need not read at all then.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.nothing
    }

    /// Whether an object with these labels is meant.
    #[must_use]
    pub fn matches(&self, labels: &Map<String>) -> bool {
        !self.nothing
            && self
                .requirements
                .iter()
                .all(|requirement| requirement.matches(labels))
    }
}

impl FromIterator<Requirement> for Selector {
    fn from_iter<I: IntoIterator<Item = Requirement>>(requirements: I) -> Self {
        let mut requirements: Vec<Requirement> = requirements.into_iter().collect();
        requirements.sort_unstable();
        requirements.dedup();
        Self {
            requirements,
            nothing: false,
        }
    }
}

impl FromStr for Selector {
    type Err = SelectorError;

    /// Reads the form of `kubectl -l`; the empty text is [`Selector::everything`].
    fn from_str(text: &str) -> Result<Self, SelectorError> {
        Ok(parser::parse(text)?.into_iter().collect())
    }
}

impl TryFrom<&LabelSelector> for Selector {
    type Error = SelectorError;

    fn try_from(selector: &LabelSelector) -> Result<Self, SelectorError> {
        let labels = selector
            .match_labels
            .iter()
            .map(|(key, value)| Requirement::equals(key, value));
        let expressions = selector.match_expressions.iter().map(Requirement::try_from);
        labels.chain(expressions).collect()
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nothing {
            return f.write_str("none,!none");
        }
        for (position, requirement) in self.requirements.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            requirement.fmt(f)?;
        }
        Ok(())
    }
}
