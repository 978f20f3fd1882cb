//! The alphabet of names that become parts of a URL.

use std::fmt;

/// How much of a text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 80;

/// One part of a name: how it is called and what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// An API group: labels joined by dots.
    Group,
    /// A version: one label.
    Version,
    /// A resource: one label.
    Resource,
    /// A kind: one label, capitals allowed.
    Kind,
    /// A resource as people type it, which may be a kind too.
    TypedResource,
}

impl Part {
    /// Says what is wrong with `text`, if anything.
    pub(super) fn check(self, text: &str) -> Result<(), NameProblem> {
        if text.is_empty() {
            return Err(NameProblem::Empty(self));
        }
        if text.len() > self.longest() {
            return Err(NameProblem::TooLong(self));
        }
        if let Some(odd) = text.chars().find(|&c| !self.allows(c)) {
            return Err(NameProblem::Holds {
                part: self,
                text: shorten(text),
                odd,
            });
        }
        let edge = |c: char| c.is_ascii_alphanumeric();
        let mut labels = text.split('.');
        match labels.all(|label| label.starts_with(edge) && label.ends_with(edge)) {
            true => Ok(()),
            false => Err(NameProblem::Edge {
                part: self,
                text: text.to_owned(),
            }),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Version => "version",
            Self::Resource | Self::TypedResource => "resource",
            Self::Kind => "kind",
        }
    }

    fn longest(self) -> usize {
        match self {
            Self::Group => 253,
            _ => 63,
        }
    }

    fn allows(self, c: char) -> bool {
        match c {
            'a'..='z' | '0'..='9' | '-' => true,
            'A'..='Z' => matches!(self, Self::Kind | Self::TypedResource),
            '.' => matches!(self, Self::Group),
            _ => false,
        }
    }
}

/// Why a part of a name is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameProblem {
    Empty(Part),
    TooLong(Part),
    /// A character that it may not hold.
    Holds {
        part: Part,
        text: String,
        odd: char,
    },
    /// A label that begins or ends with something else than a letter or digit.
    Edge {
        part: Part,
        text: String,
    },
    TooManySlashes,
    NoObject,
    BadObject(&'static str),
    PercentInObject,
}

impl fmt::Display for NameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(part) => write!(f, "the {} is empty", part.name()),
            Self::TooLong(part) => {
                let (name, longest) = (part.name(), part.longest());
                write!(f, "the {name} is longer than {longest} characters")
            }
            Self::Holds { part, text, odd } => {
                write!(f, "the {} {text:?} has a {odd:?} in it", part.name())
            }
            Self::Edge { part, text } => {
                let name = part.name();
                write!(
                    f,
                    "the {name} {text:?} does not begin and end with a letter or a digit"
                )
            }
            Self::TooManySlashes => f.write_str("it has too many slashes"),
            Self::NoObject => f.write_str("the name after the slash is empty"),
            Self::BadObject(name) => write!(f, "an object cannot be called {name:?}"),
            Self::PercentInObject => f.write_str("the name has a '%' in it"),
        }
    }
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// A group as it stands in a group and version: empty for the core group.
pub(super) fn check_group_or_core(group: &str) -> Result<(), NameProblem> {
    if group.is_empty() {
        return Ok(());
    }
    Part::Group.check(group)
}

/// Whether a text is written as Kubernetes versions are: `v1`, `v2beta3`.
pub(super) fn looks_like_version(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let stage = rest.strip_prefix("alpha").or(rest.strip_prefix("beta"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
        && (rest.is_empty() || stage.is_some_and(digits))
}
