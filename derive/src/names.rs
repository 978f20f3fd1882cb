//! The alphabet of groups, versions, kinds and plurals.

/// A name that the attribute states.
#[derive(Clone, Copy)]
pub(crate) enum Name {
    Group,
    Version,
    Kind,
    Plural,
    Singular,
    Short,
    Category,
}

impl Name {
    /// Says what is wrong with `text`, if anything.
    pub(crate) fn fault(self, text: &str) -> Option<String> {
        let is_fine = match self {
            Self::Group => text.is_empty() || is_dns_name(text),
            Self::Version => is_label(text),
            Self::Kind => is_label(&text.to_ascii_lowercase()),
            Self::Plural | Self::Singular | Self::Short | Self::Category => is_label(text),
        };
        (!is_fine).then(|| format!("{text:?} is not {}", self.expectation()))
    }

    fn expectation(self) -> &'static str {
        match self {
            Self::Group => {
                "an API group: expected a DNS name as in \"apps\" or \"example.com\", or \"\" for the core group"
            }
            Self::Version => {
                "a version: expected lower-case letters, digits and '-', as in \"v1\" or \"v1beta2\""
            }
            Self::Kind => "a kind: expected letters, digits and '-', as in \"Deployment\"",
            Self::Singular => {
                "a singular: expected lower-case letters, digits and '-', as in \"deployment\""
            }
            Self::Short => {
                "a short name: expected lower-case letters, digits and '-', as in \"deploy\""
            }
            Self::Category => {
                "a category: expected lower-case letters, digits and '-', as in \"all\""
            }
            Self::Plural => {
                "a plural: expected lower-case letters, digits and '-', as in \"deployments\""
            }
        }
    }
}

fn is_dns_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let edge = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let bytes = part.as_bytes();
        bytes.first().is_some_and(edge)
            && bytes.last().is_some_and(edge)
            && bytes.iter().all(|b| edge(b) || *b == b'-')
    };
    text.len() <= 253 && text.split('.').all(is_part)
}

/// One label that begins with a letter (RFC 1035), as the API asks of versions and plurals.
fn is_label(text: &str) -> bool {
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.contains('.')
        && is_dns_name(text)
}
