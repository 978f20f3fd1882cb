//! The errors of an informer: each is sent to the listeners, and the last one is kept as the
//! reason why a cache is not filled.

use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::model::error::Error;

/// Errors that a slow listener may miss; the log has them all.
const KEPT: usize = 64;

pub(super) struct Errors {
    listeners: broadcast::Sender<Error>,
    last: Mutex<Option<Error>>,
}

impl Errors {
    pub(super) fn new() -> Self {
        Errors {
            listeners: broadcast::Sender::new(KEPT),
            last: Mutex::new(None),
        }
    }

    pub(super) fn report(&self, error: Error) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
        // There may be no listener.
        let _ = self.listeners.send(error);
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Error> {
        self.listeners.subscribe()
    }

    pub(super) fn last(&self) -> Option<Error> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }
}
