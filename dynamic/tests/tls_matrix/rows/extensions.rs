//! Extensions of a server's certificate, well-formed and not.

use crate::case::{Case, Row, World, row};
use crate::der::{bits, extension, integer, oid, seq, tlv, uri};

fn with(w: &World, extensions: &[Vec<u8>]) -> Case {
    w.shows(&w.leaf().and(extensions))
}

/// The same with an extension whose value is this, and which is not critical.
fn value(w: &World, id: &str, value: &[u8]) -> Case {
    with(w, &[extension(id, false, value)])
}

const POLICIES: &str = "2.5.29.32";
const CRITICAL_POLICIES: &str = "webpki does not know extensions about policies";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = critical();
    rows.extend(duplicates());
    rows.extend(usages());
    rows.extend(identifiers());
    rows.extend(policies());
    rows.extend(places());
    rows
}

fn critical() -> Vec<Row> {
    vec![
        row("an unknown extension", |w| value(w, "1.2.3.4", b"junk")),
        row("an unknown critical extension", |w| {
            with(w, &[extension("1.2.3.4", true, b"junk")])
        }),
        row("an unknown critical extension of the standard", |w| {
            with(w, &[extension("2.5.29.99", true, b"junk")])
        }),
        row("critical policies", |w| {
            let policies = seq(&[seq(&[oid("1.2.3")])]);
            with(w, &[extension(POLICIES, true, &policies)])
        })
        .refused_because(CRITICAL_POLICIES),
        row("a critical identifier of the key", |w| {
            with(w, &[extension("2.5.29.14", true, &tlv(4, b"id"))])
        }),
        row("a critical identifier of the authority's key", |w| {
            with(
                w,
                &[extension("2.5.29.35", true, &seq(&[tlv(0x80, b"id")]))],
            )
        }),
        row("critical information about the authority", |w| {
            let ocsp = seq(&[seq(&[oid("1.3.6.1.5.5.7.48.1"), uri("http://a/")])]);
            with(w, &[extension("1.3.6.1.5.5.7.1.1", true, &ocsp)])
        }),
        row("not critical, written out", |w| {
            with(w, &[seq(&[oid("1.2.3.4"), tlv(1, &[0]), tlv(4, b"junk")])])
        }),
        row("critical as the number 1", |w| {
            with(w, &[seq(&[oid("1.2.3.4"), tlv(1, &[1]), tlv(4, b"junk")])])
        }),
        row("an extension without a value", |w| {
            with(w, &[seq(&[oid("1.2.3.4")])])
        }),
        row("an extension with more than a value", |w| {
            with(w, &[seq(&[oid("1.2.3.4"), tlv(4, b"junk"), tlv(5, &[])])])
        })
        .refused_because("nothing may follow the value"),
        row("an empty list of extensions", |w| {
            w.shows(&w.bare_leaf()).insecure()
        }),
    ]
}

fn duplicates() -> Vec<Row> {
    vec![
        row("the same names twice", |w| {
            let leaf = w.leaf();
            let again = leaf.extensions.clone().unwrap_or_default();
            w.shows(&leaf.and(&again))
        }),
        row("an unknown extension twice", |w| {
            let one = extension("1.2.3.4", false, b"junk");
            with(w, &[one.clone(), one])
        }),
        row("an identifier of the key twice", |w| {
            let one = extension("2.5.29.14", false, &tlv(4, b"id"));
            with(w, &[one.clone(), one])
        }),
    ]
}

fn usages() -> Vec<Row> {
    vec![
        row("a key usage whose unused bits are set", |w| {
            value(w, "2.5.29.15", &bits(5, &[0xff]))
        }),
        row("a key usage without a bit", |w| {
            value(w, "2.5.29.15", &bits(0, &[]))
        }),
        row("a key usage that is an integer", |w| {
            value(w, "2.5.29.15", &integer(&[5]))
        }),
        row("a key usage of nine bits", |w| {
            value(w, "2.5.29.15", &bits(7, &[0x80, 0x80]))
        }),
        row("constraints with a Boolean of 1", |w| {
            value(w, "2.5.29.19", &seq(&[tlv(1, &[1])]))
        }),
        row("constraints with a negative length", |w| {
            value(w, "2.5.29.19", &seq(&[tlv(1, &[0]), integer(&[0xff])]))
        }),
        row("constraints that are not a sequence", |w| {
            value(w, "2.5.29.19", &integer(&[1]))
        }),
        row("constraints with something behind the length", |w| {
            value(w, "2.5.29.19", &seq(&[integer(&[1]), tlv(5, &[])]))
        })
        .refused_because("nothing may follow the path length"),
        row("purposes that are not identifiers", |w| {
            value(w, "2.5.29.37", &seq(&[integer(&[1])]))
        }),
        row("purposes that are not a sequence", |w| {
            value(w, "2.5.29.37", &oid("1.2.3"))
        }),
        row("purposes with a malformed identifier", |w| {
            value(
                w,
                "2.5.29.37",
                &seq(&[oid("1.3.6.1.5.5.7.3.1"), tlv(6, &[0x55, 0x80, 1])]),
            )
        }),
    ]
}

fn identifiers() -> Vec<Row> {
    vec![
        row("a malformed identifier of the key", |w| {
            value(w, "2.5.29.14", b"junk")
        }),
        row("a malformed identifier of the authority's key", |w| {
            value(w, "2.5.29.35", b"junk")
        }),
        row("identifiers of both keys", |w| {
            let own = extension("2.5.29.14", false, &tlv(4, b"own"));
            with(
                w,
                &[
                    own,
                    extension("2.5.29.35", false, &seq(&[tlv(0x80, b"other")])),
                ],
            )
        }),
        row("the issuer of the authority by name and number", |w| {
            let name = tlv(0xa1, &tlv(0xa4, &crate::der::cn("root")));
            let by_name = seq(&[tlv(0x80, b"id"), name, tlv(0x82, &[1])]);
            value(w, "2.5.29.35", &by_name)
        }),
    ]
}

fn policies() -> Vec<Row> {
    vec![
        row("policies", |w| {
            value(w, POLICIES, &seq(&[seq(&[oid("1.2.3")])]))
        }),
        row("policies with qualifiers", |w| {
            let qualifier = seq(&[seq(&[oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, b"http://a/")])]);
            value(w, POLICIES, &seq(&[seq(&[oid("1.2.3"), qualifier])]))
        }),
        row("a policy twice", |w| {
            let policy = seq(&[oid("1.2.3")]);
            value(w, POLICIES, &seq(&[policy.clone(), policy]))
        }),
        row("malformed policies", |w| value(w, POLICIES, b"junk")),
        row("policies that are not identifiers", |w| {
            value(w, POLICIES, &seq(&[seq(&[integer(&[1])])]))
        }),
        row("malformed mappings of policies", |w| {
            value(w, "2.5.29.33", b"junk")
        }),
        row("malformed constraints on policies", |w| {
            value(w, "2.5.29.36", b"junk")
        }),
        row("policies required at once by the leaf", |w| {
            value(w, "2.5.29.36", &seq(&[tlv(0x80, &[0])]))
        }),
        row("policies required later by the leaf", |w| {
            value(w, "2.5.29.36", &seq(&[tlv(0x80, &[5])]))
        })
        .refused_because("paths that demand policies are not computed"),
        row("a malformed limit to any policy", |w| {
            value(w, "2.5.29.54", b"junk")
        }),
        row("a limit to any policy", |w| {
            value(w, "2.5.29.54", &integer(&[0]))
        }),
    ]
}

fn places() -> Vec<Row> {
    vec![
        row("places of revocation lists", |w| {
            let point = seq(&[tlv(0xa0, &tlv(0xa0, &uri("http://a/crl")))]);
            value(w, "2.5.29.31", &seq(&[point]))
        }),
        row("malformed places of revocation lists", |w| {
            value(w, "2.5.29.31", b"junk")
        }),
        row("a place of revocation lists by a relative name", |w| {
            value(w, "2.5.29.31", &seq(&[seq(&[tlv(0xa0, &tlv(0xa1, &[]))])]))
        }),
        row("information about the authority", |w| {
            let ocsp = seq(&[seq(&[oid("1.3.6.1.5.5.7.48.1"), uri("http://a/")])]);
            value(w, "1.3.6.1.5.5.7.1.1", &ocsp)
        }),
        row("malformed information about the authority", |w| {
            value(w, "1.3.6.1.5.5.7.1.1", b"junk")
        }),
        row("malformed name constraints on the leaf", |w| {
            value(w, "2.5.29.30", b"junk")
        }),
        row("empty name constraints on the leaf", |w| {
            value(w, "2.5.29.30", &seq(&[]))
        }),
    ]
}
