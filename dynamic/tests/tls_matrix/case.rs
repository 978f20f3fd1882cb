//! One row of the matrix: a server, what a client trusts, and what both say of it.

use std::sync::Arc;

use crate::der::{Form, basic, dns, ip, names};
use crate::keys::Key;
use crate::oracle::Oracle;

/// The name that most certificates are for.
pub(crate) const NAME: &str = "api.example";

/// What rows are made of: keys that they share, and Go where there is one.
pub(crate) struct World {
    pub(crate) oracle: Option<Arc<Oracle>>,
    /// Of the root, of an authority below it, of somebody else, and of the server.
    pub(crate) root: Key,
    pub(crate) middle: Key,
    pub(crate) stranger: Key,
    pub(crate) server: Key,
}

impl World {
    pub(crate) fn new(oracle: Option<Arc<Oracle>>) -> Self {
        World {
            oracle,
            root: Key::p256(),
            middle: Key::p256(),
            stranger: Key::p256(),
            server: Key::p256(),
        }
    }

    /// Go, in rows that are left out without it.
    pub(crate) fn go(&self) -> &Arc<Oracle> {
        self.oracle.as_ref().unwrap()
    }

    /// The root before it is signed.
    pub(crate) fn root_form(&self) -> Form {
        Form::new("root", &self.root, "root").and(&[basic(true, None)])
    }

    pub(crate) fn root(&self) -> Vec<u8> {
        self.root_form().signed(&self.root)
    }

    /// An authority that the root issued.
    pub(crate) fn middle_form(&self) -> Form {
        Form::new("middle", &self.middle, "root").and(&[basic(true, None)])
    }

    /// The server's certificate without any extension.
    pub(crate) fn bare_leaf(&self) -> Form {
        Form::new("server", &self.server, "root")
    }

    /// The server's certificate, with the names that it is reached by.
    pub(crate) fn leaf(&self) -> Form {
        self.bare_leaf()
            .and(&[names(&[dns(NAME), ip(&[127, 0, 0, 1])])])
    }

    /// A server that shows one certificate, which the root signs.
    pub(crate) fn shows(&self, leaf: &Form) -> Case {
        self.chain(vec![leaf.signed(&self.root)])
    }

    /// A server that shows these certificates to a client that trusts the root.
    pub(crate) fn chain(&self, chain: Vec<Vec<u8>>) -> Case {
        Case {
            chain,
            key: self.server.clone(),
            trust: Trust::Authorities(bundle(&[self.root()])),
            name: NAME.to_owned(),
            only_tls12: false,
            client: None,
            is_served_by_go: false,
        }
    }

    /// The leaf below an authority of this form, which the root signs.
    pub(crate) fn below(&self, middle: &Form) -> Case {
        let leaf = self
            .leaf()
            .with(|form| form.issuer.clone_from(&middle.subject));
        self.chain(vec![leaf.signed(&self.middle), middle.signed(&self.root)])
    }

    /// The leaf below a root of this form.
    pub(crate) fn under_root(&self, root: &Form) -> Case {
        let leaf = self
            .leaf()
            .with(|form| form.issuer.clone_from(&root.subject));
        self.chain(vec![leaf.signed(&self.root)])
            .trusting(&[root.signed(&self.root)])
    }
}

#[derive(Clone)]
pub(crate) enum Trust {
    /// PEM.
    Authorities(String),
    Anybody,
}

/// A client certificate with its key, both in PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) chain: Vec<Vec<u8>>,
    pub(crate) key: Key,
    pub(crate) trust: Trust,
    pub(crate) name: String,
    pub(crate) only_tls12: bool,
    pub(crate) client: Option<Identity>,
    /// Where the server has a key that rustls cannot sign with, or is to check the client's.
    pub(crate) is_served_by_go: bool,
}

impl Case {
    pub(crate) fn trusting(mut self, authorities: &[Vec<u8>]) -> Self {
        self.trust = Trust::Authorities(bundle(authorities));
        self
    }

    pub(crate) fn trusting_text(mut self, text: String) -> Self {
        self.trust = Trust::Authorities(text);
        self
    }

    pub(crate) fn insecure(mut self) -> Self {
        self.trust = Trust::Anybody;
        self
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    pub(crate) fn tls12(mut self) -> Self {
        self.only_tls12 = true;
        self
    }

    pub(crate) fn by_go(mut self) -> Self {
        self.is_served_by_go = true;
        self
    }

    pub(crate) fn with_key(mut self, key: &Key) -> Self {
        self.key = key.clone();
        self
    }

    /// A server that takes any client certificate whose key the client has.
    pub(crate) fn with_client(mut self, chain: &[Vec<u8>], key: &str) -> Self {
        self.client = Some(Identity {
            certificate: bundle(chain),
            key: key.to_owned(),
        });
        self.by_go()
    }
}

pub(crate) fn bundle(certificates: &[Vec<u8>]) -> String {
    certificates
        .iter()
        .map(|der| block("CERTIFICATE", der))
        .collect()
}

pub(crate) fn block(label: &str, der: &[u8]) -> String {
    let text = crate::oracle::text(der);
    let lines = text
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned());
    let lines: Vec<_> = lines.collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}

/// A row of the matrix before it is made.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) make: fn(&World) -> Case,
    /// Why it is refused although Go accepts it.
    pub(crate) refused_because: Option<&'static str>,
    pub(crate) needs_go: bool,
}

pub(crate) fn row(name: &'static str, make: fn(&World) -> Case) -> Row {
    Row {
        name,
        make,
        refused_because: None,
        needs_go: false,
    }
}

impl Row {
    pub(crate) fn refused_because(mut self, reason: &'static str) -> Self {
        self.refused_because = Some(reason);
        self
    }

    pub(crate) fn needs_go(mut self) -> Self {
        self.needs_go = true;
        self
    }
}
