//! The alphabet of names that become parts of a URL.

use super::error::shorten;

/// One part of a name: how it is called and what it may hold.
#[derive(Clone, Copy)]
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
    pub(super) fn check(self, text: &str) -> Result<(), String> {
        let fault = self.fault(text);
        fault.map_or(Ok(()), |fault| Err(format!("the {} {fault}", self.name())))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Version => "version",
            Self::Resource | Self::TypedResource => "resource",
            Self::Kind => "kind",
        }
    }

    fn fault(self, text: &str) -> Option<String> {
        if text.is_empty() {
            return Some("is empty".to_owned());
        }
        if text.len() > self.longest() {
            return Some(format!("is longer than {} characters", self.longest()));
        }
        if let Some(odd) = text.chars().find(|&c| !self.allows(c)) {
            return Some(format!("{:?} has a {odd:?} in it", shorten(text)));
        }
        let labels_end_well = text.split('.').all(|label| {
            let edge = |c: char| c.is_ascii_alphanumeric();
            label.starts_with(edge) && label.ends_with(edge)
        });
        (!labels_end_well)
            .then(|| format!("{text:?} does not begin and end with a letter or a digit"))
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

/// A group as it stands in a group and version: empty for the core group.
pub(super) fn check_group_or_core(group: &str) -> Result<(), String> {
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
