//! Certificates that a server sends although no path needs them: Go reads them all the same.

use crate::case::{Case, Row, World, row};
use crate::der::{Form, bits, extension, integer, oid, seq, tlv};

/// The leaf, and this behind it.
fn beside(w: &World, stranger: Vec<u8>) -> Case {
    w.chain(vec![w.leaf().signed(&w.root), stranger])
}

fn form(w: &World) -> Form {
    Form::new("stranger", &w.stranger, "nobody")
}

/// A stranger whose public key is this.
fn with_key(w: &World, info: Vec<u8>) -> Case {
    beside(w, form(w).with(|form| form.key = info).signed(&w.stranger))
}

fn ec(curve: &str, point: &[u8]) -> Vec<u8> {
    seq(&[seq(&[oid("1.2.840.10045.2.1"), oid(curve)]), bits(0, point)])
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = seq(&[integer(modulus), integer(exponent)]);
    seq(&[
        seq(&[oid("1.2.840.113549.1.1.1"), tlv(5, &[])]),
        bits(0, &key),
    ])
}

const P256: &str = "1.2.840.10045.3.1.7";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = forms();
    rows.extend(keys());
    rows
}

fn forms() -> Vec<Row> {
    vec![
        row("a stranger", |w| beside(w, form(w).signed(&w.stranger))),
        row("a stranger that has expired", |w| {
            beside(w, form(w).valid(-3, -1).signed(&w.stranger))
        }),
        row("a stranger of version 1", |w| {
            beside(w, form(w).of_version_1().signed(&w.stranger))
        }),
        row("a stranger that is no certificate", |w| {
            beside(w, b"junk".to_vec())
        }),
        row("a stranger that is cut", |w| {
            let der = form(w).signed(&w.stranger);
            beside(w, der[..der.len() - 1].to_vec())
        }),
        row("a stranger with a byte behind it", |w| {
            beside(w, [form(w).signed(&w.stranger), vec![0]].concat())
        }),
        row("a stranger with a negative serial number", |w| {
            beside(
                w,
                form(w)
                    .with(|form| form.serial = integer(&[0x80]))
                    .signed(&w.stranger),
            )
        }),
        row("a stranger with an extension twice", |w| {
            let one = extension("1.2.3", false, b"");
            beside(w, form(w).and(&[one.clone(), one]).signed(&w.stranger))
        }),
        row("a stranger with an unknown critical extension", |w| {
            beside(
                w,
                form(w)
                    .and(&[extension("1.2.3", true, b"")])
                    .signed(&w.stranger),
            )
        }),
        row("a stranger with malformed names", |w| {
            beside(
                w,
                form(w)
                    .and(&[extension("2.5.29.17", false, b"junk")])
                    .signed(&w.stranger),
            )
        }),
        row("a stranger with malformed name constraints", |w| {
            beside(
                w,
                form(w)
                    .and(&[extension("2.5.29.30", false, b"junk")])
                    .signed(&w.stranger),
            )
        }),
        row("twenty strangers", |w| {
            let mut case = w.chain(vec![w.leaf().signed(&w.root)]);
            case.chain.extend((0..20).map(|at| {
                Form::new(&format!("stranger {at}"), &w.stranger, "nobody").signed(&w.stranger)
            }));
            case
        }),
    ]
}

fn keys() -> Vec<Row> {
    vec![
        row("a stranger with a key of an unknown kind", |w| {
            with_key(w, seq(&[seq(&[oid("1.2.3.4")]), bits(0, b"key")]))
        }),
        row("a stranger with a point off its curve", |w| {
            with_key(w, ec(P256, &[&[4][..], &[7; 64]].concat()))
        }),
        row("a stranger with a point that is too short", |w| {
            with_key(w, ec(P256, &[&[4][..], &[7; 63]].concat()))
        }),
        row("a stranger with a compressed point", |w| {
            with_key(w, ec(P256, &[&[2][..], &[7; 32]].concat()))
        }),
        row("a stranger with a point off P-384", |w| {
            with_key(w, ec("1.3.132.0.34", &[&[4][..], &[7; 96]].concat()))
        }),
        row("a stranger with a point off P-521", |w| {
            with_key(w, ec("1.3.132.0.35", &[&[4][..], &[0; 132]].concat()))
        }),
        row("a stranger with a key of P-384", |w| {
            with_key(w, crate::keys::Key::p384().info)
        }),
        row("a stranger with an unknown curve", |w| {
            with_key(w, ec("1.3.132.0.10", &[&[4][..], &[7; 64]].concat()))
        }),
        row("a stranger with a key of P-521", |w| {
            with_key(w, crate::keys::Key::go(w.go(), "p521", "SHA-512").info)
        })
        .needs_go(),
        row("a stranger with a key of P-224", |w| {
            with_key(w, crate::keys::Key::go(w.go(), "p224", "SHA-256").info)
        })
        .needs_go()
        .refused_because("no provider has the curve P-224"),
        row("a stranger with a key of Ed25519", |w| {
            with_key(w, crate::keys::Key::ed25519().info)
        }),
        row("a stranger with a short key of Ed25519", |w| {
            with_key(w, seq(&[seq(&[oid("1.3.101.112")]), bits(0, &[7; 31])]))
        }),
        row("a stranger with an RSA key of 8192 bits", |w| {
            with_key(w, rsa(&[&[0][..], &[0xff; 1024]].concat(), &[1, 0, 1]))
        }),
        row("a stranger with an RSA key of 8200 bits", |w| {
            with_key(w, rsa(&[&[0][..], &[0xff; 1025]].concat(), &[1, 0, 1]))
        }),
        row("a stranger with an RSA key without parameters", |w| {
            let key = seq(&[integer(&[0x11; 256]), integer(&[1, 0, 1])]);
            with_key(
                w,
                seq(&[seq(&[oid("1.2.840.113549.1.1.1")]), bits(0, &key)]),
            )
        }),
        row("a stranger with a negative RSA key", |w| {
            with_key(w, rsa(&[0x80; 256], &[1, 0, 1]))
        }),
        row("a stranger with an RSA exponent of 0", |w| {
            with_key(w, rsa(&[0x11; 256], &[0]))
        }),
        row("a stranger with an RSA exponent of 40 bits", |w| {
            with_key(w, rsa(&[0x11; 256], &[1, 0, 0, 0, 1]))
        })
        .refused_because("Go reads it, but verifies nothing with it either"),
    ]
}
