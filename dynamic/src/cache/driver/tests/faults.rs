//! The table of faults: each row one thing that goes wrong, the requests that it costs and
//! what a subscriber is given meanwhile.
//!
//! Every row begins with the objects `a` and `b` at version 2; then `c` comes, `b` changes
//! and `a` leaves: before anybody looks, with a watch that sees it, or at a request, unseen.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::collection::change;
use super::model::{
    Asks, BROKEN, BUSY, EXPIRED, INVALID, Injected, OnRequest, State, TOO_LARGE, error_event,
};
use super::replay::state;
use super::server::{Informer, Server, follow, until};
use Asks::{List, NextPage, Stream, Watch};
use Injected::{After, Close, FalseBookmark, First, Gzip, InASecond, Reset};

/// An object whose labels are not a map.
const ODD: &str = r#"{"type":"MODIFIED","object":{"kind":"Pod","metadata":{"name":"odd","resourceVersion":"2","labels":[]}}}"#;
const HALF: &str = r#"{"type":"ADDED","object":{"kind":"Po"#;

/// An object in a frame that is larger than what is taken in (rule W4).
fn huge() -> String {
    let text = "x".repeat(17 << 20);
    format!(
        r#"{{"type":"ADDED","object":{{"metadata":{{"name":"huge","resourceVersion":"2"}},"text":"{text}"}}}}"#
    )
}

/// The deltas of a subscriber when the changes are watched.
const SEEN: &str = "+a +b +c ~b -a";
/// The deltas when a list finds the changes (rules I5, I8).
const FOUND: &str = "+a +b -a? ~b +c";

struct Row {
    what: &'static str,
    faults: Vec<(Asks, Injected)>,
    /// The changes happen when the request with the mark `!` arrives; before those with `~`
    /// the informer has backed off.
    requests: &'static [&'static str],
    told: &'static str,
    page: Option<usize>,
}

fn row(
    what: &'static str,
    faults: impl Into<Vec<(Asks, Injected)>>,
    requests: &'static [&'static str],
    told: &'static str,
) -> Row {
    Row {
        what,
        faults: faults.into(),
        requests,
        told,
        page: None,
    }
}

/// The snapshot works, and its stream ends.
fn cut() -> (Asks, Injected) {
    (Stream, After(3, String::new()))
}

fn last_word(text: impl Into<String>) -> Injected {
    After(0, text.into())
}

fn streams_that_do_not_begin() -> Vec<Row> {
    let listed: &[_] = &["stream", "list 0 limit=500", "watch 2"];
    vec![
        row("nothing", [], &["stream"], SEEN),
        row(
            "the server cannot stream",
            [(Stream, INVALID)],
            listed,
            SEEN,
        ),
        row(
            "the stream is refused for load",
            [(Stream, BUSY)],
            &["stream", "~ stream"],
            SEEN,
        ),
        row(
            "as told, in a second",
            [(Stream, InASecond)],
            &["stream", "stream"],
            SEEN,
        ),
        row("the stream fails", [(Stream, BROKEN)], listed, SEEN),
        row("no answer", [(Stream, Close)], &["stream", "stream"], SEEN),
        row(
            "the stream ends at once",
            [(Stream, last_word(""))],
            listed,
            SEEN,
        ),
    ]
}

fn streams_that_break() -> Vec<Row> {
    let listed: &[_] = &["stream", "list 0 limit=500", "watch 2"];
    vec![
        row(
            "cut between objects",
            [(Stream, After(1, String::new()))],
            &["stream", "~ stream"],
            SEEN,
        ),
        row(
            "cut in an object",
            [(Stream, After(1, HALF.into()))],
            &["stream", "~ stream"],
            SEEN,
        ),
        row(
            "broken after an object",
            [(Stream, Reset(1))],
            &["stream", "~ stream"],
            SEEN,
        ),
        row(
            "no JSON",
            [(Stream, After(1, "<html>".into()))],
            listed,
            SEEN,
        ),
        row(
            "an unknown type",
            [(Stream, After(1, r#"{"type":"NEW","object":{}}"#.into()))],
            listed,
            SEEN,
        ),
    ]
}

fn streams_that_bring_errors() -> Vec<Row> {
    let listed: &[_] = &["stream", "list 0 limit=500", "watch 2"];
    vec![
        row(
            "expired at once",
            [(Stream, EXPIRED)],
            &["stream", "stream"],
            SEEN,
        ),
        row(
            "expired on the way",
            [(Stream, After(1, error_event(410, "Expired")))],
            &["stream", "stream"],
            SEEN,
        ),
        row(
            "gone on the way",
            [(Stream, After(1, error_event(410, "Gone")))],
            &["stream", "stream"],
            SEEN,
        ),
        row(
            "expired twice",
            [(Stream, EXPIRED), (Stream, EXPIRED)],
            &["stream", "stream", "list limit=500", "watch 2"],
            SEEN,
        ),
        row(
            "failed on the way",
            [(Stream, After(1, error_event(500, "InternalError")))],
            listed,
            SEEN,
        ),
        row(
            "load on the way",
            [(Stream, After(1, error_event(429, "TooManyRequests")))],
            &["stream", "~ stream"],
            SEEN,
        ),
        row(
            "a bookmark that ends nothing",
            [(Stream, FalseBookmark)],
            &["stream"],
            SEEN,
        ),
        row(
            "an odd object",
            [(Stream, First(ODD.into()))],
            &["stream"],
            SEEN,
        ),
        row("a frame of 17 MiB", [(Stream, First(huge()))], listed, SEEN),
    ]
}

fn lists_that_fail() -> Vec<Row> {
    let listed: &[_] = &["stream", "list 0 limit=500", "watch 2"];
    vec![
        row(
            "the list fails",
            [(Stream, INVALID), (List, BROKEN)],
            &[
                "stream",
                "list 0 limit=500",
                "~ list 0 limit=500",
                "watch 2",
            ],
            SEEN,
        ),
        row(
            "the list is compressed, unasked",
            [(Stream, INVALID), (List, Gzip(false))],
            listed,
            SEEN,
        ),
        row(
            "the list is compressed, and cut",
            [(Stream, INVALID), (List, Gzip(true))],
            &[
                "stream",
                "list 0 limit=500",
                "~ list 0 limit=500",
                "watch 2",
            ],
            SEEN,
        ),
        row(
            "the list is refused for load",
            [(Stream, INVALID), (List, BUSY)],
            &[
                "stream",
                "list 0 limit=500",
                "~ list 0 limit=500",
                "watch 2",
            ],
            SEEN,
        ),
        row(
            "the list is expired",
            [(Stream, INVALID), (List, EXPIRED)],
            &["stream", "list 0 limit=500", "list limit=500", "watch 2"],
            SEEN,
        ),
        row(
            "expired, then too new, then neither",
            [
                cut(),
                (Watch, INVALID),
                (Stream, INVALID),
                (List, EXPIRED),
                (List, TOO_LARGE),
            ],
            &[
                "stream",
                "watch 2",
                "~ stream 2",
                "list 2",
                "list limit=500",
                "~ list limit=500",
                "watch 2",
            ],
            SEEN,
        ),
    ]
}

fn pages_that_fail() -> Vec<Row> {
    let pages = |what, faults: &[(Asks, Injected)], requests| Row {
        page: Some(1),
        ..row(
            what,
            [&[(Stream, INVALID)], faults].concat(),
            requests,
            SEEN,
        )
    };
    vec![
        pages(
            "pages",
            &[],
            &[
                "stream",
                "list 0 limit=500",
                "list limit=500 continue=2-1",
                "watch 2",
            ],
        ),
        pages(
            "the second page is expired",
            &[(NextPage, EXPIRED)],
            &[
                "stream",
                "list 0 limit=500",
                "list limit=500 continue=2-1",
                "list 0",
                "watch 2",
            ],
        ),
        pages(
            "the second page fails",
            &[(NextPage, BROKEN)],
            &[
                "stream",
                "list 0 limit=500",
                "list limit=500 continue=2-1",
                "~ list 0 limit=500",
                "list limit=500 continue=2-1",
                "watch 2",
            ],
        ),
    ]
}

fn watches_that_fail() -> Vec<Row> {
    let after =
        |what, fault: Injected, requests, told| row(what, [cut(), (Watch, fault)], requests, told);
    let again: &[_] = &["stream", "watch 2 !", "~ watch 2"];
    let at_once: &[_] = &["stream", "watch 2 !", "watch 2"];
    let anew: &[_] = &["stream", "watch 2 !", "~ stream 2"];
    // Rule F29
    let soon: &[_] = &["stream", "watch 2 !", "stream 2"];
    let error = |code, reason| last_word(error_event(code, reason));
    vec![
        row("ended", [cut()], &["stream", "watch 2 !"], SEEN),
        row(
            "cut in a frame",
            [(Stream, After(3, HALF.into()))],
            &["stream", "watch 2 !"],
            SEEN,
        ),
        row(
            "broken",
            [(Stream, Reset(3))],
            &["stream", "watch 2 !"],
            SEEN,
        ),
        after("expired", EXPIRED, soon, FOUND),
        after("expired, as an event", error(410, "Expired"), soon, FOUND),
        after("gone, as an event", error(410, "Gone"), soon, FOUND),
        after("load", BUSY, again, SEEN),
        after("load, in a second", InASecond, at_once, SEEN),
        after(
            "load, as an event",
            error(429, "TooManyRequests"),
            again,
            SEEN,
        ),
        after("no answer", Close, at_once, SEEN),
        after("failed", BROKEN, anew, FOUND),
        after(
            "failed, as an event",
            error(500, "InternalError"),
            anew,
            FOUND,
        ),
        after("no JSON", last_word("<html>"), anew, FOUND),
        after("ended at once", last_word(""), anew, FOUND),
        after("broken at once", Reset(0), anew, FOUND),
        after("a frame of 17 MiB", First(huge()), anew, FOUND),
    ]
}

fn watches_with_odd_events() -> Vec<Row> {
    let after =
        |what, fault: Injected, requests, told| row(what, [cut(), (Watch, fault)], requests, told);
    let anew: &[_] = &["stream", "watch 2 !", "~ stream 2"];
    vec![
        after(
            "the deletion of an odd object",
            First(
                ODD.replace("MODIFIED", "DELETED")
                    .replace("\"odd\"", r#""a","namespace":"prod""#),
            ),
            &["stream", "watch 2 !"],
            "+a +b -a? +c ~b",
        ),
        after(
            "a deletion of nobody",
            First(r#"{"type":"DELETED","object":{"metadata":{"labels":[]}}}"#.into()),
            anew,
            FOUND,
        ),
        after(
            "an odd object",
            First(ODD.into()),
            &["stream", "watch 2 !"],
            SEEN,
        ),
        after("an odd object and the end", last_word(ODD), anew, FOUND),
        after(
            "an event",
            After(1, String::new()),
            &["stream", "watch 2 !", "watch 3"],
            SEEN,
        ),
        after(
            "half of the next event",
            After(1, HALF.into()),
            &["stream", "watch 2 !", "watch 3"],
            SEEN,
        ),
    ]
}

fn snapshots_after_watches() -> Vec<Row> {
    vec![
        row(
            "a version that is too new",
            [cut(), (Watch, BROKEN), (Stream, TOO_LARGE)],
            &["stream", "watch 2", "~ stream 2 !", "stream"],
            FOUND,
        ),
        row(
            "a server that cannot stream is not asked again",
            [(Stream, INVALID), (Watch, EXPIRED)],
            &[
                "stream",
                "list 0 limit=500",
                "watch 2 !",
                "list 2",
                "watch 5",
            ],
            FOUND,
        ),
        row(
            "a server that failed to stream is asked again",
            [(Stream, BROKEN), (Watch, EXPIRED)],
            &["stream", "list 0 limit=500", "watch 2 !", "stream 2"],
            FOUND,
        ),
    ]
}

#[tokio::test(start_paused = true)]
async fn at_the_beginning_nothing_is_lost() {
    all(streams_that_do_not_begin()).await;
    all(streams_that_break()).await;
    all(streams_that_bring_errors()).await;
}

#[tokio::test(start_paused = true)]
async fn in_lists_nothing_is_lost() {
    all(lists_that_fail()).await;
    all(pages_that_fail()).await;
}

#[tokio::test(start_paused = true)]
async fn in_watches_nothing_is_lost() {
    all(watches_that_fail()).await;
    all(watches_with_odd_events()).await;
    all(snapshots_after_watches()).await;
}

async fn all(rows: Vec<Row>) {
    for row in rows {
        let (happened, expected) = play(row).await;
        assert_eq!(happened, expected);
    }
}

/// The compared values: the row, the deltas, and the requests.
type Outcome = (&'static str, String, Vec<String>);

/// The actual and the expected outcome.
async fn play(row: Row) -> (Outcome, Outcome) {
    let what = row.what;
    let mark = row
        .requests
        .iter()
        .position(|request| request.ends_with('!'));
    let expected: Vec<_> = row
        .requests
        .iter()
        .map(|request| request.trim_end_matches(" !"))
        .collect();
    let mut state = State {
        faults: row.faults,
        page: row.page,
        ..State::default()
    };
    state.collection.put("a");
    state.collection.put("b");
    state.on_request = mark.map(|mark| -> OnRequest {
        let requests = AtomicUsize::new(0);
        Box::new(move |collection| {
            if requests.fetch_add(1, Ordering::Relaxed) == mark {
                change(collection);
            }
        })
    });
    let server = Server::new(state);
    let (informer, mut replay) = follow(&server);
    until(what, || server.state().requests.len() >= expected.len()).await;
    informer.synced().await.unwrap();
    if mark.is_none() {
        server.write(change);
    }
    until(what, || states(&informer) == server.states()).await;
    replay.drain();
    let state = server.state();
    assert!(state.faults.is_empty(), "{what}: a fault is left");
    let expected = expected.into_iter().map(str::to_owned).collect();
    (
        (what, replay.told.join(" "), state.requests.clone()),
        (what, row.told.to_owned(), expected),
    )
}

fn states(informer: &Informer) -> Vec<String> {
    let mut states: Vec<_> = informer
        .store()
        .list()
        .iter()
        .map(|object| state(&**object))
        .collect();
    states.sort();
    states
}
