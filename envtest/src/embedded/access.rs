//! Authentication: the user of a request, by client certificate or bearer token.

mod certificate;
mod impersonation;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use http::header::AUTHORIZATION;

use self::certificate::{ClientAuthorities, Known};
use super::net::Peer;
use super::status::Failure;
use super::user::User;

/// Who is known to a server; it can change while the server runs.
#[derive(Debug)]
pub(crate) struct Access(Mutex<Arc<Rules>>);

#[derive(Debug, Clone, Default)]
struct Rules {
    /// Whether a request of somebody unknown is refused.
    required: bool,
    tokens: BTreeMap<String, Arc<User>>,
    clients: Option<ClientAuthorities>,
}

/// A connection, and who its client certificate says it is.
#[derive(Debug)]
pub(crate) struct Session {
    peer: Peer,
    /// The last judgement on the certificate, and the rules that it followed.
    judged: Mutex<Option<(Arc<Rules>, Option<Known>)>>,
}

impl Access {
    /// Lets everybody in as the admin, unless authentication is `required`.
    pub(crate) fn new(required: bool) -> Self {
        let rules = Rules {
            required,
            ..Rules::default()
        };
        Self(Mutex::new(Arc::new(rules)))
    }

    pub(crate) fn accept_token(&self, token: &str, user: User) {
        self.change(|rules| {
            rules.tokens.insert(token.to_owned(), Arc::new(user));
        });
    }

    pub(crate) fn revoke_token(&self, token: &str) {
        self.change(|rules| {
            rules.tokens.remove(token);
        });
    }

    /// Knows the clients whose certificates these authorities, in PEM, have signed; and no others.
    pub(crate) fn trust_clients_of(&self, pem: &str) -> io::Result<()> {
        let clients = ClientAuthorities::parse(pem)?;
        self.change(|rules| rules.clients = clients);
        Ok(())
    }

    /// The user of a request; a certificate comes before a token, as in kube-apiserver.
    pub(crate) fn user(
        &self,
        headers: &HeaderMap,
        session: &Session,
    ) -> Result<Arc<User>, Failure> {
        let rules = self.rules();
        let user = session.user(&rules).or_else(|| rules.bearer(headers));
        let user = match user {
            Some(user) => user,
            None if rules.required => return Err(Failure::unauthorized()),
            None => Arc::new(User::admin()),
        };
        Ok(match impersonation::requested(headers)? {
            Some(impersonated) => Arc::new(impersonated),
            None => user,
        })
    }

    fn rules(&self) -> Arc<Rules> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn change(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut rules));
    }
}

impl Rules {
    fn bearer(&self, headers: &HeaderMap) -> Option<Arc<User>> {
        let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = header.split_once(' ')?;
        let is_bearer = scheme.eq_ignore_ascii_case("bearer");
        self.tokens.get(token.trim()).filter(|_| is_bearer).cloned()
    }
}

impl Session {
    pub(crate) fn new(peer: Peer) -> Self {
        Self {
            peer,
            judged: Mutex::default(),
        }
    }

    /// Who the certificate of the connection names, by the rules of now.
    fn user(&self, rules: &Arc<Rules>) -> Option<Arc<User>> {
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = judged
            .as_ref()
            .is_some_and(|(by, _)| Arc::ptr_eq(by, rules));
        if !is_current {
            let clients = rules.clients.as_ref();
            let known = clients.and_then(|clients| clients.judge(&self.peer.certificates));
            *judged = Some((rules.clone(), known));
        }
        let (_, known) = judged.as_ref()?;
        known.as_ref()?.user_now()
    }
}
