//! The parts of a server's certificate, which the root issued.

use crate::case::{Row, World, row};
use crate::der::{
    ANY, CLIENT, Form, SERVER, SIGNING, basic, bits, cn, generalized, integer, named, oid,
    purposes, seq, tlv, usage, utc,
};

const WEBPKI: &str = "webpki does not read it";
const ODD_TIME: &str = "a form of time that RFC 5280 forbids";

fn changed(w: &World, change: fn(&mut Form)) -> Form {
    w.leaf().with(change)
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = validity();
    rows.extend(versions_and_numbers());
    rows.extend(subjects());
    rows.extend(usages());
    rows.extend(encodings());
    rows
}

fn validity() -> Vec<Row> {
    vec![
        row("a certificate of the root for the name", |w| {
            w.shows(&w.leaf())
        }),
        row("the same over TLS 1.2", |w| w.shows(&w.leaf()).tls12()),
        row("expired", |w| w.shows(&w.leaf().valid(-3, -1))),
        row("not yet valid", |w| w.shows(&w.leaf().valid(1, 3))),
        row("valid to a time before it begins", |w| {
            w.shows(&w.leaf().valid(1, -1))
        }),
        row("dates of four digits before 2050", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[generalized(-1), generalized(1)]);
            }))
        }),
        row("valid until the year 9999", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[utc(-1), tlv(0x18, b"99991231235959Z")]);
            }))
        }),
        row("valid since the year 1", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[tlv(0x18, b"00010101000000Z"), utc(1)]);
            }))
        })
        .refused_because("webpki reads no year before 1970"),
        row("a time without seconds", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[tlv(0x17, b"2501010000Z"), utc(1)]);
            }))
        })
        .refused_because(ODD_TIME),
        row("a time with an offset", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[tlv(0x17, b"250101000000+0100"), utc(1)]);
            }))
        })
        .refused_because(ODD_TIME),
        row("a time with a fraction", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[tlv(0x18, b"20250101000000.5Z"), utc(1)]);
            }))
        }),
        row("a day that does not exist", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[tlv(0x17, b"250230000000Z"), utc(1)]);
            }))
        }),
        row("a validity without an end", |w| {
            w.shows(&changed(w, |f| f.validity = seq(&[utc(-1)])))
        }),
        row("a validity with a third time", |w| {
            w.shows(&changed(w, |f| {
                f.validity = seq(&[utc(-1), utc(1), utc(1)]);
            }))
        })
        .refused_because("nothing may follow the two times"),
    ]
}

fn versions_and_numbers() -> Vec<Row> {
    vec![
        row("version 1", |w| w.shows(&w.bare_leaf().of_version_1())),
        row("version 1, written out", |w| {
            w.shows(
                &w.bare_leaf()
                    .of_version_1()
                    .with(|f| f.version = tlv(0xa0, &integer(&[0]))),
            )
        }),
        row("version 2 with extensions", |w| {
            w.shows(&changed(w, |f| f.version = tlv(0xa0, &integer(&[1]))))
        }),
        row("version 4", |w| {
            w.shows(&changed(w, |f| f.version = tlv(0xa0, &integer(&[3]))))
        }),
        row("a negative serial number", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[0x80, 1])))
        }),
        row("the serial number 0", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[0])))
        }),
        row("a serial number of 21 bytes", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[0x11; 21])))
        }),
        row("a serial number of 64 bytes", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[0x11; 64])))
        }),
        row("a serial number with a zero in front", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[0, 1])))
        }),
        row("a serial number without a byte", |w| {
            w.shows(&changed(w, |f| f.serial = integer(&[])))
        }),
        row("identifiers of the issuer and the subject", |w| {
            w.shows(&changed(w, |f| {
                f.identifiers = [tlv(0x81, &[0, 1]), tlv(0x82, &[0, 1])].concat();
            }))
        })
        .refused_because(WEBPKI),
    ]
}

fn subjects() -> Vec<Row> {
    vec![
        row("no subject", |w| {
            w.shows(&changed(w, |f| f.subject = seq(&[])))
        }),
        row("a subject as a T61 string", |w| {
            w.shows(&changed(w, |f| {
                f.subject = named("2.5.4.3", 0x14, b"caf\xe9");
            }))
        }),
        row("a subject as a BMP string", |w| {
            w.shows(&changed(w, |f| {
                f.subject = named("2.5.4.3", 0x1e, b"\0a\0b");
            }))
        }),
        row("a subject as a universal string", |w| {
            w.shows(&changed(w, |f| {
                f.subject = named("2.5.4.3", 0x1c, b"\0\0\0a");
            }))
        }),
        row("a printable string with an underscore", |w| {
            w.shows(&changed(w, |f| f.subject = named("2.5.4.3", 0x13, b"a_b")))
        }),
        row("a printable string with an asterisk", |w| {
            w.shows(&changed(w, |f| f.subject = named("2.5.4.3", 0x13, b"*.a")))
        }),
        row("a subject that is not UTF-8", |w| {
            w.shows(&changed(w, |f| f.subject = named("2.5.4.3", 0x0c, b"\xff")))
        }),
        row("a subject with a malformed attribute", |w| {
            w.shows(&changed(w, |f| {
                f.subject = seq(&[tlv(0x31, &seq(&[oid("2.5.4.3")]))]);
            }))
        }),
        row("a subject with control characters", |w| {
            w.shows(&changed(w, |f| f.subject = cn("a\u{1b}[2J\nb")))
                .named("other.example")
        }),
    ]
}

fn usages() -> Vec<Row> {
    vec![
        row("for servers", |w| {
            w.shows(&w.leaf().and(&[purposes(&[SERVER])]))
        }),
        row("for clients", |w| {
            w.shows(&w.leaf().and(&[purposes(&[CLIENT])]))
        }),
        row("for clients and servers", |w| {
            w.shows(&w.leaf().and(&[purposes(&[CLIENT, SERVER])]))
        }),
        row("for any purpose", |w| {
            w.shows(&w.leaf().and(&[purposes(&[ANY])]))
        }),
        row("for a purpose that nobody knows", |w| {
            w.shows(&w.leaf().and(&[purposes(&["1.2.3.4"])]))
        }),
        row("for no purpose", |w| {
            w.shows(&w.leaf().and(&[purposes(&[])]))
        })
        .refused_because("RFC 5280 asks for one purpose at least"),
        row("a key usage of signing", |w| {
            w.shows(&w.leaf().and(&[usage(&[SIGNING])]))
        }),
        row("a key usage of encipherment alone", |w| {
            w.shows(&w.leaf().and(&[usage(&[2])]))
        }),
        row("the certificate of an authority", |w| {
            w.shows(&w.leaf().and(&[basic(true, None)]))
        })
        .refused_because("webpki takes no authority for a server, unless it is the configured one"),
        row("the certificate of no authority", |w| {
            w.shows(&w.leaf().and(&[basic(false, None)]))
        }),
        row("a path length without an authority", |w| {
            w.shows(&w.leaf().and(&[basic(false, Some(0))]))
        }),
    ]
}

fn encodings() -> Vec<Row> {
    vec![
        row("signed by another key of the same name", |w| {
            w.chain(vec![w.leaf().signed(&w.stranger)])
        }),
        row("a signature with a byte changed", |w| {
            let mut leaf = w.leaf().signed(&w.root);
            let last = leaf.len() - 1;
            leaf[last] ^= 1;
            w.chain(vec![leaf])
        }),
        row("another algorithm inside than outside", |w| {
            w.shows(&changed(w, |f| {
                f.inner_algorithm = Some(seq(&[oid("1.2.840.10045.4.3.3")]));
            }))
        }),
        row("a byte behind the certificate", |w| {
            let leaf = w.leaf().signed(&w.root);
            w.chain(vec![[&leaf[..], &[0]].concat()])
        }),
        row("an element behind the signature", |w| {
            w.shows(&changed(w, |f| f.outer_tail = tlv(5, &[])))
        })
        .refused_because("nothing may follow the signature"),
        row("an element behind the extensions", |w| {
            w.shows(&changed(w, |f| f.tail = tlv(5, &[])))
        })
        .refused_because("nothing may follow the extensions"),
        row("the end cut off", |w| {
            let leaf = w.leaf().signed(&w.root);
            w.chain(vec![leaf[..leaf.len() - 3].to_vec()])
        }),
        row("a length in more bytes than it needs", |w| {
            w.shows(&changed(w, |f| f.serial = vec![2, 0x81, 1, 5]))
        }),
        row("a length that is not stated", |w| {
            w.shows(&changed(w, |f| f.subject = vec![0x30, 0x80, 0, 0]))
        }),
        row("a tag of several bytes", |w| {
            w.shows(&changed(w, |f| f.serial = vec![0x1f, 2, 1, 5]))
        }),
        row("an RSA key without its parameters", |w| {
            let rsa = seq(&[integer(&[0x11; 256]), integer(&[1, 0, 1])]);
            let info = seq(&[seq(&[oid("1.2.840.113549.1.1.1")]), bits(0, &rsa)]);
            w.shows(&w.leaf().with(|f| f.key = info))
        }),
        row("the key of another server", |w| {
            w.shows(&w.leaf().with(|f| f.key.clone_from(&w.stranger.info)))
        }),
    ]
}
