//! The gate in the body of a request, which tells whether the body was ever handed over.
//!
//! An error of the connection does not say whether the server began the request. The body does:
//! as long as the HTTP client has not asked for it, no server has the whole request. A request that
//! is given up closes its gate, and from then on the body cannot leave.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

const UNTOUCHED: u8 = 0;
const HANDED_OVER: u8 = 1;
const LET_GO: u8 = 2;
const REVOKED: u8 = 3;

/// How much of a request may have left, once its gate is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// Not the body, and it never will.
    NoBody,
    /// Perhaps all of it.
    Perhaps,
    /// There is no body that could tell.
    Unknown,
}

/// Watches one body from outside.
pub(super) struct Gate {
    state: Arc<AtomicU8>,
    pub(super) is_empty: bool,
}

/// A body that leaves once, unless its gate is closed.
pub(super) struct Gated {
    bytes: Bytes,
    state: Arc<AtomicU8>,
    is_over: bool,
}

/// The request was given up before its body left.
#[derive(Debug, thiserror::Error)]
#[error("the request was given up before its body was sent")]
pub(super) struct Revoked;

/// A body and its gate.
pub(super) fn gated(bytes: Bytes) -> (Gated, Gate) {
    let state = Arc::new(AtomicU8::new(UNTOUCHED));
    let gate = Gate {
        state: Arc::clone(&state),
        is_empty: bytes.is_empty(),
    };
    let body = Gated {
        is_over: bytes.is_empty(),
        bytes,
        state,
    };
    (body, gate)
}

impl Gate {
    /// Holds the body back for good, unless the HTTP client has asked for it or let it go.
    pub(super) fn take_back(&self) -> bool {
        self.shut().is_ok()
    }

    /// How much may have left; no more will.
    pub(super) fn close(&self) -> Sent {
        match self.shut() {
            _ if self.is_empty => Sent::Unknown,
            Err(HANDED_OVER) => Sent::Perhaps,
            _ => Sent::NoBody,
        }
    }

    fn shut(&self) -> Result<u8, u8> {
        let (now, then) = (Ordering::AcqRel, Ordering::Acquire);
        self.state.compare_exchange(UNTOUCHED, REVOKED, now, then)
    }
}

impl Body for Gated {
    type Data = Bytes;
    type Error = Revoked;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Revoked>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        self.is_over = true;
        let passed = self.state.compare_exchange(
            UNTOUCHED,
            HANDED_OVER,
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready(Some(
            passed.map(|_| Frame::data(bytes)).map_err(|_| Revoked),
        ))
    }

    fn is_end_stream(&self) -> bool {
        self.is_over
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

impl Drop for Gated {
    fn drop(&mut self) {
        // A body that was handed over stays handed over.
        let _ = self
            .state
            .compare_exchange(UNTOUCHED, LET_GO, Ordering::AcqRel, Ordering::Acquire);
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn poll(body: &mut Gated) -> Option<Result<Bytes, Revoked>> {
        let mut context = Context::from_waker(Waker::noop());
        match Pin::new(body).poll_frame(&mut context) {
            Poll::Ready(frame) => frame.map(|frame| frame.map(|frame| frame.into_data().unwrap())),
            Poll::Pending => panic!("a body in memory is always ready"),
        }
    }

    #[test]
    fn a_body_that_left_may_have_arrived() {
        let (mut body, gate) = gated(Bytes::from_static(b"{}"));
        assert_eq!(poll(&mut body).unwrap().unwrap(), "{}");
        assert!(body.is_end_stream() && poll(&mut body).is_none());
        drop(body);
        assert!(!gate.take_back());
        assert_eq!(gate.close(), Sent::Perhaps);
        assert_eq!(gate.close(), Sent::Perhaps, "however often it is asked");
    }

    #[test]
    fn a_closed_gate_lets_nothing_through() {
        let (mut body, gate) = gated(Bytes::from_static(b"{}"));
        assert!(gate.take_back());
        assert_eq!(gate.close(), Sent::NoBody);
        assert!(
            !body.is_end_stream(),
            "an end would make it a whole request"
        );
        assert!(poll(&mut body).unwrap().is_err());
    }

    #[test]
    fn a_body_that_was_let_go_unread_has_not_left() {
        let (body, gate) = gated(Bytes::from_static(b"{}"));
        drop(body);
        assert!(!gate.take_back());
        assert_eq!(gate.close(), Sent::NoBody);
    }

    #[test]
    fn no_body_tells_nothing() {
        let (body, gate) = gated(Bytes::new());
        assert!(body.is_end_stream() && gate.take_back());
        assert_eq!(gate.close(), Sent::Unknown);
        let (body, gate) = gated(Bytes::new());
        drop(body);
        assert!(!gate.take_back(), "the client has let it go");
        assert_eq!(gate.close(), Sent::Unknown);
    }
}
