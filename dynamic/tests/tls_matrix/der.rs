//! A small writer of DER, and of certificates in every part of which something can be wrong.

use jiff::{SignedDuration, Timestamp};

use crate::keys::Key;

pub(crate) fn tlv(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = match length {
        0..=0x7f => vec![tag, u8::try_from(length).unwrap()],
        0x80..=0xff => vec![tag, 0x81, u8::try_from(length).unwrap()],
        _ => {
            let [high, low] = u16::try_from(length).unwrap().to_be_bytes();
            vec![tag, 0x82, high, low]
        }
    };
    [&head, body].concat()
}

pub(crate) fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub(crate) fn integer(body: &[u8]) -> Vec<u8> {
    tlv(2, body)
}

pub(crate) fn bits(unused: u8, body: &[u8]) -> Vec<u8> {
    tlv(3, &[&[unused], body].concat())
}

pub(crate) fn oid(text: &str) -> Vec<u8> {
    let parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    let mut body = base_128(parts[0] * 40 + parts[1]);
    body.extend(parts[2..].iter().flat_map(|part| base_128(*part)));
    tlv(6, &body)
}

fn base_128(part: u32) -> Vec<u8> {
    let digits = (0..5)
        .rev()
        .map(|at| u8::try_from(part >> (7 * at) & 0x7f).unwrap());
    let mut digits: Vec<u8> = digits.skip_while(|digit| *digit == 0).collect();
    if digits.is_empty() {
        digits.push(0);
    }
    let last = digits.len() - 1;
    digits[..last].iter_mut().for_each(|digit| *digit |= 0x80);
    digits
}

/// A distinguished name with one attribute.
pub(crate) fn named(attribute: &str, tag: u8, text: &[u8]) -> Vec<u8> {
    seq(&[tlv(0x31, &seq(&[oid(attribute), tlv(tag, text)]))])
}

pub(crate) fn cn(name: &str) -> Vec<u8> {
    named("2.5.4.3", 0x0c, name.as_bytes())
}

/// So many days from now, as the standard wants it up to 2049.
pub(crate) fn utc(days: i64) -> Vec<u8> {
    tlv(
        0x17,
        moment(days)
            .strftime("%y%m%d%H%M%SZ")
            .to_string()
            .as_bytes(),
    )
}

pub(crate) fn generalized(days: i64) -> Vec<u8> {
    tlv(
        0x18,
        moment(days)
            .strftime("%Y%m%d%H%M%SZ")
            .to_string()
            .as_bytes(),
    )
}

fn moment(days: i64) -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(24 * days)
}

/// An extension of any contents.
pub(crate) fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical {
        tlv(1, &[0xff])
    } else {
        Vec::new()
    };
    seq(&[oid(id), critical, tlv(4, value)])
}

pub(crate) fn basic(authority: bool, path_length: Option<u8>) -> Vec<u8> {
    let authority = if authority {
        tlv(1, &[0xff])
    } else {
        Vec::new()
    };
    let length = path_length.map(|length| integer(&[length]));
    extension(
        "2.5.29.19",
        true,
        &seq(&[authority, length.unwrap_or_default()]),
    )
}

/// The usages by their numbers in the standard.
pub(crate) fn usage(usages: &[u8]) -> Vec<u8> {
    let byte = usages.iter().fold(0, |byte, usage| byte | 0x80 >> usage);
    let unused = u8::try_from(u8::trailing_zeros(byte).min(7)).unwrap();
    extension("2.5.29.15", true, &bits(unused, &[byte]))
}

pub(crate) const SIGNING: u8 = 0;
pub(crate) const CERTIFICATES: u8 = 5;

pub(crate) fn purposes(purposes: &[&str]) -> Vec<u8> {
    let purposes: Vec<_> = purposes.iter().map(|purpose| oid(purpose)).collect();
    extension("2.5.29.37", false, &seq(&purposes))
}

pub(crate) const SERVER: &str = "1.3.6.1.5.5.7.3.1";
pub(crate) const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
pub(crate) const ANY: &str = "2.5.29.37.0";

pub(crate) fn dns(name: &str) -> Vec<u8> {
    tlv(0x82, name.as_bytes())
}

pub(crate) fn mail(name: &str) -> Vec<u8> {
    tlv(0x81, name.as_bytes())
}

pub(crate) fn uri(name: &str) -> Vec<u8> {
    tlv(0x86, name.as_bytes())
}

pub(crate) fn ip(octets: &[u8]) -> Vec<u8> {
    tlv(0x87, octets)
}

pub(crate) fn names(names: &[Vec<u8>]) -> Vec<u8> {
    extension("2.5.29.17", false, &seq(names))
}

pub(crate) fn constraints(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Vec<u8> {
    let trees = |tag, names: &[Vec<u8>]| {
        let trees = names.iter().map(|name| seq(std::slice::from_ref(name)));
        let trees = trees.collect::<Vec<_>>().concat();
        if names.is_empty() {
            trees
        } else {
            tlv(tag, &trees)
        }
    };
    let value = seq(&[trees(0xa0, permitted), trees(0xa1, excluded)]);
    extension("2.5.29.30", true, &value)
}

/// A certificate before it is signed. Each part is DER, and so may be any DER or none.
#[derive(Clone)]
pub(crate) struct Form {
    pub(crate) version: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    /// Where it is not the algorithm of the key that signs.
    pub(crate) inner_algorithm: Option<Vec<u8>>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) validity: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) key: Vec<u8>,
    /// The identifiers between the key and the extensions.
    pub(crate) identifiers: Vec<u8>,
    pub(crate) extensions: Option<Vec<Vec<u8>>>,
    /// What follows within the signed part, and after the signature.
    pub(crate) tail: Vec<u8>,
    pub(crate) outer_tail: Vec<u8>,
}

impl Form {
    /// A certificate that is valid now.
    pub(crate) fn new(subject: &str, key: &Key, issuer: &str) -> Self {
        Form {
            version: tlv(0xa0, &integer(&[2])),
            serial: integer(&[0x12, 0x34]),
            inner_algorithm: None,
            issuer: cn(issuer),
            validity: seq(&[utc(-1), utc(1)]),
            subject: cn(subject),
            key: key.info.clone(),
            identifiers: Vec::new(),
            extensions: Some(Vec::new()),
            tail: Vec::new(),
            outer_tail: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Adds extensions.
    pub(crate) fn and(mut self, extensions: &[Vec<u8>]) -> Self {
        self.extensions
            .get_or_insert_default()
            .extend_from_slice(extensions);
        self
    }

    pub(crate) fn valid(self, from: i64, to: i64) -> Self {
        self.with(|form| form.validity = seq(&[utc(from), utc(to)]))
    }

    /// Neither a version nor extensions.
    pub(crate) fn of_version_1(self) -> Self {
        self.with(|form| {
            form.version = Vec::new();
            form.extensions = None;
        })
    }

    pub(crate) fn signed(&self, key: &Key) -> Vec<u8> {
        let algorithm = key.algorithm.clone();
        let extensions = self.extensions.as_ref().map(|list| tlv(0xa3, &seq(list)));
        let body = seq(&[
            self.version.clone(),
            self.serial.clone(),
            self.inner_algorithm
                .clone()
                .unwrap_or_else(|| algorithm.clone()),
            self.issuer.clone(),
            self.validity.clone(),
            self.subject.clone(),
            self.key.clone(),
            self.identifiers.clone(),
            extensions.unwrap_or_default(),
            self.tail.clone(),
        ]);
        let signature = bits(0, &key.sign(&body));
        seq(&[body, algorithm, signature, self.outer_tail.clone()])
    }
}
