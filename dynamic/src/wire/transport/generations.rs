//! Generations of connections: a new one for each client certificate and each authority.
//!
//! A connection shows for ever the certificate with which it was opened, and TLS would resume
//! that identity on new connections too. So each identity and each set of trusted certificates
//! has a carrier of its own, made when a request first needs it. Requests under way end on the
//! old one; watches end between two events, and informers open them again where they were.
//!
//! No task looks at files. They are read when a request begins, and while a watch waits.

mod files;

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt;
use futures::future::Shared;
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep, sleep};

use super::carrier::Carrier;
use crate::model::error::Result;
use crate::wire::config::{Config, TlsOptions};
use crate::wire::credential::{Held, Identity};

/// Files are read again when this has passed ([rule C14](crate::semantics#c14)).
const PERIOD: Duration = Duration::from_secs(10);
/// The same where something looks wrong: a request was refused, or the files do not fit.
const SHORT_PERIOD: Duration = Duration::from_secs(1);
/// A watch is alone if no request looks at the files for this long.
const WATCH_PERIOD: Duration = Duration::from_secs(60);

/// The connections of a client, of which the last generation takes new requests.
pub(super) struct Generations {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    has_files: bool,
    connect: Box<Connect>,
    present: Mutex<Present>,
}

/// Makes the carrier of a generation. It opens no connection yet.
type Connect = dyn Fn(&Config) -> Result<Arc<dyn Carrier>> + Send + Sync;

struct Present {
    generation: Arc<Generation>,
    /// Ends the watches of the generation.
    end: oneshot::Sender<()>,
    /// As configured, with the present content of its files.
    tls: TlsOptions,
    /// The certificate that a provider gave, and the number of that credential.
    identity: Option<Arc<Identity>>,
    number: u64,
    look_at: Instant,
    looked_at: Option<Instant>,
}

/// Connections that show one identity and trust one authority.
pub(super) struct Generation {
    pub(super) carrier: Arc<dyn Carrier>,
    end: Shared<oneshot::Receiver<()>>,
}

/// The wait of a watch for the end of its generation.
pub(super) struct Tenure {
    end: Option<Shared<oneshot::Receiver<()>>>,
    look: Option<(Pin<Box<Sleep>>, Weak<Inner>)>,
}

impl Generations {
    /// # Errors
    /// When the certificates or keys of the configuration cannot be used.
    pub(super) fn new(
        config: &Config,
        connect: impl Fn(&Config) -> Result<Arc<dyn Carrier>> + Send + Sync + 'static,
    ) -> Result<Self> {
        Ok(Generations::following(connect(config)?, config, connect))
    }

    /// One carrier, whatever changes.
    #[cfg(test)]
    pub(super) fn fixed(carrier: Arc<dyn Carrier>, config: &Config) -> Self {
        let same = Arc::clone(&carrier);
        Generations::following(carrier, config, move |_| Ok(Arc::clone(&same)))
    }

    fn following(
        first: Arc<dyn Carrier>,
        config: &Config,
        connect: impl Fn(&Config) -> Result<Arc<dyn Carrier>> + Send + Sync + 'static,
    ) -> Self {
        let (generation, end) = Generation::new(first);
        let present = Present {
            generation,
            end,
            tls: config.tls.clone(),
            identity: None,
            number: 0,
            look_at: Instant::now(),
            looked_at: None,
        };
        Generations {
            inner: Arc::new(Inner {
                config: config.clone(),
                has_files: files::has_some(&config.tls),
                connect: Box::new(connect),
                present: Mutex::new(present),
            }),
        }
    }

    /// The connections for a request with this credential. Without one, and with one that has
    /// been replaced since, they are those that are there.
    ///
    /// # Errors
    /// When the client certificate of the credential cannot be used.
    pub(super) fn present(&self, held: Option<&Held>) -> Result<Arc<Generation>> {
        let mut present = self.inner.present.lock();
        self.inner.look_if_due(&mut present);
        if let Some(held) = held.filter(|held| held.number() > present.number) {
            self.inner.show(&mut present, held)?;
        }
        Ok(Arc::clone(&present.generation))
    }

    /// Something looks wrong: the files may have changed.
    pub(super) fn look_again(&self) {
        let mut present = self.inner.present.lock();
        let looked_at = present.looked_at;
        if looked_at.is_none_or(|at| at.elapsed() >= SHORT_PERIOD) {
            present.look_at = Instant::now();
        }
        self.inner.look_if_due(&mut present);
    }

    /// What a watch of the generation waits for beside its events.
    pub(super) fn tenure(&self, generation: &Generation) -> Tenure {
        let look = || (Box::pin(sleep(WATCH_PERIOD)), Arc::downgrade(&self.inner));
        Tenure {
            end: Some(generation.end.clone()),
            look: self.inner.has_files.then(look),
        }
    }
}

impl Inner {
    fn look_if_due(&self, present: &mut Present) {
        if !self.has_files || Instant::now() < present.look_at {
            return;
        }
        let now = Instant::now();
        present.looked_at = Some(now);
        present.look_at = now + PERIOD;
        let Some(tls) = files::changed(&present.tls) else {
            return;
        };
        match self.connect(&tls, present.identity.clone()) {
            Ok(carrier) => {
                tracing::info!("certificates have changed: requests open new connections");
                present.tls = tls;
                present.follow(carrier);
            }
            Err(error) => {
                // As while one of two files is written.
                present.look_at = now + SHORT_PERIOD;
                let error = format!("{error:#}");
                tracing::warn!(
                    error,
                    "changed certificates cannot be used; the last ones stay"
                );
            }
        }
    }

    /// Uses the client certificate of a new credential.
    fn show(&self, present: &mut Present, held: &Held) -> Result<()> {
        let identity = held.identity().cloned();
        if identity != present.identity {
            present.follow(self.connect(&present.tls, identity.clone())?);
            present.identity = identity;
        }
        present.number = held.number();
        Ok(())
    }

    fn connect(&self, tls: &TlsOptions, given: Option<Arc<Identity>>) -> Result<Arc<dyn Carrier>> {
        let mut config = self.config.clone();
        config.tls = tls.clone();
        if let Some(identity) = given {
            config.tls.identity = Some(Arc::unwrap_or_clone(identity));
        }
        (self.connect)(&config)
    }
}

impl Present {
    /// The next generation. The last one loses its idle connections at once, and the others as
    /// their requests end.
    fn follow(&mut self, carrier: Arc<dyn Carrier>) {
        let (generation, end) = Generation::new(carrier);
        self.generation = generation;
        // Without a watch nobody listens.
        let _ = std::mem::replace(&mut self.end, end).send(());
    }
}

impl Generation {
    fn new(carrier: Arc<dyn Carrier>) -> (Arc<Self>, oneshot::Sender<()>) {
        let (end, ended) = oneshot::channel();
        let generation = Generation {
            carrier,
            end: ended.shared(),
        };
        (Arc::new(generation), end)
    }
}

impl Tenure {
    /// Of what ends on its connections.
    pub(super) fn without_end() -> Self {
        Tenure {
            end: None,
            look: None,
        }
    }

    /// Ready once another generation has followed. The files are looked at now and then, since
    /// no request may do it.
    pub(super) fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.look(context);
        let ended = self.end.as_mut().map(|end| end.poll_unpin(context));
        let Some(Poll::Ready(ended)) = ended else {
            return Poll::Pending;
        };
        self.end = None;
        match ended {
            Ok(()) => Poll::Ready(()),
            // The client is gone; what it opened goes on.
            Err(_) => Poll::Pending,
        }
    }

    fn look(&mut self, context: &mut Context<'_>) {
        let Some((pause, inner)) = &mut self.look else {
            return;
        };
        while pause.as_mut().poll(context).is_ready() {
            pause.as_mut().reset(Instant::now() + WATCH_PERIOD);
            if let Some(inner) = inner.upgrade() {
                inner.look_if_due(&mut inner.present.lock());
            }
        }
    }
}

#[cfg(test)]
mod tests;
