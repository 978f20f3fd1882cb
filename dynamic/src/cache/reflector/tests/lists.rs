//! Lists of a server that does not stream: versions, pages, and the loss of both.

use super::*;

#[test]
fn a_list_comes_in_pages_and_is_true_at_the_version_of_the_first() {
    // Rules F2, F3, F4
    let mut driven = Driven::listing();
    assert_eq!(
        driven.on(Input::Start),
        "begin list limit=500&resourceVersion=0"
    );
    assert_eq!(
        driven.on(page("10", Some("a"))),
        "list continue=a&limit=500"
    );
    assert_eq!(
        driven.on(page("12", Some("b"))),
        "list continue=b&limit=500"
    );
    assert_eq!(driven.on(page("12", None)), format!("commit 10 {FROM_10}"));
}

#[test]
fn a_later_list_asks_for_the_last_version_in_one_piece() {
    // Rules F2, F3
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    driven.on(page("10", None));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert_eq!(driven.on(Input::TimeOver), "begin list resourceVersion=10");
}

#[test]
fn without_a_watch_cache_lists_are_paged_for_ever() {
    // Rule F3
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    driven.on(page("10", Some("a")));
    driven.on(page("10", None));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert_eq!(
        driven.on(Input::TimeOver),
        "begin list limit=500&resourceVersion=10"
    );
}

#[test]
fn a_page_size_that_was_asked_for_always_holds_and_only_for_lists() {
    // Rules F3, F9
    let selection = Selection::new().labels("app=web").page_size(1);
    let support = StreamSupport::default();
    let mut driven = Driven::asking(selection.clone(), support.clone(), || 0);
    assert_eq!(
        driven.on(Input::Start),
        STREAMED.replace(
            "&resourceVersionMatch",
            "&labelSelector=app%3Dweb&resourceVersionMatch"
        )
    );
    support.note_missing(driven.now);
    let mut driven = Driven::asking(selection, support, || 0);
    assert_eq!(
        driven.on(Input::Start),
        "begin list labelSelector=app%3Dweb&limit=1&resourceVersion=0"
    );
    driven.on(page("10", None));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert_eq!(
        driven.on(Input::TimeOver),
        "begin list labelSelector=app%3Dweb&limit=1&resourceVersion=10"
    );
}

#[test]
fn a_page_size_of_zero_means_no_paging() {
    // Rule F3
    let support = StreamSupport::default();
    support.note_missing(Instant::now());
    let mut driven = Driven::asking(Selection::new().page_size(0), support, || 0);
    assert_eq!(
        driven.on(Input::Start),
        "begin list limit=500&resourceVersion=0"
    );
    driven.on(page("10", None));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert_eq!(driven.on(Input::TimeOver), "begin list resourceVersion=10");
}

#[test]
fn lost_pages_are_asked_for_whole_and_once() {
    // Rule F4
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    driven.on(page("10", Some("a")));
    assert_eq!(
        driven.on(Input::ListFailed(ErrorClass::Expired)),
        "begin list resourceVersion=0"
    );
    assert_eq!(driven.on(page("11", Some("a"))), "list continue=a");
    assert_eq!(
        driven.on(Input::ListFailed(ErrorClass::Expired)),
        "begin list limit=500",
        "the newest, at once"
    );
    assert_eq!(
        driven.on(Input::ListFailed(ErrorClass::Expired)),
        "wait 800"
    );
}

#[test]
fn what_comes_whole_after_lost_pages_is_true_at_its_own_version() {
    // Rule F4: from the version of the pages the watch would send the past once more.
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    driven.on(page("10", Some("a")));
    driven.on(Input::ListFailed(ErrorClass::Expired));
    let from_20 = FROM_10.replace("=10", "=20");
    assert_eq!(driven.on(page("20", None)), format!("commit 20 {from_20}"));
}

#[test]
fn pages_of_the_newest_say_nothing_of_the_watch_cache() {
    // Rule F3: a list at no version is read from etcd, in pages, by any server.
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    driven.on(Input::ListFailed(ErrorClass::Expired));
    driven.on(page("20", Some("a")));
    driven.on(page("20", None));
    driven.on(Input::StreamFailed(ErrorClass::Other));
    assert_eq!(driven.on(Input::TimeOver), "begin list resourceVersion=20");
}

#[test]
fn an_unavailable_version_is_left_at_once_and_once() {
    // Rule F5
    for class in [ErrorClass::Expired, ErrorClass::TooLarge] {
        let mut driven = Driven::listing();
        driven.on(Input::Start);
        driven.on(page("10", None));
        driven.on(Input::StreamFailed(ErrorClass::Other));
        assert_eq!(driven.on(Input::TimeOver), "begin list resourceVersion=10");
        assert_eq!(driven.on(Input::ListFailed(class)), "begin list limit=500");
        assert_eq!(
            driven.on(page("20", None)),
            FROM_10
                .replace("=10", "=20")
                .replace("watch a", "commit 20 watch a")
        );
        driven.on(Input::StreamFailed(ErrorClass::Other));
        assert_eq!(
            driven.on(Input::TimeOver),
            "begin list resourceVersion=20",
            "a good list clears the mark"
        );
    }
}

#[test]
fn what_has_no_version_is_listed_each_time() {
    // Rule F20: what a watch from no version brings first is in no order, and deletions in a gap
    // would not be sent by the next.
    let mut driven = Driven::listing();
    driven.on(Input::Start);
    let from_nowhere = "commit  watch allowWatchBookmarks=true&timeoutSeconds=300&watch=true";
    assert_eq!(driven.on(page("", None)), from_nowhere);
    driven.on(Input::WatchOpened);
    driven.on(changed("12"));
    driven.on(changed("11"));
    assert_eq!(driven.reflector.resource_version(), "");
    assert_eq!(driven.later(100).on(Input::StreamEnded), "wait 800");
    let listed = driven.on(Input::TimeOver);
    assert_eq!(listed, "begin list limit=500&resourceVersion=0");
    driven.on(page("", None));
    let refused = ErrorClass::TooManyRequests(None);
    assert_eq!(driven.on(Input::WatchFailed(refused)), "wait 1600");
    assert!(driven.on(Input::TimeOver).starts_with("begin list"));
    // A bookmark is a version.
    driven.on(page("", None));
    driven.on(bookmark("12"));
    driven.on(changed("13"));
    assert_eq!(
        driven.later(100).on(Input::StreamEnded),
        FROM_10.replace("=10", "=13")
    );
}
