//! A credential in use, ready to be put on a request.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::HeaderValue;
use secrecy::ExposeSecret;

use super::problem::CredentialProblem;
use super::{Credential, Identity};

/// A credential that expires at once serves the requests that wait for it.
const SHORTEST_LIFE: Duration = Duration::from_secs(1);
/// It is renewed no earlier than this before it expires.
const MOST_EARLY: Duration = Duration::from_secs(60);

/// A credential with its header made and its times on this program's clock.
pub(crate) struct Held {
    credential: Credential,
    authorization: Option<HeaderValue>,
    /// Counts the credentials of a client that differ.
    number: u64,
    refresh_at: Option<Instant>,
    expires_at: Option<Expiry>,
}

/// The end of a credential on two clocks: one stands still while the machine sleeps, the other
/// may be set.
struct Expiry {
    at: Instant,
    on_the_wall: SystemTime,
}

/// What the clocks show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) at: Instant,
    pub(super) on_the_wall: SystemTime,
}

impl Held {
    /// # Errors
    /// When the `Authorization` header cannot hold the value.
    pub(super) fn new(
        credential: Credential,
        number: u64,
        now: Now,
    ) -> Result<Self, CredentialProblem> {
        let authorization = match &credential.authorization {
            Some(value) => Some(secret_header(value.expose_secret())?),
            None => None,
        };
        let end = credential.expires_at;
        let left = end.map(|end| end.duration_since(now.on_the_wall).unwrap_or_default());
        let renewal = left.map(|left| left.saturating_sub(MOST_EARLY.min(left / 10)));
        let refresh = match (credential.refresh_after, renewal) {
            (Some(age), Some(renewal)) => Some(age.min(renewal)),
            (age, renewal) => age.or(renewal),
        };
        let life = left.map(|left| left.max(SHORTEST_LIFE));
        Ok(Held {
            authorization,
            number,
            refresh_at: refresh.and_then(|age| now.at.checked_add(age)),
            expires_at: life.and_then(|life| Expiry::after(life, now)),
            credential,
        })
    }

    /// A credential that never changes.
    ///
    /// # Errors
    /// When the `Authorization` header cannot hold the value.
    pub(crate) fn fixed(credential: Credential) -> Result<Self, CredentialProblem> {
        let now = Now {
            at: Instant::now(),
            on_the_wall: SystemTime::now(),
        };
        Held::new(credential, 0, now)
    }

    /// The value of the `Authorization` header.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    /// The client certificate that connections are to show.
    pub(crate) fn identity(&self) -> Option<&Arc<Identity>> {
        self.credential.identity.as_ref()
    }

    /// Grows with each credential that differs from the one before.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn credential(&self) -> &Credential {
        &self.credential
    }

    pub(super) fn is_expired(&self, now: Now) -> bool {
        let expiry = self.expires_at.as_ref();
        expiry.is_some_and(|expiry| now.at >= expiry.at || now.on_the_wall >= expiry.on_the_wall)
    }

    pub(super) fn is_due(&self, now: Now) -> bool {
        self.refresh_at.is_some_and(|at| now.at >= at)
    }
}

impl Expiry {
    fn after(life: Duration, now: Now) -> Option<Self> {
        Some(Expiry {
            at: now.at.checked_add(life)?,
            on_the_wall: now.on_the_wall.checked_add(life)?,
        })
    }
}

/// A header value that never shows in `Debug`.
pub(crate) fn secret_header(value: &str) -> Result<HeaderValue, CredentialProblem> {
    let mut value = HeaderValue::from_str(value).map_err(|_| CredentialProblem::NotAHeader)?;
    value.set_sensitive(true);
    Ok(value)
}
