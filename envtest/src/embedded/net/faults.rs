//! Faults that a test asks for: what goes wrong, for which requests, and how often.

use std::sync::{Mutex, PoisonError};

use http::request::Parts;

/// Something that goes wrong with one request or more.
///
/// It strikes before the request is carried out, unless [`after_it_was_carried_out`] moves it
/// behind.
///
/// [`after_it_was_carried_out`]: Self::after_it_was_carried_out
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(super) effect: Effect,
    pub(super) moment: Moment,
    times: usize,
    method: Option<String>,
    path: Option<String>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    ResetStream(u32),
    Stall,
    StallAnswer,
    Silence,
    BreakOff,
    GoAway,
    Status(u16),
}

/// Whether the request has its effect on the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Before,
    After,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            moment: Moment::Before,
            times: 1,
            method: None,
            path: None,
        }
    }

    /// RST_STREAM with REFUSED_STREAM, which promises that nothing was done. HTTP/1.1 has no such
    /// frame: there the connection is closed.
    pub fn refused_stream() -> Self {
        Self::reset_stream(0x7)
    }

    /// RST_STREAM with a code of RFC 9113, section 7, such as 2 for INTERNAL_ERROR. HTTP/1.1 has no
    /// such frame: there the connection is closed.
    pub fn reset_stream(code: u32) -> Self {
        Self::new(Effect::ResetStream(code))
    }

    /// No answer: the body is not read, so that the client's window for it is not opened again, and
    /// no head is sent.
    pub fn stall() -> Self {
        Self::new(Effect::Stall)
    }

    /// The head of the answer arrives, and its body never does.
    pub fn stalled_answer() -> Self {
        Self::new(Effect::StallAnswer)
    }

    /// The connection goes silent, as behind a firewall that forgot it: nothing is read from it or
    /// written to it any more, and it is not closed.
    pub fn black_hole() -> Self {
        Self::new(Effect::Silence)
    }

    /// The connection is closed at once.
    pub fn closed_connection() -> Self {
        Self::new(Effect::BreakOff)
    }

    /// GOAWAY after this request, which is served.
    pub fn go_away() -> Self {
        Self::new(Effect::GoAway)
    }

    /// A Status with this code instead of an answer.
    pub fn status(code: u16) -> Self {
        Self::new(Effect::Status(code))
    }

    /// How many requests it strikes (1).
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Strikes requests with this method only.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Strikes requests only whose path begins like this.
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Carries the request out first: the client does not learn that it was.
    pub fn after_it_was_carried_out(mut self) -> Self {
        self.moment = Moment::After;
        self
    }

    fn strikes(&self, method: &str, path: &str) -> bool {
        let has_method = self.method.as_deref().is_none_or(|wanted| wanted == method);
        let has_path = self.path.as_deref();
        self.times > 0 && has_method && has_path.is_none_or(|prefix| path.starts_with(prefix))
    }
}

/// Faults that are yet to strike.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(super) fn inject(&self, fault: Fault) {
        self.waiting(|faults| faults.push(fault));
    }

    /// The fault that strikes a request: the oldest that fits.
    pub(super) fn take(&self, request: &Parts) -> Option<Fault> {
        self.waiting(|faults| {
            let (method, path) = (request.method.as_str(), request.uri.path());
            let at = faults
                .iter()
                .position(|fault| fault.strikes(method, path))?;
            faults[at].times -= 1;
            let fault = faults[at].clone();
            faults.retain(|fault| fault.times > 0);
            Some(fault)
        })
    }

    fn waiting<T>(&self, work: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(method: &str, path: &str) -> Parts {
        let request = http::Request::builder().method(method).uri(path);
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn a_fault_strikes_the_requests_it_names_so_often() {
        let faults = Faults::default();
        faults.inject(Fault::stall().method("POST").path("/api/").times(2));
        faults.inject(Fault::black_hole());
        let strike = |method, path| faults.take(&parts(method, path)).map(|f| f.effect);
        assert_eq!(strike("POST", "/api/v1"), Some(Effect::Stall));
        assert_eq!(strike("GET", "/api/v1"), Some(Effect::Silence));
        assert_eq!(strike("POST", "/version"), None);
        assert_eq!(strike("POST", "/api/v1"), Some(Effect::Stall));
        assert_eq!(strike("POST", "/api/v1"), None);
    }
}
