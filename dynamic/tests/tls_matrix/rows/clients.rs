//! Certificates that clients show. The server is Go's: it takes any whose key the client has.

use crate::case::{Case, Row, World, row};
use crate::der::{Form, extension, integer};
use crate::keys::Key;

/// A client with this key, and a certificate of this form.
fn client(w: &World, key: &Key, change: fn(Form) -> Form) -> Case {
    let form = change(Form::new("client", key, "root"));
    w.shows(&w.leaf())
        .with_client(&[form.signed(&w.root)], &key.pem)
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = certificates();
    rows.extend(keys());
    rows.into_iter().map(Row::needs_go).collect()
}

fn certificates() -> Vec<Row> {
    vec![
        row("a client certificate", |w| {
            client(w, &Key::p256(), |form| form)
        }),
        row("a client certificate over TLS 1.2", |w| {
            client(w, &Key::p256(), |form| form).tls12()
        }),
        row("a client certificate of version 1", |w| {
            client(w, &Key::p256(), Form::of_version_1)
        }),
        row("a client certificate of version 1 over TLS 1.2", |w| {
            client(w, &Key::p256(), Form::of_version_1).tls12()
        }),
        row("a client certificate that has expired", |w| {
            client(w, &Key::p256(), |form| form.valid(-3, -1))
        }),
        row(
            "a client certificate with an unknown critical extension",
            |w| {
                client(w, &Key::p256(), |form| {
                    form.and(&[extension("1.2.3", true, b"")])
                })
            },
        ),
        row("a client certificate with a negative serial number", |w| {
            client(w, &Key::p256(), |form| {
                form.with(|form| form.serial = integer(&[0xff]))
            })
        }),
        row("a client certificate with an extension twice", |w| {
            client(w, &Key::p256(), |form| {
                let one = extension("1.2.3", false, b"");
                form.and(&[one.clone(), one])
            })
        }),
        row("a client certificate that is cut", |w| {
            let key = Key::p256();
            let der = Form::new("client", &key, "root").signed(&w.root);
            w.shows(&w.leaf())
                .with_client(&[der[..der.len() - 1].to_vec()], &key.pem)
        }),
        row("a client certificate with its authority", |w| {
            let key = Key::p256();
            let own = Form::new("client", &key, "middle").signed(&w.middle);
            w.shows(&w.leaf())
                .with_client(&[own, w.middle_form().signed(&w.root)], &key.pem)
        }),
        row("the client certificate of another key", |w| {
            let own = Form::new("client", &w.stranger, "root").signed(&w.root);
            w.shows(&w.leaf()).with_client(&[own], &Key::p256().pem)
        }),
        row("a client certificate of version 1 and another key", |w| {
            let own = Form::new("client", &w.stranger, "root").of_version_1();
            w.shows(&w.leaf())
                .with_client(&[own.signed(&w.root)], &Key::p256().pem)
        }),
        row("no client certificate in the text", |w| {
            let mut case = client(w, &Key::p256(), |form| form);
            let client = case.client.as_mut().unwrap();
            client.certificate = "nothing".to_owned();
            case
        }),
    ]
}

fn keys() -> Vec<Row> {
    vec![
        row("a client with P-384", |w| {
            client(w, &Key::p384(), |form| form)
        }),
        row("a client with Ed25519", |w| {
            client(w, &Key::ed25519(), |form| form)
        }),
        row("a client with P-521", |w| {
            client(w, &Key::go(w.go(), "p521", "SHA-512"), |form| form)
        }),
        row("a client with P-521 and a certificate of version 1", |w| {
            client(w, &Key::go(w.go(), "p521", "SHA-512"), Form::of_version_1)
        }),
        row("a client with P-521 over TLS 1.2", |w| {
            client(w, &Key::go(w.go(), "p521", "SHA-512"), |form| form).tls12()
        }),
        row("a client with RSA of 2048 bits", |w| {
            client(w, &Key::go(w.go(), "rsa-2048", "SHA-256"), |form| form)
        }),
        row("a client with RSA of 1024 bits", |w| {
            client(w, &Key::go(w.go(), "rsa-1024", "SHA-256"), |form| form)
        })
        .refused_because("no provider signs with RSA keys of less than 2048 bits"),
        row("a client key under another label", |w| {
            let mut case = client(w, &Key::p256(), |form| form);
            let client = case.client.as_mut().unwrap();
            client.key = client.key.replace(" PRIVATE KEY", " EC PRIVATE KEY");
            case
        }),
        row("a client key behind its parameters", |w| {
            let mut case = client(w, &Key::p256(), |form| form);
            let client = case.client.as_mut().unwrap();
            let parameters =
                crate::case::block("EC PARAMETERS", &crate::der::oid("1.2.840.10045.3.1.7"));
            client.key = format!("{parameters}{}", client.key);
            case
        }),
        row("a client key with a password", |w| {
            let mut case = client(w, &Key::p256(), |form| form);
            let client = case.client.as_mut().unwrap();
            client.key = client
                .key
                .replace(" PRIVATE KEY", " ENCRYPTED PRIVATE KEY")
                .replacen('M', "A", 1);
            case
        }),
        row("a certificate in the place of the client key", |w| {
            let mut case = client(w, &Key::p256(), |form| form);
            let client = case.client.as_mut().unwrap();
            client.key.clone_from(&client.certificate);
            case
        }),
    ]
}
