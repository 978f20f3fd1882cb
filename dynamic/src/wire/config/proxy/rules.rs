//! `NO_PROXY` as Go reads it (`golang.org/x/net/http/httpproxy`).

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

/// Whether requests to a server go through the environment's proxy. Those to this machine do not.
pub(super) fn is_proxied(server: &Url, without: &str) -> bool {
    let port = server.port_or_known_default().unwrap_or_default();
    let place = match server.host() {
        Some(Host::Domain("localhost")) | None => return false,
        Some(Host::Domain(name)) => Place::Name(name),
        Some(Host::Ipv4(address)) => Place::Address(address.into()),
        Some(Host::Ipv6(address)) => Place::Address(IpAddr::from(address).to_canonical()),
    };
    if matches!(place, Place::Address(address) if address.is_loopback()) {
        return false;
    }
    !without.split(',').any(|entry| place.is_in(entry, port))
}

/// Where a server is.
#[derive(Clone, Copy)]
enum Place<'a> {
    Name(&'a str),
    Address(IpAddr),
}

impl Place<'_> {
    /// Whether an entry of the list means this place: `*`, an address, a network, or a name with
    /// all below it; a name that begins with a dot or with `*.` means only what is below.
    fn is_in(self, entry: &str, port: u16) -> bool {
        let entry = entry.trim().to_lowercase();
        if entry == "*" {
            return true;
        }
        if let Ok(network) = entry.parse::<IpNet>() {
            return matches!(self, Place::Address(address) if network.contains(&address));
        }
        let (host, wanted) = host_and_port(&entry).unwrap_or((&entry, ""));
        let is_port = wanted.is_empty() || wanted == port.to_string();
        is_port && self.is_host(host)
    }

    fn is_host(self, host: &str) -> bool {
        match (self, host.parse::<IpAddr>()) {
            (Place::Address(address), Ok(listed)) => address == listed.to_canonical(),
            (Place::Name(name), Err(_)) => is_name(name, host),
            _ => false,
        }
    }
}

fn is_name(name: &str, listed: &str) -> bool {
    let below = listed
        .strip_prefix('*')
        .filter(|rest| rest.starts_with('.'));
    let listed = below.unwrap_or(listed);
    if let Some(parent) = listed.strip_prefix('.') {
        return is_below(name, &ascii(parent));
    }
    let listed = ascii(listed);
    !listed.is_empty() && (name == listed || is_below(name, &listed))
}

fn is_below(name: &str, parent: &str) -> bool {
    let front = name.strip_suffix(parent);
    front.is_some_and(|front| front.ends_with('.'))
}

/// A name as it stands in a URL.
fn ascii(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    Host::parse(name).map_or_else(|_| name.to_owned(), |host| host.to_string())
}

/// `host:port` or `[address]:port`.
fn host_and_port(entry: &str) -> Option<(&str, &str)> {
    let (host, port) = entry.rsplit_once(':')?;
    if let Some(inside) = host.strip_prefix('[') {
        return Some((inside.strip_suffix(']')?, port));
    }
    (!host.contains(':')).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        // Rule C12: what Go says of the same pairs.
        for (server, without, expected) in [
            ("https://k.example", "", true),
            ("https://localhost:6443", "", false),
            ("https://LOCALHOST", "", false),
            ("https://127.0.0.1", "", false),
            ("https://127.9.9.9:1", "", false),
            ("https://[::1]:1", "", false),
            ("https://[::ffff:127.0.0.1]", "", false),
            ("https://k.example", "*", false),
            ("https://10.0.0.1", "*", false),
            ("https://k.example", "a, *", false),
            ("https://k.example", "k.example", false),
            ("https://k.example", "K.EXAMPLE", false),
            ("https://a.k.example", "k.example", false),
            ("https://ak.example", "k.example", true),
            ("https://k.example", ".k.example", true),
            ("https://a.k.example", ".k.example", false),
            ("https://k.example", "*.k.example", true),
            ("https://a.b.k.example", "*.k.example", false),
            ("https://k.example", "*example", true),
            ("https://k.example", "k.example:443", false),
            ("https://k.example:6443", "k.example:443", true),
            ("https://k.example:6443", "k.example:6443", false),
            ("https://k.example:6443", "k.example:", false),
            ("https://k.example:6443", ":6443", true),
            ("http://k.example", "k.example:80", false),
            ("https://10.0.0.1", "10.0.0.1", false),
            ("https://10.0.0.1:6443", "10.0.0.1:6443", false),
            ("https://10.0.0.1:6443", "10.0.0.1:443", true),
            ("https://10.0.0.1", "10.0.0.0/8", false),
            ("https://11.0.0.1", "10.0.0.0/8", true),
            ("https://k.example", "10.0.0.0/8", true),
            ("https://10.0.0.1", "0.1", true),
            ("https://10.0.0.1", "10.0.0.0/33", true),
            ("https://[fd00::1]", "fd00::1", false),
            ("https://[fd00::1]:6443", "[fd00::1]:6443", false),
            ("https://[fd00::1]", "[fd00::1]", true),
            ("https://[fd00::1]", "fd00::/8", false),
            ("https://[::ffff:10.0.0.1]", "10.0.0.1", false),
            ("https://b\u{fc}cher.example", "b\u{fc}cher.example", false),
            ("https://k.example", ",, ,", true),
            ("https://k.example", ".", true),
            ("https://k.example", "*.", true),
            ("https://k.example.", "k.example", true),
        ] {
            let found = is_proxied(&Url::parse(server).unwrap(), without);
            assert_eq!(found, expected, "{server} without {without:?}");
        }
    }
}
