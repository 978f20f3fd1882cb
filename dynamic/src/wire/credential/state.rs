//! The state of a credential: decides when to use it and when to ask for another, without a clock.

use std::sync::Arc;
use std::time::Duration;

use super::Credential;
use super::held::{Held, Now};
use crate::model::error::{Error, Result};

/// The first pause after a failure or a rejection, doubled by each that follows at once.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// What is known of the credentials of a client.
pub(super) struct State {
    held: Option<Arc<Held>>,
    /// The server answered 401 to `held`, and the provider has not been asked since.
    is_rejected: bool,
    /// Failures, or rejections, one after the other.
    failures: u32,
    rejections: u32,
    longest_pause: Duration,
    /// The provider is left in peace until then.
    not_before: Option<std::time::Instant>,
    last_error: Option<Error>,
}

/// What a request is to do.
pub(super) enum Next {
    Use(Arc<Held>),
    /// Ask the provider. Requests that find it being asked use the other one, if there is one.
    Ask {
        meanwhile: Option<Arc<Held>>,
    },
    Fail(Error),
}

impl State {
    pub(super) fn new(longest_pause: Duration) -> Self {
        State {
            held: None,
            is_rejected: false,
            failures: 0,
            rejections: 0,
            longest_pause,
            not_before: None,
            last_error: None,
        }
    }

    pub(super) fn next(&self, now: Now) -> Next {
        let usable = self.usable(now);
        let is_paused = self.not_before.is_some_and(|end| now.at < end);
        match (usable, &self.last_error) {
            (Some(held), _) if is_paused || !(self.is_rejected || held.is_due(now)) => {
                Next::Use(held)
            }
            (None, Some(error)) if is_paused => Next::Fail(error.clone()),
            (usable, _) => Next::Ask {
                // Of a rejected one it is known that it does not help.
                meanwhile: usable.filter(|_| !self.is_rejected),
            },
        }
    }

    /// The server answered 401. True if that is news: the credential is the present one, and was
    /// not rejected yet.
    pub(super) fn rejected(&mut self, used: &Held) -> bool {
        let is_present = self.held.as_ref().is_some_and(|held| is_same(held, used));
        let is_news = is_present && !self.is_rejected;
        self.is_rejected |= is_present;
        is_news
    }

    /// The provider answered. Returns what the requests that waited use: where it failed, the
    /// last credential until it expires ([rule C15](crate::semantics#c15)).
    pub(super) fn answered(&mut self, made: Result<Credential>, now: Now) -> Result<Arc<Held>> {
        let made = made.and_then(|credential| {
            let number = self.number_of(&credential);
            Ok(Held::new(credential, number, now)?)
        });
        match made {
            Ok(held) => Ok(self.succeeded(Arc::new(held), now)),
            Err(error) => self.failed(error, now),
        }
    }

    fn number_of(&self, credential: &Credential) -> u64 {
        match &self.held {
            None => 1,
            Some(held) if held.credential().is_same_as(credential) => held.number(),
            Some(held) => held.number() + 1,
        }
    }

    fn succeeded(&mut self, held: Arc<Held>, now: Now) -> Arc<Held> {
        self.rejections = match self.is_rejected {
            true => self.rejections.saturating_add(1),
            false => 0,
        };
        self.failures = 0;
        self.last_error = None;
        self.is_rejected = false;
        // A server that rejects everything must not make a program run at each request.
        self.pause(self.rejections, now);
        self.held = Some(Arc::clone(&held));
        held
    }

    fn failed(&mut self, error: Error, now: Now) -> Result<Arc<Held>> {
        self.failures = self.failures.saturating_add(1);
        self.pause(self.failures, now);
        self.last_error = Some(error.clone());
        self.usable(now).ok_or(error)
    }

    fn pause(&mut self, times: u32, now: Now) {
        let doubled = FIRST_PAUSE.saturating_mul(1 << times.saturating_sub(1).min(16));
        let pause = (times > 0).then(|| doubled.min(self.longest_pause));
        self.not_before = pause.and_then(|pause| now.at.checked_add(pause));
    }

    fn usable(&self, now: Now) -> Option<Arc<Held>> {
        self.held.clone().filter(|held| !held.is_expired(now))
    }
}

/// Whether it makes no difference which of them is sent.
pub(super) fn is_same(one: &Held, other: &Held) -> bool {
    one.number() == other.number()
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime};

    use super::*;
    use crate::wire::credential::problem::CredentialProblem;

    /// A state with clocks that only the test moves.
    struct Table {
        state: State,
        now: Now,
    }

    impl Table {
        fn new() -> Self {
            Table {
                state: State::new(Duration::from_secs(30)),
                now: Now {
                    at: Instant::now(),
                    on_the_wall: SystemTime::now(),
                },
            }
        }

        fn after(&mut self, seconds: u64) -> &mut Self {
            let passed = Duration::from_secs(seconds);
            self.now.at += passed;
            self.now.on_the_wall += passed;
            self
        }

        fn makes(&mut self, credential: Credential) -> Arc<Held> {
            self.state.answered(Ok(credential), self.now).unwrap()
        }

        fn fails(&mut self) -> Result<Arc<Held>> {
            let failed = CredentialProblem::Provider {
                source: "sealed".into(),
            };
            self.state.answered(Err(failed.into()), self.now)
        }

        /// What the next request does: uses a token, asks (and what others use meanwhile), fails.
        fn next(&self) -> String {
            let shown = |held: &Held| {
                let header = held.authorization().unwrap().to_str().unwrap().to_owned();
                header.trim_start_matches("Bearer ").to_owned()
            };
            match self.state.next(self.now) {
                Next::Use(held) => format!("use {}", shown(&held)),
                Next::Ask { meanwhile: None } => "ask".to_owned(),
                Next::Ask {
                    meanwhile: Some(held),
                } => format!("ask, others use {}", shown(&held)),
                Next::Fail(error) => error.to_string(),
            }
        }

        fn expiring(&self, seconds: u64) -> Credential {
            Credential::token("t").expires_at(self.now.on_the_wall + Duration::from_secs(seconds))
        }
    }

    #[test]
    fn a_credential_without_an_end_is_used_until_it_is_rejected() {
        // Rule C21
        let mut table = Table::new();
        assert_eq!(table.next(), "ask");
        let held = table.makes(Credential::token("t"));
        assert_eq!(table.after(100_000_000).next(), "use t");
        assert!(table.state.rejected(&held));
        assert_eq!(table.next(), "ask");
    }

    #[test]
    fn it_is_renewed_before_it_expires_and_not_used_afterwards() {
        // Rule C21
        let mut table = Table::new();
        table.makes(table.expiring(3600));
        assert_eq!(table.after(3539).next(), "use t");
        assert_eq!(table.after(1).next(), "ask, others use t");
        assert_eq!(table.after(60).next(), "ask");
        table.makes(table.expiring(10));
        assert_eq!(table.after(8).next(), "use t");
        assert_eq!(table.after(1).next(), "ask, others use t");
    }

    #[test]
    fn the_clock_on_the_wall_counts_too() {
        let mut table = Table::new();
        table.makes(table.expiring(3600));
        // The machine slept.
        table.now.on_the_wall += Duration::from_secs(4000);
        assert_eq!(table.next(), "ask");
    }

    #[test]
    fn one_that_arrives_expired_serves_who_waits_for_it() {
        let mut table = Table::new();
        table.makes(Credential::token("t").expires_at(SystemTime::UNIX_EPOCH));
        assert_eq!(table.next(), "ask, others use t");
        assert_eq!(table.after(1).next(), "ask");
    }

    #[test]
    fn a_failed_renewal_leaves_the_last_one_until_it_expires() {
        // Rule C15
        let mut table = Table::new();
        table.makes(Credential::token("t").refresh_after(Duration::from_secs(50)));
        table.after(51);
        assert!(table.fails().is_ok());
        assert_eq!(table.next(), "use t");
        assert_eq!(table.after(1).next(), "ask, others use t");
        table.makes(table.expiring(100));
        assert!(table.after(101).fails().is_err());
    }

    #[test]
    fn pauses_between_failures_double() {
        let mut table = Table::new();
        for pause in [1, 2, 4, 8, 16, 30, 30] {
            assert!(table.fails().is_err());
            table.after(pause - 1);
            assert_eq!(table.next(), "the credential provider failed", "{pause}");
            assert_eq!(table.after(1).next(), "ask", "{pause}");
        }
        table.makes(Credential::token("t"));
        assert_eq!(table.next(), "use t");
        assert!(table.fails().is_ok());
        assert_eq!(table.state.failures, 1);
    }

    #[test]
    fn a_server_that_rejects_everything_does_not_cause_an_asking_each_time() {
        let mut table = Table::new();
        let mut held = table.makes(Credential::token("0"));
        for (round, pause) in [1, 2, 4, 8, 16, 30, 30].into_iter().enumerate() {
            table.state.rejected(&held);
            assert_eq!(table.next(), "ask");
            held = table.makes(Credential::token(format!("{}", round + 1)));
            table.state.rejected(&held);
            assert_eq!(table.next(), format!("use {}", round + 1));
            assert_eq!(table.after(pause).next(), "ask");
        }
        table.makes(Credential::token("good"));
        table.after(1_000);
        let held = table.makes(Credential::token("good"));
        table.state.rejected(&held);
        assert_eq!(table.next(), "ask", "the last rejection is long ago");
    }

    #[test]
    fn a_rejection_of_an_older_one_changes_nothing() {
        let mut table = Table::new();
        let old = table.makes(Credential::token("old"));
        table.makes(Credential::token("new"));
        assert!(!table.state.rejected(&old));
        assert_eq!(table.next(), "use new");
    }
}
