//! Kinds of keys and of signatures, of servers and of authorities.

use std::sync::Arc;

use crate::case::{Case, Row, World, row};
use crate::der::{Form, basic};
use crate::keys::Key;

/// A server with this key, whose certificate the root signed.
fn server(w: &World, key: &Key) -> Case {
    let leaf = w.leaf().with(|form| form.key.clone_from(&key.info));
    w.shows(&leaf).with_key(key)
}

/// The usual server, below a root with this key.
fn root(w: &World, key: &Key) -> Case {
    let root = Form::new("root", key, "root").and(&[basic(true, None)]);
    w.chain(vec![w.leaf().signed(key)])
        .trusting(&[root.signed(key)])
}

fn go(w: &World, kind: &str, hash: &'static str) -> Key {
    Key::go(w.go(), kind, hash)
}

const WEAK: &str = "RSA keys of less than 2048 bits are not safe, and no provider takes them";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = elliptic();
    rows.extend(rsa());
    rows
}

fn elliptic() -> Vec<Row> {
    vec![
        row("a server with P-384", |w| server(w, &Key::p384())),
        row("a server with P-384 over TLS 1.2", |w| {
            server(w, &Key::p384()).tls12()
        }),
        row("a server with Ed25519", |w| server(w, &Key::ed25519())),
        row("a root with P-384", |w| root(w, &Key::p384())),
        row("a root with Ed25519", |w| root(w, &Key::ed25519())),
        row("a server with P-521", |w| {
            server(w, &go(w, "p521", "SHA-512")).by_go()
        })
        .needs_go(),
        row("a server with P-521 over TLS 1.2", |w| {
            server(w, &go(w, "p521", "SHA-512")).by_go().tls12()
        })
        .needs_go(),
        row("a root with P-521", |w| root(w, &go(w, "p521", "SHA-512"))).needs_go(),
        row("a root with P-521 and SHA-256", |w| {
            root(w, &go(w, "p521", "SHA-256"))
        })
        .needs_go(),
        row("a root with P-521 and SHA-1", |w| {
            root(w, &go(w, "p521", "SHA-1"))
        })
        .needs_go(),
        row("another signer than a root with P-521", |w| {
            let key = go(w, "p521", "SHA-512");
            let mut case = root(w, &key);
            let other = go(w, "p521", "SHA-512");
            case.chain = vec![w.leaf().signed(&other)];
            case
        })
        .needs_go(),
        row("a root with P-256 and SHA-512", |w| {
            let key = Key::p256().signing_with(&Arc::clone(w.go()), "SHA-512");
            root(w, &key)
        })
        .needs_go()
        .refused_because("ring has no such signatures; aws-lc-rs has"),
        row("a root with P-256 and SHA-384", |w| {
            root(w, &Key::p256().signing_with(&Arc::clone(w.go()), "SHA-384"))
        })
        .needs_go(),
        row("a root with P-256 and SHA-1", |w| {
            root(w, &Key::p256().signing_with(&Arc::clone(w.go()), "SHA-1"))
        })
        .needs_go(),
        row("a root with P-224", |w| root(w, &go(w, "p224", "SHA-256")))
            .needs_go()
            .refused_because("no provider has the curve P-224"),
    ]
}

fn rsa() -> Vec<Row> {
    vec![
        row("a server with RSA of 2048 bits", |w| {
            server(w, &go(w, "rsa-2048", "SHA-256"))
        })
        .needs_go(),
        row("a server with RSA of 2048 bits over TLS 1.2", |w| {
            server(w, &go(w, "rsa-2048", "SHA-256")).tls12()
        })
        .needs_go(),
        row("a server with RSA of 4096 bits", |w| {
            server(w, &go(w, "rsa-4096", "SHA-256"))
        })
        .needs_go(),
        row("a server with RSA of 1024 bits", |w| {
            server(w, &go(w, "rsa-1024", "SHA-256")).by_go()
        })
        .needs_go()
        .refused_because(WEAK),
        row("a root with RSA of 2048 bits", |w| {
            root(w, &go(w, "rsa-2048", "SHA-256"))
        })
        .needs_go(),
        row("a root with RSA and SHA-512", |w| {
            root(w, &go(w, "rsa-2048", "SHA-512"))
        })
        .needs_go(),
        row("a root with RSA and SHA-1", |w| {
            root(w, &go(w, "rsa-2048", "SHA-1"))
        })
        .needs_go(),
        row("a root with RSA of 1024 bits", |w| {
            root(w, &go(w, "rsa-1024", "SHA-256"))
        })
        .needs_go()
        .refused_because(WEAK),
    ]
}
