//! Numbers of connections.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Connections that were opened, and those that are open.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    opened: AtomicUsize,
    open: AtomicUsize,
}

impl Connections {
    pub(crate) fn opened(&self) -> usize {
        self.opened.load(Ordering::Relaxed)
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self) {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.open.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}
