//! The reading of an HTTP client's errors: the kind of fault, and what became of the request.
//!
//! The errors of reqwest and of hyper-util differ on the outside. What they came from is the same:
//! hyper, h2, rustls, the system, and the layers of this module's neighbours.

use std::error::Error as StdError;
use std::io;

use super::door::Spared;
use super::resend::Sign;
use crate::model::error::Fault;
use crate::wire::transport::problem::sources;

type Link<'a> = &'a (dyn StdError + 'static);

/// How the exchange failed.
///
/// A connection that is open and whose other end is silent, to pings and to the kernel, is broken
/// like one that is reset: the next one may be better.
pub(super) fn fault(error: Link<'_>) -> Fault {
    let is_connect = sources(error).any(is_connect);
    if is_connect && sources(error).any(is_timeout) {
        return Fault::Timeout;
    }
    // A refused certificate stays refused, also where the refusal comes after the handshake.
    if sources(error).any(|source| is_tls(source) || is_no_http(source) || is_unfit(source)) {
        return Fault::Other;
    }
    if is_connect {
        Fault::Connect
    } else {
        Fault::Broken
    }
}

/// What became of the request, as far as the server or the client says.
pub(super) fn sign(error: Link<'_>, fault: Fault) -> Sign {
    if sources(error).any(<dyn StdError>::is::<Spared>) {
        return Sign::Spared;
    }
    if fault != Fault::Broken {
        return Sign::Final;
    }
    let said = sources(error).find_map(|source| source.downcast_ref::<h2::Error>());
    match said {
        Some(said) if said.is_remote() && said.is_go_away() => Sign::GoneAway {
            in_peace: said.reason() == Some(h2::Reason::NO_ERROR),
        },
        Some(said) if said.is_remote() && said.reason() == Some(h2::Reason::REFUSED_STREAM) => {
            Sign::Refused
        }
        _ => Sign::Broken,
    }
}

fn is_connect(error: Link<'_>) -> bool {
    let client = error.downcast_ref::<hyper_util::client::legacy::Error>();
    client.is_some_and(hyper_util::client::legacy::Error::is_connect)
}

fn is_timeout(error: Link<'_>) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|io| io.kind() == io::ErrorKind::TimedOut)
        || error
            .downcast_ref::<reqwest::Error>()
            .is_some_and(reqwest::Error::is_timeout)
}

/// An `io::Error` hides what it wraps from `source()`, and may wrap another one.
fn is_tls(error: Link<'_>) -> bool {
    let io = error.downcast_ref::<io::Error>();
    let inner = io.and_then(io::Error::get_ref);
    // HTTP/2 keeps of it only the text and the kind that rustls gives all its errors.
    io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData)
        || error.is::<rustls::Error>()
        || inner.is_some_and(|inner| is_tls(inner))
}

/// The other end speaks another protocol, and will again.
fn is_no_http(error: Link<'_>) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(hyper::Error::is_parse)
}

/// The request never was one.
fn is_unfit(error: Link<'_>) -> bool {
    error
        .downcast_ref::<reqwest::Error>()
        .is_some_and(reqwest::Error::is_builder)
}
