//! The names that a certificate is for, and the constraints that an authority puts on them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::der::{self, Reader, SEQUENCE, constructed, context};

const MAIL: u8 = context(1);
const DNS: u8 = context(2);
const URI: u8 = context(6);
const ADDRESS: u8 = context(7);

/// The subject alternative names of a certificate.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) hosts: Vec<&'a str>,
    pub(crate) addresses: Vec<IpAddr>,
    has_others: bool,
    /// Whether one of them cannot be compared with constraints: Go then refuses the path if
    /// there are constraints at all.
    pub(crate) has_unmatchable: bool,
}

impl<'a> Names<'a> {
    pub(super) fn read(value: &'a [u8]) -> Option<Self> {
        let mut list = der::only(value, SEQUENCE)?;
        let mut names = Names::default();
        while !list.is_empty() {
            let name = list.any()?;
            names.take(name.tag, name.body)?;
        }
        Some(names)
    }

    fn take(&mut self, tag: u8, body: &'a [u8]) -> Option<()> {
        match tag {
            DNS => {
                let host = ascii(body)?;
                self.has_unmatchable |= host.is_empty() || !is_domain(host);
                self.hosts.push(host);
            }
            ADDRESS => self.addresses.push(address(body)?),
            MAIL => {
                self.has_unmatchable |= !is_mailbox(ascii(body)?);
                self.has_others = true;
            }
            URI => {
                self.has_unmatchable |= !is_matchable(uri_host(ascii(body)?)?);
                self.has_others = true;
            }
            // Other kinds of names are not read by Go either.
            _ => {}
        }
        Some(())
    }

    /// Whether it has none of the kinds of names that are understood.
    pub(super) fn is_empty(&self) -> bool {
        self.hosts.is_empty() && self.addresses.is_empty() && !self.has_others
    }
}

/// What an authority may issue certificates for. webpki compares it with the names of a path;
/// here it is only read.
pub(super) struct Constraints {
    /// Whether all its names are of kinds that are understood.
    pub(super) are_all_known: bool,
}

impl Constraints {
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        let mut reader = der::only(value, SEQUENCE)?;
        let permitted = reader.optional(constructed(0))?.unwrap_or_default();
        let excluded = reader.optional(constructed(1))?.unwrap_or_default();
        reader.end()?;
        if permitted.is_empty() && excluded.is_empty() {
            return None;
        }
        let mut constraints = Constraints {
            are_all_known: true,
        };
        constraints.take(permitted)?;
        constraints.take(excluded)?;
        Some(constraints)
    }

    fn take(&mut self, subtrees: &[u8]) -> Option<()> {
        let mut list = Reader::new(subtrees);
        while !list.is_empty() {
            let mut subtree = list.open(SEQUENCE)?;
            let name = subtree.any()?;
            subtree.optional(context(0))?;
            subtree.optional(context(1))?;
            subtree.end()?;
            let is_valid = match name.tag {
                DNS => is_constraint(ascii(name.body)?),
                MAIL => ascii(name.body).is_some_and(is_mail_constraint),
                URI => ascii(name.body).is_some_and(|uri| is_constraint(uri) && !is_address(uri)),
                ADDRESS => is_network(name.body),
                _ => {
                    self.are_all_known = false;
                    true
                }
            };
            if !is_valid {
                return None;
            }
        }
        Some(())
    }
}

fn ascii(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    text.is_ascii().then_some(text)
}

fn address(body: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(body) {
        return Some(Ipv4Addr::from(octets).into());
    }
    let octets = <[u8; 16]>::try_from(body).ok()?;
    Some(Ipv6Addr::from(octets).into())
}

fn is_address(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

/// An address and a mask of as many bytes, which has no one after a zero.
fn is_network(body: &[u8]) -> bool {
    let (_, mask) = body.split_at(body.len() / 2);
    let bits = mask
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    matches!(body.len(), 8 | 32) && bits.skip_while(|bit| *bit == 1).all(|bit| bit == 0)
}

fn is_mail_constraint(text: &str) -> bool {
    match text.contains('@') {
        true => is_mailbox(text),
        false => is_constraint(text),
    }
}

/// A domain, or all those below it if it begins with a dot.
fn is_constraint(text: &str) -> bool {
    match text.strip_prefix('.') {
        Some("") => false,
        Some(domain) => is_domain(domain),
        None => is_domain(text),
    }
}

/// Labels of visible characters between dots. Nothing at all is a domain, too.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_graphic());
    text.is_empty() || text.split('.').all(is_label)
}

/// Plain mailboxes only: a quoted one is none here, although Go reads it.
fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_plain);
    let is_host = !domain.is_empty() && !domain.contains('@') && is_domain(domain);
    is_host && local.split('.').all(is_atom)
}

/// The host of a URI, with its port, or nothing if it has none.
///
/// Go refuses a certificate with a URI that it cannot read. Its rules are those of its own
/// parser, so only forms that it certainly reads are accepted here.
fn uri_host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let Some(below) = rest.strip_prefix("//") else {
        return (is_scheme && is_path(rest)).then_some("");
    };
    let end = below.find(['/', '?']).unwrap_or(below.len());
    let (host, path) = below.split_at(end);
    (is_scheme && is_host(host) && is_path(path)).then_some(host)
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    name.bytes().all(is_plain)
        && is_domain(name)
        && port.bytes().all(|b| b.is_ascii_digit())
        && is_domain(host)
}

/// Visible characters that need no escape, and escapes that are complete.
fn is_path(path: &str) -> bool {
    let mut parts = path.split('%');
    let is_plain = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&b))
    };
    let is_escaped = |part: &str| {
        let digits = part.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) && is_plain(part)
    };
    parts.next().is_some_and(is_plain) && parts.all(is_escaped)
}

/// Whether the host of a URI can be compared with constraints.
fn is_matchable(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    !name.is_empty() && !is_address(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_those_that_go_reads_for_certain() {
        for (uri, host) in [
            ("spiffe://cluster.local/ns/a/sa/b", Some("cluster.local")),
            ("https://a.example:443/b?c=d%20e", Some("a.example:443")),
            ("urn:uuid:12", Some("")),
            ("file:///a", Some("")),
            ("https://a..b/", None),
            ("https://a./", None),
            ("https://a/%zz", None),
            ("https://a/%", None),
            ("https://a b/", None),
            ("https://a:b/", None),
            ("https://user@a/", None),
            ("https://[::1]/", None),
            ("://a", None),
            ("1a://b", None),
            ("a\nb:c", None),
            ("plain", None),
        ] {
            assert_eq!(uri_host(uri), host, "{uri}");
        }
    }

    #[test]
    fn constraints_are_domains_mailboxes_and_networks() {
        for (text, expected) in [
            ("a.example", true),
            (".a.example", true),
            ("", true),
            (".", false),
            ("a.", false),
            ("a..b", false),
            ("a b", false),
        ] {
            assert_eq!(is_constraint(text), expected, "{text}");
        }
        assert!(is_network(&[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!is_network(&[10, 0, 0, 0, 255, 0, 255, 0]));
        assert!(!is_network(&[10, 0, 0, 0, 255, 0, 0]));
        assert!(!is_network(&[]));
        assert!(is_mailbox("a.b@c") && !is_mailbox("a..b@c") && !is_mailbox("a@b@c"));
        assert!(!is_mailbox("@c") && !is_mailbox("a@") && !is_mailbox("\"a\"@c"));
    }
}
