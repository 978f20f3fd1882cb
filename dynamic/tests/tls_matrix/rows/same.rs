//! Servers that show a certificate which is configured as an authority, and what such a
//! certificate has issued.

use crate::case::{Case, NAME, Row, World, row};
use crate::der::{
    CERTIFICATES, CLIENT, Form, SERVER, basic, cn, constraints, dns, extension, names, purposes,
    tlv, usage,
};

/// The server's certificate, signed by itself.
fn own(w: &World) -> Form {
    Form::new("server", &w.server, "server").and(&[names(&[dns(NAME)])])
}

fn shows(w: &World, form: &Form) -> Case {
    let der = form.signed(&w.server);
    w.chain(vec![der.clone()]).trusting(&[der])
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = trusted();
    rows.extend(others());
    rows
}

fn trusted() -> Vec<Row> {
    vec![
        row("signed by itself, and an authority", |w| {
            shows(w, &own(w).and(&[basic(true, None)]))
        }),
        row("signed by itself, and no authority", |w| shows(w, &own(w))),
        row("signed by itself, but not trusted", |w| {
            w.chain(vec![own(w).and(&[basic(true, None)]).signed(&w.server)])
        }),
        row("issued by the root, and trusted alone", |w| {
            let leaf = w.leaf().signed(&w.root);
            w.chain(vec![leaf.clone()]).trusting(&[leaf])
        }),
        row("trusted itself, and expired", |w| {
            shows(w, &own(w).valid(-3, -1))
        }),
        row("trusted itself, and not yet valid", |w| {
            shows(w, &own(w).valid(1, 3))
        }),
        row("trusted itself, for another name", |w| {
            shows(w, &own(w)).named("other.example")
        }),
        row("trusted itself, with a common name alone", |w| {
            shows(w, &w.bare_leaf().with(|form| form.subject = cn(NAME)))
        }),
        row("trusted itself, of version 1", |w| {
            shows(w, &w.bare_leaf().of_version_1())
        }),
        row("trusted itself, for clients", |w| {
            shows(w, &own(w).and(&[purposes(&[CLIENT])]))
        }),
        row("trusted itself, for servers", |w| {
            shows(w, &own(w).and(&[purposes(&[SERVER])]))
        }),
        row("trusted itself, with an unknown critical extension", |w| {
            shows(w, &own(w).and(&[extension("1.2.3", true, b"")]))
        }),
        row(
            "trusted itself, with a key usage for certificates alone",
            |w| shows(w, &own(w).and(&[usage(&[CERTIFICATES])])),
        ),
        row("trusted itself, with a wrong signature", |w| {
            let der = own(w).signed(&w.stranger);
            w.chain(vec![der.clone()]).trusting(&[der])
        }),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row("trusted itself, and excludes its own name", |w| {
            shows(
                w,
                &own(w).and(&[basic(true, None), constraints(&[], &[dns(NAME)])]),
            )
        }),
        row(
            "trusted itself, with identifiers of issuer and subject",
            |w| {
                shows(
                    w,
                    &own(w).with(|form| form.identifiers = tlv(0x81, &[0, 1])),
                )
            },
        )
        .refused_because("webpki does not read it"),
        row("trusted itself, without a key for it", |w| {
            let other = Form::new("server", &w.stranger, "server").and(&[names(&[dns(NAME)])]);
            let der = other.signed(&w.stranger);
            w.chain(vec![der.clone()]).trusting(&[der])
        }),
        row("issued by a trusted server that is no authority", |w| {
            let trusted = Form::new("server", &w.middle, "root").and(&[basic(false, None)]);
            let leaf = w.leaf().with(|form| form.issuer = cn("server"));
            w.chain(vec![leaf.signed(&w.middle)])
                .trusting(&[trusted.signed(&w.root)])
        }),
        row(
            "issued by a trusted server that does not say what it is",
            |w| {
                let trusted = Form::new("server", &w.middle, "server").and(&[names(&[dns(NAME)])]);
                let leaf = w.leaf().with(|form| form.issuer = cn("server"));
                w.chain(vec![leaf.signed(&w.middle)])
                    .trusting(&[trusted.signed(&w.middle)])
            },
        ),
        row(
            "issued by a trusted server that is an authority, too",
            |w| {
                let trusted = Form::new("server", &w.middle, "server")
                    .and(&[names(&[dns(NAME)]), basic(true, None)]);
                let leaf = w.leaf().with(|form| form.issuer = cn("server"));
                w.chain(vec![leaf.signed(&w.middle)])
                    .trusting(&[trusted.signed(&w.middle)])
            },
        ),
    ]
}
