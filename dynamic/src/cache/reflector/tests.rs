//! The table of faults, driven through the state machine alone.

mod lists;

use super::*;

/// A reflector with a clock that the test moves and a log of its inputs and steps.
struct Driven {
    reflector: Reflector,
    support: StreamSupport,
    now: Instant,
}

impl Driven {
    fn new() -> Self {
        Driven::with(StreamSupport::default())
    }

    fn listing() -> Self {
        let support = StreamSupport::default();
        support.note_missing(Instant::now());
        Driven::with(support)
    }

    fn with(support: StreamSupport) -> Self {
        Driven::asking(Selection::new(), support, || 0)
    }

    fn asking(selection: Selection, support: StreamSupport, spread: fn() -> u8) -> Self {
        let policy = BackoffPolicy::default().with_jitter(|| 0);
        let reflector = Reflector::new(selection, policy, support.clone(), spread);
        Driven {
            reflector,
            support,
            now: Instant::now(),
        }
    }

    /// The actions of the reflector, in short.
    fn on(&mut self, input: Input<'_>) -> String {
        let step = self.reflector.on(input, self.now);
        let snapshot = match step.snapshot {
            Snapshot::Keep => String::new(),
            Snapshot::Begin => "begin ".to_owned(),
            Snapshot::Commit(version) => format!("commit {version} "),
        };
        let next = match step.next {
            Next::Continue => "go on".to_owned(),
            Next::List(options) => format!("list {}", options.to_query().unwrap()),
            Next::Watch(options) => format!("watch {}", options.to_watch_query().unwrap()),
            Next::Wait(wait) => format!("wait {}", wait.as_millis()),
        };
        format!("{snapshot}{next}")
    }

    fn later(&mut self, seconds: u64) -> &mut Self {
        self.now += Duration::from_secs(seconds);
        self
    }

    /// Brings a fresh reflector to watching from version 10.
    fn watching() -> Self {
        let mut driven = Driven::new();
        driven.on(Input::Start);
        driven.on(Input::WatchOpened);
        driven.on(end("10"));
        driven.later(2);
        driven
    }
}

fn end(resource_version: &str) -> Input<'_> {
    Input::Bookmark {
        resource_version,
        initial_events_end: true,
    }
}

fn bookmark(resource_version: &str) -> Input<'_> {
    Input::Bookmark {
        resource_version,
        initial_events_end: false,
    }
}

fn changed(resource_version: &str) -> Input<'_> {
    Input::Changed {
        resource_version: Some(resource_version),
    }
}

fn page<'a>(resource_version: &'a str, next: Option<&'a str>) -> Input<'a> {
    Input::Page {
        resource_version,
        next,
    }
}

const STREAMED: &str = "begin watch allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&timeoutSeconds=300&watch=true";
const FROM_10: &str =
    "watch allowWatchBookmarks=true&resourceVersion=10&timeoutSeconds=300&watch=true";

#[test]
fn a_snapshot_is_streamed_and_its_stream_goes_on_as_the_watch() {
    // Rules F9, F10
    let mut driven = Driven::new();
    assert_eq!(driven.on(Input::Start), STREAMED);
    assert_eq!(driven.on(Input::WatchOpened), "go on");
    assert_eq!(driven.on(changed("7")), "go on");
    assert_eq!(
        driven.on(bookmark("8")),
        "go on",
        "only the annotation ends the beginning"
    );
    assert_eq!(driven.on(end("10")), "commit 10 go on");
    assert_eq!(driven.on(changed("11")), "go on");
    assert_eq!(driven.reflector.resource_version(), "11");
}

#[test]
fn watches_end_at_different_times() {
    // Rule F17: between five and ten minutes
    let mut driven = Driven::asking(Selection::new(), StreamSupport::default(), || 255);
    assert_eq!(driven.on(Input::Start), STREAMED.replace("=300", "=598"));
    driven.on(Input::WatchOpened);
    driven.on(end("10"));
    let again = driven.later(598).on(Input::StreamEnded);
    assert_eq!(again, FROM_10.replace("=300", "=598"));
}

#[test]
fn a_streamed_snapshot_leaves_an_unavailable_version_too() {
    // Rule F12
    let mut driven = Driven::watching();
    let again = driven.on(Input::StreamFailed(ErrorClass::Expired));
    assert!(again.contains("resourceVersion=10"), "{again}");
    assert_eq!(driven.on(Input::WatchFailed(ErrorClass::Expired)), STREAMED);
    // Rule F5: one that is whole clears the mark.
    driven.on(end("20"));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert!(driven.on(Input::TimeOver).contains("resourceVersion=20"));
}

#[test]
fn a_server_that_cannot_stream_is_listed_and_not_asked_again() {
    // Rule F15
    let mut driven = Driven::new();
    driven.on(Input::Start);
    assert_eq!(
        driven.on(Input::WatchFailed(ErrorClass::NotUnderstood)),
        "begin list limit=500&resourceVersion=0"
    );
    driven.on(page("10", None));
    driven.later(2).on(Input::StreamFailed(ErrorClass::Other));
    assert!(driven.on(Input::TimeOver).starts_with("begin list"));
    // Nor by others, for an hour.
    let mut other = Driven::with(driven.support.clone());
    assert!(other.on(Input::Start).starts_with("begin list"));
    driven.later(3600).on(Input::ListFailed(ErrorClass::Other));
    assert!(driven.on(Input::TimeOver).contains("sendInitialEvents"));
}

#[test]
fn a_resource_that_is_not_there_proves_nothing() {
    // A definition that is to come: 404 for both.
    let mut driven = Driven::new();
    driven.on(Input::Start);
    assert!(
        driven
            .on(Input::WatchFailed(ErrorClass::NotUnderstood))
            .starts_with("begin list")
    );
    assert_eq!(
        driven.on(Input::ListFailed(ErrorClass::NotUnderstood)),
        "wait 800"
    );
    assert_eq!(driven.on(Input::TimeOver), STREAMED);
    assert!(!driven.support.is_missing(driven.now));
}

#[test]
fn a_watch_that_does_not_begin_is_asked_for_again() {
    let mut driven = Driven::watching();
    driven.on(Input::StreamEnded);
    assert_eq!(
        driven.reflector.deadline(),
        Some(driven.now + OPENING_PATIENCE)
    );
    driven.later(60);
    assert_eq!(driven.on(Input::TimeOver), "wait 800");
    assert_eq!(driven.on(Input::TimeOver), FROM_10);
}

#[test]
fn a_watch_whose_server_is_gone_ends() {
    // As asked for: 300 s in these tests.
    let mut driven = Driven::watching();
    driven.on(Input::StreamEnded);
    driven.on(Input::WatchOpened);
    assert_eq!(
        driven.reflector.deadline(),
        Some(driven.now + WATCH_TIMEOUT + GRACE)
    );
    driven.later(100).on(changed("12"));
    driven.later(230);
    assert_eq!(driven.on(Input::TimeOver), FROM_10.replace("=10", "=12"));
    // One that began with a snapshot.
    let mut driven = Driven::watching();
    driven.later(328);
    assert_eq!(driven.reflector.deadline(), Some(driven.now));
    assert_eq!(driven.on(Input::TimeOver), FROM_10);
}

#[test]
fn a_server_that_fails_is_listed_and_asked_again() {
    // Rule F12
    let mut driven = Driven::new();
    driven.on(Input::Start);
    assert!(
        driven
            .on(Input::WatchFailed(ErrorClass::Other))
            .starts_with("begin list")
    );
    driven.on(page("10", None));
    driven.later(2).on(Input::StreamFailed(ErrorClass::Other));
    assert!(
        driven
            .on(Input::TimeOver)
            .contains("sendInitialEvents=true")
    );
}

#[test]
fn a_beginning_that_never_ends_is_not_waited_for() {
    // Rule F14: the better way
    let mut driven = Driven::new();
    driven.on(Input::Start);
    for sign_of_life in [Input::WatchOpened, changed("7"), Input::Unreadable] {
        driven.later(15).on(sign_of_life);
        let patience = driven.now + INITIAL_PATIENCE;
        assert_eq!(driven.reflector.deadline(), Some(patience));
    }
    // A bookmark shows that the server lives, and that it does not send what is there.
    driven.later(10).on(bookmark("8"));
    let patience = driven.now + INITIAL_PATIENCE - Duration::from_secs(10);
    assert_eq!(driven.reflector.deadline(), Some(patience));
    driven.later(10);
    assert_eq!(
        driven.on(Input::TimeOver),
        "begin list limit=500&resourceVersion=0"
    );
    assert_eq!(
        driven.reflector.deadline(),
        None,
        "lists have their own patience"
    );
    assert!(!driven.support.is_missing(driven.now));
    driven.on(page("10", None));
    assert!(
        driven.support.is_missing(driven.now),
        "a list works: it was the stream"
    );
}

#[test]
fn a_snapshot_that_ends_at_once_is_listed_and_one_that_is_cut_starts_over() {
    // Rules F11, F13
    let mut driven = Driven::new();
    driven.on(Input::Start);
    driven.on(Input::WatchOpened);
    assert!(driven.on(Input::StreamEnded).starts_with("begin list"));

    let mut driven = Driven::new();
    driven.on(Input::Start);
    driven.on(Input::WatchOpened);
    driven.on(changed("7"));
    assert_eq!(driven.on(Input::StreamEnded), "wait 800");
    assert_eq!(driven.on(Input::TimeOver), STREAMED);
    // Without an object, but not at once.
    driven.on(Input::WatchOpened);
    assert_eq!(driven.later(1).on(Input::StreamEnded), "wait 1600");
    assert_eq!(driven.on(Input::TimeOver), STREAMED);
}

#[test]
fn a_watch_that_ends_is_opened_again_where_it_was() {
    // Rules F18, F19
    let mut driven = Driven::watching();
    driven.on(changed("11"));
    driven.on(bookmark("15"));
    for no_version in [bookmark(""), changed("")] {
        driven.on(no_version);
    }
    let from_15 = FROM_10.replace("=10", "=15");
    assert_eq!(driven.on(Input::StreamEnded), from_15);
    // Rules F18, F24: a quiet one too, if it lasted; what counts is the time it was open.
    driven.on(Input::WatchOpened);
    assert_eq!(driven.later(1).on(Input::StreamEnded), from_15);
    driven.later(10).on(Input::WatchOpened);
    assert_eq!(driven.on(Input::StreamEnded), "wait 800");
}

#[test]
fn a_watch_that_closes_at_once_is_opened_after_a_pause() {
    // Rule F24: the server greets each watch with the same bookmark and hangs up.
    let mut driven = Driven::watching();
    let mut requests = 0;
    let begin = driven.now;
    assert_eq!(driven.on(Input::StreamEnded), FROM_10);
    while driven.now < begin + Duration::from_secs(60) {
        driven.on(Input::WatchOpened);
        driven.on(bookmark("10"));
        let said = driven.on(Input::StreamEnded);
        let Some(wait) = said.strip_prefix("wait ") else {
            panic!("{said}")
        };
        driven.now += Duration::from_millis(wait.parse().unwrap());
        // The snapshot works; its stream ends at once as well.
        driven.on(Input::TimeOver);
        driven.on(end("10"));
        driven.on(Input::StreamEnded);
        requests += 2;
    }
    assert!(requests < 30, "{requests} requests in a minute");
}

#[test]
fn events_without_a_new_version_do_not_count_as_progress() {
    // Rule F24
    for input in [Input::Unreadable, changed("10"), bookmark("10")] {
        let mut driven = Driven::watching();
        assert_eq!(driven.on(Input::StreamEnded), FROM_10);
        driven.on(Input::WatchOpened);
        driven.on(input);
        assert_eq!(driven.on(Input::StreamEnded), "wait 800", "{input:?}");
    }
    // A server that plays the past each time, whatever version is asked for.
    let mut driven = Driven::watching();
    driven.on(Input::StreamEnded);
    driven.on(changed("9"));
    driven.on(changed("10"));
    assert_eq!(driven.on(Input::StreamEnded), "wait 800");
    // One new version is progress.
    let mut driven = Driven::watching();
    driven.on(Input::StreamEnded);
    driven.on(changed("11"));
    assert_eq!(driven.on(Input::StreamEnded), FROM_10.replace("=10", "=11"));
}

#[test]
fn patience_is_asked_for_at_the_same_version() {
    // Rules F22, F23
    let seconds = Duration::from_secs;
    for input in [
        Input::WatchFailed(ErrorClass::TooManyRequests(Some(seconds(7)))),
        Input::StreamFailed(ErrorClass::TooManyRequests(Some(seconds(7)))),
    ] {
        let mut driven = Driven::watching();
        assert_eq!(driven.on(input), "wait 7000");
        assert_eq!(driven.on(Input::TimeOver), FROM_10);
    }
    let mut driven = Driven::watching();
    assert_eq!(
        driven.on(Input::WatchFailed(ErrorClass::Refused)),
        "wait 800"
    );
    assert_eq!(driven.on(Input::TimeOver), FROM_10);
}

#[test]
fn a_busy_collection_does_not_hide_that_its_beginning_never_ends() {
    // Rule F14: changes come as long as one looks, the bookmark never
    let mut driven = Driven::new();
    let begin = driven.now;
    driven.on(Input::Start);
    driven.on(Input::WatchOpened);
    while driven.reflector.deadline() > Some(driven.now) {
        driven.later(1).on(changed("7"));
        assert!(
            driven.now - begin < Duration::from_secs(120),
            "it is waited for"
        );
    }
    assert_eq!(
        driven.on(Input::TimeOver),
        "begin list limit=500&resourceVersion=0"
    );
}

#[test]
fn a_beginning_that_is_cut_again_and_again_is_listed() {
    // Rule F11: a proxy may cut each stream before a large collection has come
    let mut driven = Driven::new();
    let cut = |driven: &mut Driven, asked: &str| {
        assert_eq!(
            driven.on(Input::StreamEnded).split(' ').next(),
            Some("wait")
        );
        assert_eq!(driven.on(Input::TimeOver), asked);
    };
    driven.on(Input::Start);
    for asked in [STREAMED, STREAMED, "begin list limit=500&resourceVersion=0"] {
        driven.on(Input::WatchOpened);
        driven.later(30).on(changed("7"));
        driven.later(1);
        cut(&mut driven, asked);
    }
    // That says nothing of what the server can do.
    driven.on(page("10", None));
    driven.on(Input::WatchOpened);
    let said = driven.on(Input::StreamFailed(ErrorClass::Expired));
    assert!(said.starts_with("begin watch"), "{said}");
}

#[test]
fn no_pause_is_longer_than_some_minutes() {
    // A proxy that asks for sixty years, or a policy that asks for more than a clock can add.
    let years = Duration::from_secs(60 * 365 * 24 * 3600);
    let mut driven = Driven::watching();
    let asked = Input::WatchFailed(ErrorClass::TooManyRequests(Some(years)));
    assert_eq!(driven.on(asked), "wait 600000");
    let mut policy = BackoffPolicy::default().with_jitter(|| 255);
    (policy.first, policy.longest) = (Duration::MAX, Duration::MAX);
    let mut backoff = Backoff::new(policy);
    let waits = [(); 3].map(|()| backoff.next(Instant::now()));
    assert!(waits.iter().all(|wait| *wait < years));
}

#[test]
fn a_policy_without_waits_becomes_one_with_short_waits() {
    let mut policy = BackoffPolicy::default().with_jitter(|| 0);
    (policy.first, policy.longest) = (Duration::ZERO, Duration::from_millis(4));
    let mut backoff = Backoff::new(policy);
    let waits = [(); 4].map(|()| backoff.next(Instant::now()).as_millis());
    assert_eq!(waits, [1, 2, 4, 4]);
}

#[test]
fn other_failures_of_a_watch_take_a_new_snapshot() {
    // Rules F22, F23
    for class in [
        ErrorClass::Failed,
        ErrorClass::Other,
        ErrorClass::NotUnderstood,
    ] {
        for input in [Input::WatchFailed(class), Input::StreamFailed(class)] {
            let mut driven = Driven::watching();
            assert_eq!(driven.on(input), "wait 800");
            assert!(
                driven.on(Input::TimeOver).starts_with("begin watch"),
                "{class:?}"
            );
        }
    }
}

#[test]
fn a_version_that_is_too_old_is_followed_by_a_snapshot_at_once() {
    // Rule F29: however far the waits of an outage have grown.
    for gone in [
        Input::WatchFailed(ErrorClass::Expired),
        Input::StreamFailed(ErrorClass::Expired),
    ] {
        let mut driven = Driven::watching();
        for _ in 0..6 {
            driven.on(Input::WatchFailed(ErrorClass::Refused));
            driven.later(30).on(Input::TimeOver);
        }
        let said = driven.on(gone);
        assert!(said.starts_with("begin watch"), "{said}");
        // A server that forgets every version is not asked without a pause.
        driven.on(end("20"));
        let said = driven.on(gone);
        assert!(said.starts_with("wait "), "{said}");
        driven.later(30).on(Input::TimeOver);
        driven.on(end("30"));
        assert!(driven.on(gone).starts_with("begin watch"));
    }
}

#[test]
fn a_server_that_cannot_stream_is_no_news_and_other_failures_are() {
    // Rule F12
    let mut driven = Driven::new();
    driven.on(Input::Start);
    let news = |driven: &Driven, class| !driven.reflector.is_routine(class);
    assert!(!news(&driven, ErrorClass::NotUnderstood));
    assert!(!news(&driven, ErrorClass::Expired));
    assert!(news(&driven, ErrorClass::Failed) && news(&driven, ErrorClass::Refused));
    driven.on(Input::WatchOpened);
    assert!(
        !news(&driven, ErrorClass::Failed),
        "an error in place of the first object"
    );
    assert!(
        news(&driven, ErrorClass::Other),
        "garbage is an error of somebody"
    );
    driven.on(changed("7"));
    assert!(news(&driven, ErrorClass::Failed));
    driven.on(end("10"));
    assert!(news(&driven, ErrorClass::Failed) && news(&driven, ErrorClass::NotUnderstood));
}

#[test]
fn an_error_in_place_of_the_first_object_is_remembered_once_a_list_works() {
    // Rules F12, F15
    let mut driven = Driven::new();
    driven.on(Input::Start);
    driven.on(Input::WatchOpened);
    let said = driven.on(Input::StreamFailed(ErrorClass::Failed));
    assert!(said.starts_with("begin list"), "{said}");
    let mut other = Driven::with(driven.support.clone());
    assert!(other.on(Input::Start).contains("sendInitialEvents"));
    driven.on(page("10", None));
    let mut other = Driven::with(driven.support.clone());
    assert!(other.on(Input::Start).starts_with("begin list"));
}

#[test]
fn failures_that_go_on_are_waited_for_longer_and_longer() {
    // Rules F1, F26: also when the lists in between are good.
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    let mut waits = Vec::new();
    for _ in 0..4 {
        driven.on(page("10", None));
        let said = driven.on(Input::WatchFailed(ErrorClass::Other));
        waits.push(said.trim_start_matches("wait ").parse::<u64>().unwrap());
        driven.on(Input::TimeOver);
    }
    assert_eq!(waits, [800, 1600, 3200, 6400]);
}

#[test]
fn what_cannot_be_read_moves_nothing() {
    let mut driven = Driven::watching();
    driven.on(Input::Unreadable);
    assert_eq!(driven.reflector.resource_version(), "10");
    assert_eq!(driven.on(Input::StreamEnded), FROM_10);
}

#[test]
fn versions_never_go_back_but_for_an_unavailable_one() {
    // Rule P5
    let mut driven = Driven::watching();
    driven.on(changed("12"));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert!(driven.on(Input::TimeOver).contains("resourceVersion=12"));
}

#[test]
fn what_comes_late_means_nothing() {
    let mut driven = Driven::watching();
    driven.on(Input::StreamFailed(ErrorClass::Other));
    for input in [
        Input::StreamEnded,
        changed("99"),
        bookmark("99"),
        Input::StreamFailed(ErrorClass::Expired),
        page("99", None),
    ] {
        assert_eq!(driven.on(input), "go on");
    }
    assert_eq!(driven.reflector.resource_version(), "10");
}
