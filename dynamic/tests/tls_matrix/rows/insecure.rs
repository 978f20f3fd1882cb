//! Servers whose certificate is not verified: it must still be one, and the server have its key.

use crate::case::{Row, row};
use crate::der::{Form, basic, extension, integer};
use crate::keys::Key;

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = leaves();
    rows.extend(others());
    rows
}

fn leaves() -> Vec<Row> {
    vec![
        row("unverified", |w| w.shows(&w.leaf()).insecure()),
        row("unverified, for another name", |w| {
            w.shows(&w.leaf()).insecure().named("other.example")
        }),
        row("unverified, expired", |w| {
            w.shows(&w.leaf().valid(-3, -1)).insecure()
        }),
        row("unverified, of a stranger", |w| {
            w.chain(vec![w.leaf().signed(&w.stranger)]).insecure()
        }),
        row("unverified, of version 1", |w| {
            w.shows(&w.bare_leaf().of_version_1()).insecure()
        }),
        row("unverified, of version 1, over TLS 1.2", |w| {
            w.shows(&w.bare_leaf().of_version_1()).insecure().tls12()
        }),
        row("unverified, with an unknown critical extension", |w| {
            w.shows(&w.leaf().and(&[extension("1.2.3", true, b"")]))
                .insecure()
        }),
        row(
            "unverified, with an unknown critical extension, over TLS 1.2",
            |w| {
                w.shows(&w.leaf().and(&[extension("1.2.3", true, b"")]))
                    .insecure()
                    .tls12()
            },
        ),
        row("unverified, an authority", |w| {
            w.shows(&w.leaf().and(&[basic(true, None)])).insecure()
        }),
        row("unverified, with a negative serial number", |w| {
            w.shows(&w.leaf().with(|form| form.serial = integer(&[0xff])))
                .insecure()
        }),
        row("unverified, with an extension twice", |w| {
            let one = extension("1.2.3", false, b"");
            w.shows(&w.leaf().and(&[one.clone(), one])).insecure()
        }),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row("unverified, with junk behind it", |w| {
            w.chain(vec![w.leaf().signed(&w.root), b"junk".to_vec()])
                .insecure()
        }),
        row("unverified, with a point off its curve behind it", |w| {
            let point = [&[4][..], &[7; 64]].concat();
            let curve = crate::der::oid("1.2.840.10045.3.1.7");
            let algorithm = crate::der::seq(&[crate::der::oid("1.2.840.10045.2.1"), curve]);
            let info = crate::der::seq(&[algorithm, crate::der::bits(0, &point)]);
            let stranger = Form::new("a", &w.stranger, "b").with(|form| form.key = info);
            w.chain(vec![w.leaf().signed(&w.root), stranger.signed(&w.stranger)])
                .insecure()
        }),
        row("unverified, without the key", |w| {
            w.shows(&w.leaf().with(|form| form.key.clone_from(&w.stranger.info)))
                .insecure()
        }),
        row("unverified, without the key, over TLS 1.2", |w| {
            let leaf = w.leaf().with(|form| form.key.clone_from(&w.stranger.info));
            w.shows(&leaf).insecure().tls12()
        }),
        row("unverified, with P-521", |w| {
            let key = Key::go(w.go(), "p521", "SHA-512");
            let leaf = w.leaf().with(|form| form.key.clone_from(&key.info));
            w.shows(&leaf).insecure().with_key(&key).by_go()
        })
        .needs_go(),
        row("unverified, with RSA of 1024 bits", |w| {
            let key = Key::go(w.go(), "rsa-1024", "SHA-256");
            let leaf = w.leaf().with(|form| form.key.clone_from(&key.info));
            w.shows(&leaf).insecure().with_key(&key).by_go()
        })
        .needs_go()
        .refused_because(
            "RSA keys of less than 2048 bits are not safe, and no provider takes them",
        ),
    ]
}
