//! The root that a client trusts, of which webpki looks at name, key and name constraints alone.

use crate::case::{Row, World, row};
use crate::der::{
    ANY, CERTIFICATES, CLIENT, Form, SERVER, SIGNING, basic, extension, integer, purposes, seq,
    tlv, usage,
};

/// A root without extensions.
fn plain(w: &World) -> Form {
    Form::new("root", &w.root, "root")
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = forms();
    rows.extend(details());
    rows.extend(several());
    rows
}

fn forms() -> Vec<Row> {
    vec![
        row("a root that has expired", |w| {
            w.under_root(&w.root_form().valid(-3, -1))
        }),
        row("a root that is not yet valid", |w| {
            w.under_root(&w.root_form().valid(1, 3))
        }),
        row("a root that does not say it is one", |w| {
            w.under_root(&plain(w))
        }),
        row("a root that says it is none", |w| {
            w.under_root(&plain(w).and(&[basic(false, None)]))
        }),
        row("a root of version 1", |w| {
            w.under_root(&plain(w).of_version_1())
        }),
        row("a root of version 1 that has expired", |w| {
            w.under_root(&plain(w).of_version_1().valid(-3, -1))
        }),
        row("a root that may sign certificates", |w| {
            w.under_root(&w.root_form().and(&[usage(&[CERTIFICATES])]))
        }),
        row("a root that may sign no certificates", |w| {
            w.under_root(&w.root_form().and(&[usage(&[SIGNING])]))
        }),
        row("a root for clients", |w| {
            w.under_root(&w.root_form().and(&[purposes(&[CLIENT])]))
        }),
        row("a root for servers", |w| {
            w.under_root(&w.root_form().and(&[purposes(&[SERVER])]))
        }),
        row("a root for any purpose", |w| {
            w.under_root(&w.root_form().and(&[purposes(&[ANY])]))
        }),
        row("a root with an unknown critical extension", |w| {
            w.under_root(&w.root_form().and(&[extension("1.2.3", true, b"")]))
        }),
    ]
}

fn details() -> Vec<Row> {
    vec![
        row("a root with critical policies", |w| {
            let any = seq(&[seq(&[crate::der::oid("2.5.29.32.0")])]);
            w.under_root(&w.root_form().and(&[extension("2.5.29.32", true, &any)]))
        }),
        row("a root that demands policies", |w| {
            let demand = extension("2.5.29.36", true, &seq(&[tlv(0x80, &[0])]));
            w.under_root(&w.root_form().and(&[demand]))
        }),
        row("a root with a path length of 0", |w| {
            w.under_root(&plain(w).and(&[basic(true, Some(0))]))
        }),
        row("an authority below a root with a path length of 0", |w| {
            let root = plain(w).and(&[basic(true, Some(0))]).signed(&w.root);
            w.below(&w.middle_form()).trusting(&[root])
        }),
        row("a root with a negative serial number", |w| {
            w.under_root(&w.root_form().with(|form| form.serial = integer(&[0xff])))
        }),
        row("a root with an extension twice", |w| {
            let one = extension("1.2.3", false, b"");
            w.under_root(&w.root_form().and(&[one.clone(), one]))
        }),
        row("a root that somebody else signed", |w| {
            w.shows(&w.leaf())
                .trusting(&[w.root_form().signed(&w.stranger)])
        }),
        row("a root with identifiers of issuer and subject", |w| {
            w.under_root(
                &w.root_form()
                    .with(|form| form.identifiers = tlv(0x81, &[0, 1])),
            )
        })
        .refused_because("webpki does not read it"),
    ]
}

fn several() -> Vec<Row> {
    vec![
        row("a stranger's root", |w| {
            let other = Form::new("other", &w.stranger, "other").and(&[basic(true, None)]);
            w.shows(&w.leaf()).trusting(&[other.signed(&w.stranger)])
        }),
        row("a stranger's root of the same name", |w| {
            let other = Form::new("root", &w.stranger, "root").and(&[basic(true, None)]);
            w.shows(&w.leaf()).trusting(&[other.signed(&w.stranger)])
        }),
        row("two roots of the same name", |w| {
            let other = Form::new("root", &w.stranger, "root").and(&[basic(true, None)]);
            w.shows(&w.leaf())
                .trusting(&[other.signed(&w.stranger), w.root()])
        }),
        row("a root that expired beside its successor", |w| {
            let old = w.root_form().valid(-3, -1).signed(&w.root);
            w.shows(&w.leaf()).trusting(&[old, w.root()])
        }),
        row("a root that may not sign beside one that may", |w| {
            let not = w.root_form().and(&[usage(&[SIGNING])]).signed(&w.root);
            w.shows(&w.leaf()).trusting(&[w.root(), not])
        }),
    ]
}
