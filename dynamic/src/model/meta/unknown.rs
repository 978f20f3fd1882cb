//! The text of an enum value that the generated code does not know.

use std::fmt;
use std::ops::Deref;

use kubewright_table::Empty;

/// A value of an open enum that was not known when the enum was generated.
///
/// It is a text, and made from one with `into()`. Enums are full of values that are known, so
/// what they set aside for others is one word, where a `String` would take three in every
/// enum of every object.
///
/// # Examples
///
/// ```
/// use kubewright::meta::Unknown;
///
/// let policy: Unknown = "Sometimes".into();
/// assert_eq!(policy.as_str(), "Sometimes");
/// assert!(policy.starts_with("Some") && policy == "Sometimes");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(
    /// Nothing for the empty text, so that there is a constant.
    #[allow(
        clippy::redundant_allocation,
        reason = "a pointer of one word, which one to a text is not"
    )]
    Option<Box<Box<str>>>,
);

impl Unknown {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().map_or("", |text| text)
    }
}

impl Deref for Unknown {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Empty for Unknown {
    const EMPTY: Self = Self(None);
}

impl From<&str> for Unknown {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Unknown {
    fn from(text: String) -> Self {
        Self((!text.is_empty()).then(|| Box::new(text.into())))
    }
}

impl From<Unknown> for String {
    fn from(text: Unknown) -> Self {
        text.0.map_or_else(Self::new, |text| (*text).into())
    }
}

impl PartialEq<str> for Unknown {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Unknown {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}
