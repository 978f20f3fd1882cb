//! The decision to send a request again that got no answer, as a pure function.
//!
//! Whatever the server has certainly not begun is sent again, whatever its verb; everything else
//! is left to the rules of retries above ([rule R14](crate::semantics#r14)).

use std::time::Duration;

use super::gate::Sent;

/// Tries of one request on further connections.
const MOST_TRIES: u32 = 12;
/// Tries that follow the one before without a pause, where the server is well.
const QUICK_TRIES: u32 = 4;
const SHORTEST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What the end of an attempt shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// No connection was opened for it, as another one can take the request.
    Spared,
    /// The server refused the stream before it began (REFUSED_STREAM).
    Refused,
    /// The server ended the connection, and did not count this request among those it serves.
    GoneAway { in_peace: bool },
    /// No connection took it within the time that one should need.
    Stuck,
    /// The connection ended, nobody knows when.
    Broken,
    /// Another try would end the same way.
    Final,
}

/// How long to wait before the next try; `None` when there is to be none.
pub(super) fn wait(sign: Sign, sent: Sent, is_safe: bool, tries: u32) -> Option<Duration> {
    let again = tries < MOST_TRIES && was_not_begun(sign, sent, is_safe);
    again.then(|| pause(sign, tries))
}

/// Whether the server has certainly not begun the request, or must not mind a second one.
///
/// A GOAWAY alone is no proof: hyper looks at the connection again after it has queued the head,
/// and fails a stream that the server has accepted. The body had not left then, so a request that
/// has one is safe; one without may run twice unless it only reads.
fn was_not_begun(sign: Sign, sent: Sent, is_safe: bool) -> bool {
    match (sign, sent) {
        (Sign::Final, _) => false,
        (Sign::Spared | Sign::Refused, _) | (_, Sent::NoBody) => true,
        (Sign::GoneAway { .. }, Sent::Perhaps) => true,
        (Sign::GoneAway { .. } | Sign::Stuck, Sent::Unknown) => is_safe,
        (Sign::Stuck, Sent::Perhaps) | (Sign::Broken, _) => false,
    }
}

fn pause(sign: Sign, tries: u32) -> Duration {
    let is_well = matches!(
        sign,
        Sign::Spared | Sign::Stuck | Sign::GoneAway { in_peace: true }
    );
    if is_well && tries < QUICK_TRIES {
        return Duration::ZERO;
    }
    let doubled = SHORTEST_PAUSE.saturating_mul(2u32.saturating_pow(tries));
    doubled.min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IN_PEACE: Sign = Sign::GoneAway { in_peace: true };
    const IN_ANGER: Sign = Sign::GoneAway { in_peace: false };

    #[test]
    fn the_table() {
        // Rule R14: the answers for NoBody, Perhaps, and Unknown of a write and of a read.
        for (sign, expected) in [
            (Sign::Spared, [true, true, true, true]),
            (Sign::Refused, [true, true, true, true]),
            (IN_PEACE, [true, true, false, true]),
            (IN_ANGER, [true, true, false, true]),
            (Sign::Stuck, [true, false, false, true]),
            (Sign::Broken, [true, false, false, false]),
            (Sign::Final, [false, false, false, false]),
        ] {
            let found = [
                was_not_begun(sign, Sent::NoBody, false),
                was_not_begun(sign, Sent::Perhaps, false),
                was_not_begun(sign, Sent::Unknown, false),
                was_not_begun(sign, Sent::Unknown, true),
            ];
            assert_eq!(found, expected, "{sign:?}");
        }
    }

    #[test]
    fn a_server_in_trouble_is_given_time_and_tries_end() {
        let wait = |sign, tries| wait(sign, Sent::NoBody, false, tries);
        assert_eq!(wait(IN_PEACE, 0), Some(Duration::ZERO));
        assert_eq!(wait(IN_ANGER, 0), Some(SHORTEST_PAUSE));
        assert_eq!(wait(Sign::Refused, 1), Some(SHORTEST_PAUSE * 2));
        assert_eq!(wait(Sign::Refused, 11), Some(LONGEST_PAUSE));
        assert_ne!(wait(IN_PEACE, QUICK_TRIES), Some(Duration::ZERO));
        assert_eq!(wait(Sign::Refused, MOST_TRIES), None);
    }
}
