//! Files with the certificates of authorities, as people put them together.

use crate::case::{Case, Row, World, block, bundle, row};
use crate::der::integer;

/// The usual server, and a client that trusts what this makes of the root's text.
fn text(w: &World, change: fn(String) -> String) -> Case {
    w.shows(&w.leaf())
        .trusting_text(change(bundle(&[w.root()])))
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = mixed();
    rows.extend(forms());
    rows
}

fn mixed() -> Vec<Row> {
    vec![
        row("a bundle with text around it", |w| {
            text(w, |pem| format!("# the root\n{pem}\n# end\n"))
        }),
        row("a bundle with the endings of Windows", |w| {
            text(w, |pem| pem.replace('\n', "\r\n"))
        }),
        row("a bundle without a last newline", |w| {
            text(w, |pem| pem.trim_end().to_owned())
        }),
        row("a bundle with the root twice", |w| {
            text(w, |pem| format!("{pem}{pem}"))
        }),
        row("a bundle with a key in it", |w| {
            let key = &w.root.pem;
            w.shows(&w.leaf())
                .trusting_text(format!("{key}{}", bundle(&[w.root()])))
        }),
        row("a bundle whose first certificate is not one", |w| {
            text(w, |pem| format!("{}{pem}", block("CERTIFICATE", b"junk")))
        }),
        row("a bundle whose first certificate is not base64", |w| {
            text(w, |pem| {
                format!("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n{pem}")
            })
        }),
        row("a bundle whose first certificate is cut", |w| {
            text(w, |pem| format!("{}\n{pem}", &pem[..pem.len() / 2]))
        }),
        row("a bundle whose last certificate is cut", |w| {
            text(w, |pem| format!("{pem}{}", &pem[..pem.len() / 2]))
        }),
        row(
            "a bundle whose first certificate has a negative serial number",
            |w| {
                let bad = w
                    .root_form()
                    .with(|form| form.serial = integer(&[0xff]))
                    .signed(&w.root);
                w.shows(&w.leaf()).trusting(&[bad, w.root()])
            },
        ),
    ]
}

fn forms() -> Vec<Row> {
    vec![
        row("a bundle of nothing but a malformed certificate", |w| {
            text(w, |_| block("CERTIFICATE", b"junk"))
        }),
        row("a bundle without a certificate", |w| {
            text(w, |_| "nothing".to_owned())
        }),
        row("a bundle of a trusted certificate of OpenSSL", |w| {
            text(w, |pem| pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE"))
        }),
        row("a bundle with headers in its only certificate", |w| {
            text(w, |pem| {
                pem.replacen("-----\n", "-----\nProc-Type: 4\n\n", 1)
            })
        }),
        row("a bundle that is indented", |w| {
            text(w, |pem| pem.replace('\n', "\n  "))
        }),
        row("a bundle whose certificate begins within a line", |w| {
            text(w, |pem| format!("x{pem}"))
        }),
        row("a bundle with spaces behind its lines", |w| {
            text(w, |pem| pem.replace('\n', "  \n"))
        }),
        row("a bundle in one line of base64", |w| {
            text(w, |pem| {
                let body = pem.replace("-----BEGIN CERTIFICATE-----\n", "");
                let body = body
                    .replace("\n-----END CERTIFICATE-----\n", "")
                    .replace('\n', "");
                format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
            })
        }),
    ]
}
