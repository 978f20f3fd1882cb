//! The names that a certificate is for, and those that a server is reached by.

use crate::case::{Case, NAME, Row, World, row};
use crate::der::{cn, dns, extension, ip, mail, names, oid, seq, tlv, uri};

fn with(w: &World, own: &[Vec<u8>]) -> Case {
    w.shows(&w.bare_leaf().and(&[names(own)]))
}

/// A certificate for these besides the name that it is reached by.
fn beside(w: &World, own: &[Vec<u8>]) -> Case {
    with(w, &[&[dns(NAME)], own].concat())
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = hosts();
    rows.extend(addresses());
    rows.extend(others());
    rows
}

fn hosts() -> Vec<Row> {
    vec![
        row("another name", |w| {
            w.shows(&w.leaf()).named("other.example")
        }),
        row("a name in other letters", |w| {
            with(w, &[dns("API.Example")])
        }),
        row("asked for in other letters", |w| {
            w.shows(&w.leaf()).named("API.example")
        }),
        row("only a common name", |w| {
            w.shows(&w.bare_leaf().with(|form| form.subject = cn(NAME)))
        }),
        row("a common name beside other names", |w| {
            let leaf = w.bare_leaf().with(|form| form.subject = cn(NAME));
            w.shows(&leaf.and(&[names(&[dns("other.example")])]))
        }),
        row("a wildcard", |w| {
            with(w, &[dns("*.example")]).named("api.example")
        })
        .refused_because("webpki wants two labels below a wildcard"),
        row("a wildcard above two labels", |w| {
            with(w, &[dns("*.api.example")]).named("a.api.example")
        }),
        row("a wildcard for two labels", |w| {
            with(w, &[dns("*.api.example")]).named("b.a.api.example")
        }),
        row("a wildcard for no label", |w| {
            with(w, &[dns("*.api.example")])
        }),
        row("a wildcard for everything", |w| with(w, &[dns("*")])),
        row("a wildcard in a label", |w| {
            with(w, &[dns("a*.api.example")]).named("ab.api.example")
        }),
        row("a wildcard in the middle", |w| {
            with(w, &[dns("a.*.example")]).named("a.api.example")
        }),
        row("a name with an underscore", |w| {
            with(w, &[dns("a_b.example")]).named("a_b.example")
        }),
        row("a name of one label", |w| {
            with(w, &[dns("kubernetes")]).named("kubernetes")
        }),
        row("a name with a dot at its end", |w| {
            with(w, &[dns("api.example.")])
        }),
        row("an empty name beside the right one", |w| {
            beside(w, &[dns("")])
        }),
        row("a name with a space beside the right one", |w| {
            beside(w, &[dns("a b")])
        }),
        row("a name that is not ASCII beside the right one", |w| {
            beside(w, &[tlv(0x82, b"caf\xc3\xa9")])
        }),
        row("a hundred names", |w| {
            let many: Vec<_> = (0..100).map(|at| dns(&format!("n{at}.example"))).collect();
            with(w, &many)
        }),
    ]
}

fn addresses() -> Vec<Row> {
    vec![
        row("an address", |w| {
            with(w, &[ip(&[127, 0, 0, 1])]).named("127.0.0.1")
        }),
        row("another address", |w| {
            with(w, &[ip(&[10, 0, 0, 1])]).named("127.0.0.1")
        }),
        row("an address as the name of the server", |w| {
            with(w, &[ip(&[10, 0, 0, 1])]).named("10.0.0.1")
        }),
        row("another address than the name of the server", |w| {
            with(w, &[ip(&[10, 0, 0, 2])]).named("10.0.0.1")
        }),
        row("an address of IPv6 as the name of the server", |w| {
            let mut address = [0; 16];
            address[15] = 1;
            with(w, &[ip(&address)]).named("::1")
        }),
        row("an address as a name", |w| {
            with(w, &[dns("127.0.0.1")]).named("127.0.0.1")
        }),
        row("an address as a common name", |w| {
            w.shows(&w.bare_leaf().with(|form| form.subject = cn("127.0.0.1")))
                .named("127.0.0.1")
        }),
        row("an IPv4 address in the form of IPv6", |w| {
            let mut mapped = [0; 16];
            mapped[10..].copy_from_slice(&[0xff, 0xff, 127, 0, 0, 1]);
            with(w, &[ip(&mapped)]).named("127.0.0.1")
        })
        .refused_because("webpki compares addresses byte by byte"),
        row("an address of five bytes beside the right name", |w| {
            beside(w, &[ip(&[127, 0, 0, 1, 0])])
        }),
        row("a network beside the right name", |w| {
            beside(w, &[ip(&[127, 0, 0, 0, 255, 0, 0, 0])])
        }),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row("a URI of SPIFFE beside the name", |w| {
            beside(w, &[uri("spiffe://cluster.local/ns/a/sa/b")])
        }),
        row("a URN beside the name", |w| {
            beside(w, &[uri("urn:uuid:f81d4fae")])
        }),
        row("a URI with a malformed escape", |w| {
            beside(w, &[uri("https://a/%zz")])
        }),
        row("a URI with an empty label", |w| {
            beside(w, &[uri("https://a..b/")])
        }),
        row("a URI with a control character", |w| {
            beside(w, &[uri("https://a/\n")])
        }),
        row("a URI with a user", |w| {
            beside(w, &[uri("https://user@a.example/")])
        })
        .refused_because("only plain forms of URIs are certain to be read as Go reads them"),
        row("a mail address beside the name", |w| {
            beside(w, &[mail("a@b.example")])
        }),
        row("a mail address that is none", |w| beside(w, &[mail("a b")])),
        row("a mail address that is not ASCII", |w| {
            beside(w, &[tlv(0x81, b"\xff@a")])
        }),
        row("another kind of name beside it", |w| {
            let other = tlv(0xa0, &[oid("1.2.3"), tlv(0xa0, &tlv(0x0c, b"a"))].concat());
            beside(w, &[other])
        }),
        row("a directory name beside it", |w| {
            beside(w, &[tlv(0xa4, &cn("a"))])
        }),
        row("no names in the list", |w| with(w, &[])),
        row("critical names", |w| {
            let list = seq(&[dns(NAME)]);
            w.shows(&w.bare_leaf().and(&[extension("2.5.29.17", true, &list)]))
        }),
        row("critical names of unknown kinds", |w| {
            let list = seq(&[tlv(0x88, &[0x2a])]);
            w.shows(&w.bare_leaf().and(&[extension("2.5.29.17", true, &list)]))
        }),
        row("names that are cut", |w| {
            let list = seq(&[dns(NAME), vec![0x82, 9, b'a']]);
            w.shows(&w.bare_leaf().and(&[extension("2.5.29.17", false, &list)]))
        }),
        row("names that are not a sequence", |w| {
            w.shows(
                &w.bare_leaf()
                    .and(&[extension("2.5.29.17", false, &dns(NAME))]),
            )
        }),
        row("something behind the names", |w| {
            let list = [seq(&[dns(NAME)]), tlv(5, &[])].concat();
            w.shows(&w.bare_leaf().and(&[extension("2.5.29.17", false, &list)]))
        })
        .refused_because("nothing may follow the names"),
    ]
}
