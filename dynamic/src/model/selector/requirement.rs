//! One condition on one label.

use std::collections::BTreeSet;
use std::fmt;

use super::error::{SelectorError, SelectorProblem, shorten};
use crate::model::meta::{LabelSelectorRequirement, Map};

/// One condition on one label; keys and values are checked as the API server checks them.
///
/// # Examples
///
/// ```
/// use kubewright::selector::Requirement;
///
/// let front = Requirement::is_in("tier", ["front", "edge"])?;
/// assert_eq!(front.to_string(), "tier in (edge,front)");
/// assert!(Requirement::equals("tier", "not a value").is_err());
/// # Ok::<(), kubewright::selector::SelectorError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Test {
    Exists,
    DoesNotExist,
    Equals(String),
    NotEquals(String),
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    GreaterThan(i64),
    LessThan(i64),
}

impl Requirement {
    /// `key=value`: the label is there and has the value.
    ///
    /// # Errors
    ///
    /// The key or the value is not one that a label can have.
    pub fn equals(key: impl Into<String>, value: impl Into<String>) -> Result<Self, SelectorError> {
        Self::new(key, Test::Equals(checked(value.into())?))
    }

    /// `key!=value`: the label has another value or is not there.
    ///
    /// # Errors
    ///
    /// The key or the value is not one that a label can have.
    pub fn not_equals(
        key: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, SelectorError> {
        Self::new(key, Test::NotEquals(checked(value.into())?))
    }

    /// `key in (a,b)`: the label is there and has one of the values.
    ///
    /// # Errors
    ///
    /// There is no value, or the key or a value is not one that a label can have.
    pub fn is_in<V: Into<String>>(
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, SelectorError> {
        Self::new(key, Test::In(checked_set(values)?))
    }

    /// `key notin (a,b)`: the label has another value or is not there.
    ///
    /// # Errors
    ///
    /// There is no value, or the key or a value is not one that a label can have.
    pub fn not_in<V: Into<String>>(
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, SelectorError> {
        Self::new(key, Test::NotIn(checked_set(values)?))
    }

    /// `key`: the label is there.
    ///
    /// # Errors
    ///
    /// The key is not one that a label can have.
    pub fn exists(key: impl Into<String>) -> Result<Self, SelectorError> {
        Self::new(key, Test::Exists)
    }

    /// `!key`: the label is not there.
    ///
    /// # Errors
    ///
    /// The key is not one that a label can have.
    pub fn does_not_exist(key: impl Into<String>) -> Result<Self, SelectorError> {
        Self::new(key, Test::DoesNotExist)
    }

    /// `key>5`: the label is there, is an integer, and is greater.
    ///
    /// # Errors
    ///
    /// The key is not one that a label can have, or the number is negative: no label's value
    /// begins with a sign.
    pub fn greater_than(key: impl Into<String>, number: i64) -> Result<Self, SelectorError> {
        Self::new(key, Test::GreaterThan(checked_number(number)?))
    }

    /// `key<5`: the label is there, is an integer, and is less.
    ///
    /// # Errors
    ///
    /// As for [`Requirement::greater_than`].
    pub fn less_than(key: impl Into<String>, number: i64) -> Result<Self, SelectorError> {
        Self::new(key, Test::LessThan(checked_number(number)?))
    }

    fn new(key: impl Into<String>, test: Test) -> Result<Self, SelectorError> {
        let key = key.into();
        check_key(&key)?;
        Ok(Self { key, test })
    }

    /// The label that is asked about.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether an object with these labels is meant.
    #[must_use]
    pub fn matches(&self, labels: &Map<String>) -> bool {
        self.test.holds(labels.get(&self.key).map(String::as_str))
    }
}

impl Test {
    fn holds(&self, value: Option<&str>) -> bool {
        match (self, value) {
            (Self::Exists, value) => value.is_some(),
            (Self::DoesNotExist, value) => value.is_none(),
            (Self::NotEquals(_) | Self::NotIn(_), None) => true,
            (_, None) => false,
            (Self::Equals(wanted), Some(value)) => value == wanted,
            (Self::NotEquals(unwanted), Some(value)) => value != unwanted,
            (Self::In(wanted), Some(value)) => wanted.contains(value),
            (Self::NotIn(unwanted), Some(value)) => !unwanted.contains(value),
            (Self::GreaterThan(bound), Some(value)) => number(value).is_some_and(|n| n > *bound),
            (Self::LessThan(bound), Some(value)) => number(value).is_some_and(|n| n < *bound),
        }
    }
}

fn number(value: &str) -> Option<i64> {
    value.parse().ok()
}

impl TryFrom<&LabelSelectorRequirement> for Requirement {
    type Error = SelectorError;

    fn try_from(requirement: &LabelSelectorRequirement) -> Result<Self, SelectorError> {
        let LabelSelectorRequirement {
            key,
            operator,
            values,
        } = requirement;
        match (operator.as_str(), values.is_empty()) {
            ("In", _) => Self::is_in(key, values),
            ("NotIn", _) => Self::not_in(key, values),
            ("Exists", true) => Self::exists(key),
            ("DoesNotExist", true) => Self::does_not_exist(key),
            ("Exists" | "DoesNotExist", false) => Err(SelectorProblem::TakesNoValues {
                operator: operator.to_owned(),
                key: shorten(key),
            }
            .into()),
            _ => Err(SelectorProblem::Operator {
                operator: shorten(operator),
                key: shorten(key),
            }
            .into()),
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match &self.test {
            Test::Exists => f.write_str(key),
            Test::DoesNotExist => write!(f, "!{key}"),
            Test::Equals(value) => write!(f, "{key}={value}"),
            Test::NotEquals(value) => write!(f, "{key}!={value}"),
            Test::In(values) => write!(f, "{key} in ({})", Joined(values)),
            Test::NotIn(values) => write!(f, "{key} notin ({})", Joined(values)),
            Test::GreaterThan(bound) => write!(f, "{key}>{bound}"),
            Test::LessThan(bound) => write!(f, "{key}<{bound}"),
        }
    }
}

struct Joined<'a>(&'a BTreeSet<String>);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, value) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            f.write_str(value)?;
        }
        Ok(())
    }
}

/// A label's key: a name of up to 63 characters, behind an optional DNS prefix and a slash.
fn check_key(key: &str) -> Result<(), SelectorError> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    if is_name(name) && prefix.is_none_or(is_dns_subdomain) {
        return Ok(());
    }
    Err(SelectorProblem::Key(shorten(key)).into())
}

fn checked(value: String) -> Result<String, SelectorError> {
    if value.is_empty() || is_name(&value) {
        return Ok(value);
    }
    Err(SelectorProblem::Value(shorten(&value)).into())
}

fn checked_set<V: Into<String>>(
    values: impl IntoIterator<Item = V>,
) -> Result<BTreeSet<String>, SelectorError> {
    let values: BTreeSet<String> = values
        .into_iter()
        .map(|value| checked(value.into()))
        .collect::<Result<_, _>>()?;
    if values.is_empty() {
        return Err(SelectorProblem::EmptySet.into());
    }
    Ok(values)
}

fn checked_number(number: i64) -> Result<i64, SelectorError> {
    if number < 0 {
        return Err(SelectorProblem::Negative(number).into());
    }
    Ok(number)
}

fn is_name(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    (1..=63).contains(&text.len())
        && text.starts_with(edge)
        && text.ends_with(edge)
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn is_dns_subdomain(text: &str) -> bool {
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let is_label = |label: &str| match label.as_bytes() {
        [] => false,
        [first, .., last] if !lower(*first) || !lower(*last) => false,
        bytes => bytes.iter().all(|&b| lower(b) || b == b'-') && bytes != b"-",
    };
    text.len() <= 253 && text.split('.').all(is_label)
}
