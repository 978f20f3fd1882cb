//! Authorities that may issue certificates for some names only.

use crate::case::{Case, NAME, Row, World, row};
use crate::der::{Form, cn, constraints, dns, extension, ip, mail, names, seq, tlv, uri};

/// A leaf with these names below an authority with these constraints.
fn below(w: &World, constraint: Vec<u8>, own: &[Vec<u8>]) -> Case {
    let middle: Form = w.middle_form().and(&[constraint]);
    let mut case = w.below(&middle);
    let leaf = w.bare_leaf().with(|form| form.issuer = cn("middle"));
    case.chain[0] = leaf.and(&[names(own)]).signed(&w.middle);
    case
}

fn permitting(w: &World, permitted: &[Vec<u8>], own: &[Vec<u8>]) -> Case {
    below(w, constraints(permitted, &[]), own)
}

fn excluding(w: &World, excluded: &[Vec<u8>], own: &[Vec<u8>]) -> Case {
    below(w, constraints(&[], excluded), own)
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = hosts();
    rows.extend(others());
    rows.extend(malformed());
    rows
}

fn hosts() -> Vec<Row> {
    vec![
        row("the domain permitted", |w| {
            permitting(w, &[dns("example")], &[dns(NAME)])
        }),
        row("the very name permitted", |w| {
            permitting(w, &[dns(NAME)], &[dns(NAME)])
        }),
        row("another domain permitted", |w| {
            permitting(w, &[dns("other")], &[dns(NAME)])
        }),
        row("a domain that only ends alike permitted", |w| {
            permitting(w, &[dns("xample")], &[dns(NAME)])
        }),
        row("names below the domain permitted", |w| {
            permitting(w, &[dns(".example")], &[dns(NAME)])
        }),
        row("names below the very name permitted", |w| {
            permitting(w, &[dns(".api.example")], &[dns(NAME)])
        }),
        row("every name permitted", |w| {
            permitting(w, &[dns("")], &[dns(NAME)])
        }),
        row("the domain excluded", |w| {
            excluding(w, &[dns("example")], &[dns(NAME)])
        }),
        row("the domain excluded in other letters", |w| {
            excluding(w, &[dns("EXAMPLE")], &[dns(NAME)])
        }),
        row("another domain excluded", |w| {
            excluding(w, &[dns("other")], &[dns(NAME)])
        }),
        row("every name excluded", |w| {
            excluding(w, &[dns("")], &[dns(NAME)])
        }),
        row("a second name that is excluded", |w| {
            excluding(w, &[dns("other")], &[dns(NAME), dns("a.other")])
        }),
        row("a wildcard that reaches an excluded name", |w| {
            excluding(w, &[dns("b.a.example")], &[dns(NAME), dns("*.a.example")])
        }),
        row("a wildcard beside an excluded name", |w| {
            excluding(w, &[dns("b.c.example")], &[dns(NAME), dns("*.a.example")])
        }),
        row("a wildcard below the permitted name", |w| {
            permitting(w, &[dns("example")], &[dns(NAME), dns("*.a.example")])
        }),
        row("a wildcard above the permitted name", |w| {
            permitting(
                w,
                &[dns("b.a.example"), dns(NAME)],
                &[dns(NAME), dns("*.a.example")],
            )
        }),
        row("a root that permits another domain", |w| {
            w.under_root(&w.root_form().and(&[constraints(&[dns("other")], &[])]))
        }),
        row("a root that permits the name and no address", |w| {
            w.under_root(&w.root_form().and(&[constraints(&[dns("example")], &[])]))
        }),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row("the network permitted", |w| {
            permitting(
                w,
                &[ip(&[127, 0, 0, 0, 255, 0, 0, 0])],
                &[dns(NAME), ip(&[127, 0, 0, 1])],
            )
        }),
        row("another network permitted", |w| {
            permitting(
                w,
                &[ip(&[10, 0, 0, 0, 255, 0, 0, 0])],
                &[dns(NAME), ip(&[127, 0, 0, 1])],
            )
        }),
        row("the network excluded", |w| {
            excluding(
                w,
                &[ip(&[127, 0, 0, 0, 255, 0, 0, 0])],
                &[dns(NAME), ip(&[127, 0, 0, 1])],
            )
        }),
        row("a mail domain excluded, and not used", |w| {
            excluding(w, &[mail("other")], &[dns(NAME)])
        }),
        row("a mail domain excluded", |w| {
            excluding(w, &[mail("other")], &[dns(NAME), mail("a@other")])
        }),
        row("another mail domain excluded", |w| {
            excluding(w, &[mail("other")], &[dns(NAME), mail("a@example")])
        })
        .refused_because("webpki does not compare mail addresses"),
        row("a mail domain permitted", |w| {
            permitting(w, &[mail("other")], &[dns(NAME), mail("a@other")])
        })
        .refused_because("webpki does not compare mail addresses"),
        row("the host of a URI excluded", |w| {
            excluding(w, &[uri("other")], &[dns(NAME), uri("spiffe://other/a")])
        }),
        row("the host of a URI permitted", |w| {
            permitting(w, &[uri("other")], &[dns(NAME), uri("spiffe://other/a")])
        })
        .refused_because("webpki does not compare URIs"),
        row("a URI without a host below any constraint", |w| {
            permitting(w, &[dns("example")], &[dns(NAME), uri("urn:uuid:1")])
        }),
        row("a URI with an address below any constraint", |w| {
            permitting(w, &[dns("example")], &[dns(NAME), uri("https://10.0.0.1/")])
        }),
        row("a URI with a host below another constraint", |w| {
            permitting(w, &[dns("example")], &[dns(NAME), uri("spiffe://other/a")])
        }),
        row("a malformed mail address below any constraint", |w| {
            permitting(w, &[dns("example")], &[dns(NAME), mail("a b")])
        }),
        row("a malformed name below any constraint", |w| {
            excluding(w, &[dns("other")], &[dns(NAME), dns("a b")])
        }),
    ]
}

fn malformed() -> Vec<Row> {
    fn value(w: &World, value: &[u8]) -> Case {
        below(w, extension("2.5.29.30", true, value), &[dns(NAME)])
    }
    vec![
        row("no constraints in the list", |w| value(w, &seq(&[]))),
        row("constraints that are not a list", |w| value(w, b"junk")),
        row("a constraint with a dot at its end", |w| {
            permitting(w, &[dns("example.")], &[dns(NAME)])
        }),
        row("a constraint of a dot", |w| {
            permitting(w, &[dns(".")], &[dns(NAME)])
        }),
        row("a constraint with a space", |w| {
            permitting(w, &[dns("a b"), dns("example")], &[dns(NAME)])
        }),
        row("a network with holes", |w| {
            excluding(w, &[ip(&[10, 0, 0, 0, 255, 0, 255, 0])], &[dns(NAME)])
        }),
        row("a network of an odd length", |w| {
            excluding(w, &[ip(&[10, 0, 0, 0, 255])], &[dns(NAME)])
        }),
        row("a URI constraint that is an address", |w| {
            excluding(w, &[uri("10.0.0.1")], &[dns(NAME)])
        }),
        row("a critical constraint on directories", |w| {
            permitting(w, &[dns("example"), tlv(0xa4, &cn("a"))], &[dns(NAME)])
        }),
        row("a constraint on directories that is not critical", |w| {
            let tree = seq(&[tlv(0xa4, &cn("a"))]);
            let value = seq(&[tlv(0xa1, &tree)]);
            below(w, extension("2.5.29.30", false, &value), &[dns(NAME)])
        })
        .refused_because("webpki compares no names of directories"),
    ]
}
