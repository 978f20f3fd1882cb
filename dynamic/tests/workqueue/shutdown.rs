//! The end of a queue: nothing that it took is lost (rules K3, K4, K6).

use std::pin::pin;

use kubewright::workqueue::AddOptions;
use tokio::time;

use super::*;

// Rule K3
#[test]
fn what_waits_is_handed_out_after_a_shut_down_and_nothing_is_taken() {
    let queue = Queue::new();
    queue.add("a");
    assert!(!queue.is_shut_down());
    assert!(queue.shut_down().is_empty());
    assert!(queue.is_shut_down());
    assert!(!queue.add("b"));
    assert!(!queue.add_after("c", secs(1)));
    assert!(!queue.add_rate_limited("d"));
    assert!(!queue.add_with("a", AddOptions::new().priority(1)));
    let item = take(&queue).unwrap();
    assert!(!item.retry());
    assert!(queue.get().now_or_never().unwrap().is_none());
}

// Rule K6 (better than client-go)
#[tokio::test(start_paused = true)]
async fn what_is_delayed_is_returned_by_time_and_once() {
    let queue = Queue::new();
    queue.add_after("later", secs(20));
    queue.add_after("sooner", secs(10));
    queue.add_after("due", secs(1));
    time::advance(secs(2)).await;
    assert_eq!(queue.shut_down(), ["sooner", "later"]);
    assert!(queue.shut_down().is_empty());
    time::advance(secs(60)).await;
    assert_eq!(take_all(&queue), ["due"]);
}

#[tokio::test]
async fn a_shut_down_wakes_all_who_wait() {
    let queue = Queue::new();
    queue.add_after("a", secs(3600));
    let getters: Vec<_> = (0..3).map(|_| tokio::spawn(queue.get())).collect();
    tokio::task::yield_now().await;
    assert_eq!(queue.shut_down(), ["a"]);
    for getter in getters {
        assert!(getter.await.unwrap().is_none());
    }
}

// Rules K3, K4 (better than client-go)
#[tokio::test]
async fn an_item_added_while_held_comes_after_the_shut_down_before_getters_go() {
    let queue = Queue::new();
    queue.add("a");
    let held = queue.get().await.unwrap();
    queue.add("a");
    let mut getters = vec![tokio::spawn(queue.get())];
    tokio::task::yield_now().await;
    queue.shut_down();
    getters.push(tokio::spawn(queue.get()));
    tokio::task::yield_now().await;
    assert!(getters.iter().all(|getter| !getter.is_finished()));
    drop(held);
    let mut got = 0;
    for getter in getters {
        got += usize::from(getter.await.unwrap().is_some());
    }
    assert_eq!(got, 1, "one gets the item, the other hears of the end");
}

// Rule K4
#[test]
fn a_shut_down_does_not_wait_for_workers() {
    let queue = Queue::new();
    queue.add("a");
    let held = take(&queue);
    queue.shut_down();
    assert_eq!(queue.stats().processing, 1);
    drop(held);
}

// Rule K4
#[test]
fn a_drain_waits_for_what_waits_and_for_all_who_work() {
    let queue = Queue::new();
    for item in ["a", "b"] {
        queue.add(item);
    }
    queue.add_after("delayed", secs(3600));
    let a = take(&queue).unwrap();
    queue.add("a");
    let mut drain = pin!(queue.shut_down_with_drain());
    waits(drain.as_mut());
    assert!(!queue.add("c"));
    let b = take(&queue).unwrap();
    waits(drain.as_mut());
    drop(b);
    waits(drain.as_mut());
    drop(a);
    waits(drain.as_mut());
    assert_eq!(take_all(&queue), ["a"], "added while it was held");
    assert_eq!(drain.now_or_never().unwrap(), ["delayed"]);
}

#[test]
fn an_idle_queue_is_drained_at_once() {
    let queue = Queue::new();
    assert!(
        queue
            .shut_down_with_drain()
            .now_or_never()
            .unwrap()
            .is_empty()
    );
    assert!(queue.is_shut_down());
}

// Rule K4
#[test]
fn a_shut_down_ends_a_drain() {
    let queue = Queue::new();
    queue.add("a");
    queue.add_after("delayed", secs(3600));
    let held = take(&queue);
    let mut drain = pin!(queue.shut_down_with_drain());
    waits(drain.as_mut());
    assert_eq!(queue.shut_down(), ["delayed"]);
    assert!(drain.now_or_never().unwrap().is_empty());
    drop(held);
}

#[tokio::test(start_paused = true)]
async fn a_drain_that_is_given_up_has_lost_nothing() {
    let queue = Queue::new();
    queue.add("a");
    queue.add_after("delayed", secs(10));
    let held = queue.get().await.unwrap();
    let drain = time::timeout(secs(60), queue.shut_down_with_drain());
    assert!(drain.await.is_err());
    drop(held);
    assert_eq!(queue.shut_down_with_drain().await, ["delayed"]);
}

#[tokio::test]
async fn a_drain_wakes_the_getters_when_it_is_through() {
    let queue = Queue::new();
    let getter = tokio::spawn(queue.get());
    tokio::task::yield_now().await;
    queue.shut_down_with_drain().await;
    assert!(getter.await.unwrap().is_none());
}
