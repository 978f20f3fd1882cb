//! The rules for names: RFC 1123, RFC 1035 and qualified names.
//!
//! Each check returns the hint that an Invalid status carries.

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must \
                     start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for \
                     validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or \
                         '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used \
                         for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_1035: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an \
                          alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', \
                          regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with \
                         an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for \
                         validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
                           and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or \
                           '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// How the names of a kind are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Subdomain,
    Label,
    Label1035,
    /// Anything that can be one segment of a path, as RBAC allows.
    PathSegment,
}

impl Rule {
    pub(crate) fn check(self, name: &str) -> Result<(), String> {
        match self {
            Self::Subdomain => subdomain(name),
            Self::Label => label(name),
            Self::Label1035 => label_1035(name),
            Self::PathSegment => path_segment(name),
        }
    }
}

pub(crate) fn subdomain(name: &str) -> Result<(), String> {
    at_most(name, 253)?;
    ensure(name.split('.').all(is_label), SUBDOMAIN)
}

pub(crate) fn label(name: &str) -> Result<(), String> {
    at_most(name, 63)?;
    ensure(is_label(name), LABEL)
}

fn label_1035(name: &str) -> Result<(), String> {
    at_most(name, 63)?;
    ensure(
        is_label(name) && name.starts_with(|c: char| c.is_ascii_lowercase()),
        LABEL_1035,
    )
}

fn path_segment(name: &str) -> Result<(), String> {
    match name {
        "." | ".." => Err(format!("may not be '{name}'")),
        name => match name.chars().find(|c| "/%".contains(*c)) {
            Some(c) => Err(format!("may not contain '{c}'")),
            None => Ok(()),
        },
    }
}

/// A label's key: an optional DNS prefix, then a name of at most 63 characters.
pub(crate) fn qualified_name(name: &str) -> Result<(), String> {
    let name = match name.split_once('/') {
        Some((prefix, name)) => {
            subdomain(prefix).map_err(|why| format!("prefix part {why}"))?;
            name
        }
        None => name,
    };
    ensure(!name.contains('/'), QUALIFIED)?;
    at_most(name, 63).map_err(|why| format!("name part {why}"))?;
    ensure(!name.is_empty() && is_mixed(name), QUALIFIED)
}

pub(crate) fn label_value(value: &str) -> Result<(), String> {
    at_most(value, 63)?;
    ensure(value.is_empty() || is_mixed(value), LABEL_VALUE)
}

fn ensure(holds: bool, hint: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(hint.to_owned()) }
}

fn at_most(text: &str, limit: usize) -> Result<(), String> {
    if text.len() <= limit {
        Ok(())
    } else {
        Err(format!("must be no more than {limit} bytes"))
    }
}

fn is_label(text: &str) -> bool {
    let alphanumeric = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    framed(text, alphanumeric, |c| alphanumeric(c) || c == b'-')
}

fn is_mixed(text: &str) -> bool {
    framed(
        text,
        |c| c.is_ascii_alphanumeric(),
        |c| c.is_ascii_alphanumeric() || b"-_.".contains(&c),
    )
}

/// Whether the first and last byte satisfy `edge` and all of them `inner`.
fn framed(text: &str, edge: impl Fn(u8) -> bool, inner: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let edges = bytes.first().zip(bytes.last());
    edges.is_some_and(|(first, last)| edge(*first) && edge(*last))
        && bytes.iter().all(|c| inner(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_rule() {
        let long = "a".repeat(64);
        let cases = [
            (Rule::Subdomain, "a.b-c.1", true),
            (Rule::Subdomain, "B_b", false),
            (Rule::Subdomain, "a..b", false),
            (Rule::Subdomain, "-a", false),
            (Rule::Subdomain, &long, true),
            (Rule::Label, "a.b", false),
            (Rule::Label, &long, false),
            (Rule::Label1035, "1a", false),
            (Rule::Label1035, "a1", true),
            (Rule::PathSegment, "system:node:x", true),
            (Rule::PathSegment, "..", false),
            (Rule::PathSegment, "a/b", false),
        ];
        for (rule, name, wanted) in cases {
            assert_eq!(rule.check(name).is_ok(), wanted, "{rule:?} {name}");
        }
    }

    #[test]
    fn label_keys_and_values() {
        assert!(qualified_name("app.kubernetes.io/name").is_ok());
        assert!(qualified_name("a b").is_err());
        assert!(qualified_name("/a").is_err());
        assert!(qualified_name("a/").is_err());
        assert!(label_value("").is_ok());
        assert!(label_value("-").is_err());
    }
}
