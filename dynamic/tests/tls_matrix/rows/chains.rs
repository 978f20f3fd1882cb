//! Authorities between the server and the root.

use crate::case::{Case, Row, World, row};
use crate::der::{
    ANY, CERTIFICATES, CLIENT, Form, SERVER, SIGNING, basic, cn, extension, integer, oid, purposes,
    seq, tlv, usage,
};
use crate::keys::Key;

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = authorities();
    rows.extend(policies());
    rows.extend(paths());
    rows
}

/// An authority without extensions.
fn plain(w: &World) -> Form {
    Form::new("middle", &w.middle, "root")
}

fn authorities() -> Vec<Row> {
    vec![
        row("an authority between", |w| w.below(&w.middle_form())),
        row("an authority that is missing", |w| {
            let leaf = w.leaf().with(|form| form.issuer = cn("middle"));
            w.chain(vec![leaf.signed(&w.middle)])
        }),
        row("an authority that does not say so", |w| w.below(&plain(w))),
        row("an authority that says it is none", |w| {
            w.below(&plain(w).and(&[basic(false, None)]))
        }),
        row("an authority of version 1", |w| {
            w.below(&plain(w).of_version_1())
        }),
        row("an authority that may sign certificates", |w| {
            w.below(&w.middle_form().and(&[usage(&[CERTIFICATES])]))
        }),
        row("an authority that may sign no certificates", |w| {
            w.below(&w.middle_form().and(&[usage(&[SIGNING])]))
        }),
        row("an authority that has expired", |w| {
            w.below(&w.middle_form().valid(-3, -1))
        }),
        row("an authority that is not yet valid", |w| {
            w.below(&w.middle_form().valid(1, 3))
        }),
        row("an authority that expired beside one that has not", |w| {
            let mut case = w.below(&w.middle_form());
            case.chain
                .insert(1, w.middle_form().valid(-3, -1).signed(&w.root));
            case
        }),
        row("an authority for clients", |w| {
            w.below(&w.middle_form().and(&[purposes(&[CLIENT])]))
        }),
        row("an authority for servers", |w| {
            w.below(&w.middle_form().and(&[purposes(&[SERVER])]))
        }),
        row("an authority for any purpose", |w| {
            w.below(&w.middle_form().and(&[purposes(&[ANY])]))
        }),
        row("an authority with an unknown critical extension", |w| {
            w.below(&w.middle_form().and(&[extension("1.2.3", true, b"")]))
        }),
        row("an authority with a negative serial number", |w| {
            w.below(&w.middle_form().with(|form| form.serial = integer(&[0xff])))
        }),
        row("an authority with an extension twice", |w| {
            let one = extension("1.2.3", false, b"");
            w.below(&w.middle_form().and(&[one.clone(), one]))
        }),
        row("an authority that the root did not sign", |w| {
            let mut case = w.below(&w.middle_form());
            case.chain[1] = w.middle_form().signed(&w.stranger);
            case
        }),
        row("an authority whose name is encoded otherwise", |w| {
            let mut case = w.below(&w.middle_form());
            let printable = crate::der::named("2.5.4.3", 0x13, b"middle");
            case.chain[1] = w
                .middle_form()
                .with(|form| form.subject = printable)
                .signed(&w.root);
            case
        }),
    ]
}

fn policies() -> Vec<Row> {
    vec![
        row("an authority that demands policies", |w| {
            let demand = extension("2.5.29.36", false, &seq(&[tlv(0x80, &[0])]));
            w.below(&w.middle_form().and(&[demand]))
        }),
        row("an authority that demands policies, which all have", |w| {
            let policy = extension("2.5.29.32", false, &seq(&[seq(&[oid("1.2.3")])]));
            let demand = extension("2.5.29.36", false, &seq(&[tlv(0x80, &[0])]));
            let middle = w.middle_form().and(&[policy.clone(), demand]);
            let mut case = w.below(&middle);
            let leaf = w
                .leaf()
                .and(&[policy])
                .with(|form| form.issuer = cn("middle"));
            case.chain[0] = leaf.signed(&w.middle);
            case
        })
        .refused_because("paths that demand policies are not computed"),
        row("an authority that maps any policy", |w| {
            let policy = extension("2.5.29.32", false, &seq(&[seq(&[oid("1.2.3")])]));
            let any = oid("2.5.29.32.0");
            let mapping = extension("2.5.29.33", false, &seq(&[seq(&[any, oid("1.2.3")])]));
            w.below(&w.middle_form().and(&[policy, mapping]))
        }),
        row("an authority that maps one policy to another", |w| {
            let policy = extension("2.5.29.32", false, &seq(&[seq(&[oid("1.2.3")])]));
            let mapping = seq(&[seq(&[oid("1.2.3"), oid("1.2.4")])]);
            w.below(
                &w.middle_form()
                    .and(&[policy, extension("2.5.29.33", false, &mapping)]),
            )
        }),
    ]
}

/// The leaf below so many authorities, of which the one next to the root is of this form.
fn deep(w: &World, count: usize, top: fn(Form) -> Form) -> Case {
    let mut issuer = ("root".to_owned(), w.root.clone());
    let mut chain = Vec::new();
    for at in 0..count {
        let key = Key::p256();
        let name = format!("authority {at}");
        let form = Form::new(&name, &key, &issuer.0).and(&[basic(true, None)]);
        let form = if at == 0 { top(form) } else { form };
        chain.insert(0, form.signed(&issuer.1));
        issuer = (name, key);
    }
    let leaf = w.leaf().with(|form| form.issuer = cn(&issuer.0));
    chain.insert(0, leaf.signed(&issuer.1));
    w.chain(chain)
}

fn limited(form: Form, length: u8) -> Form {
    form.with(|form| form.extensions = Some(vec![basic(true, Some(length))]))
}

fn paths() -> Vec<Row> {
    vec![
        row("two authorities between", |w| deep(w, 2, |form| form)),
        row("six authorities between", |w| deep(w, 6, |form| form)),
        row("seven authorities between", |w| deep(w, 7, |form| form))
            .refused_because("webpki follows at most six authorities"),
        row("two authorities below a path length of 1", |w| {
            deep(w, 2, |form| limited(form, 1))
        }),
        row("two authorities below a path length of 0", |w| {
            deep(w, 2, |form| limited(form, 0))
        }),
        row("authorities in the wrong order", |w| {
            let mut case = deep(w, 3, |form| form);
            case.chain[1..].reverse();
            case
        }),
        row("the root behind the others", |w| {
            let mut case = w.below(&w.middle_form());
            case.chain.push(w.root());
            case
        }),
        row("the leaf twice", |w| {
            let mut case = w.below(&w.middle_form());
            let leaf = case.chain[0].clone();
            case.chain.insert(1, leaf);
            case
        }),
        row("authorities that issued each other", |w| {
            let mut case = w.below(&w.middle_form());
            let across = Form::new("root", &w.root, "middle").and(&[basic(true, None)]);
            case.chain.push(across.signed(&w.middle));
            case
        }),
        row("only a root that another root has issued", |w| {
            let mut case = w.below(&w.middle_form());
            let across = Form::new("root", &w.root, "other").and(&[basic(true, None)]);
            case.chain.push(across.signed(&w.stranger));
            let other = Form::new("other", &w.stranger, "other").and(&[basic(true, None)]);
            case.trusting(&[other.signed(&w.stranger)])
        }),
        row("the authority between as the configured one", |w| {
            let middle = w.middle_form().signed(&w.root);
            w.below(&w.middle_form()).trusting(&[middle])
        }),
    ]
}
