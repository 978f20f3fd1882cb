//! What goes wrong while an informer keeps its cache: told to whoever listens, and the last
//! one kept for whoever asks why nothing comes.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::model::error::Error;

/// Errors that a slow listener may miss; the log has them all.
const KEPT: usize = 64;

/// Something that went wrong while an informer kept its cache; it goes on by itself.
#[derive(Clone, Debug)]
pub struct InformerError {
    error: Arc<Error>,
}

impl InformerError {
    /// The error, with its questions.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl fmt::Display for InformerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

pub(super) struct Errors {
    listeners: broadcast::Sender<InformerError>,
    last: Mutex<Option<InformerError>>,
}

impl Errors {
    pub(super) fn new() -> Self {
        Errors {
            listeners: broadcast::Sender::new(KEPT),
            last: Mutex::new(None),
        }
    }

    pub(super) fn tell(&self, error: Error) {
        let error = InformerError {
            error: Arc::new(error),
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
        // Nobody has to listen.
        let _ = self.listeners.send(error);
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<InformerError> {
        self.listeners.subscribe()
    }

    pub(super) fn last(&self) -> Option<InformerError> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }
}
