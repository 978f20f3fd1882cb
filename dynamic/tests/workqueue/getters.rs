//! Getters that wait: woken once for each item, and by the end.

use std::pin::pin;

use futures::StreamExt;

use super::*;

// Rule K3
#[tokio::test]
async fn a_getter_waits_for_an_item() {
    let queue = Queue::new();
    let getter = tokio::spawn(queue.get());
    tokio::task::yield_now().await;
    queue.add("a");
    assert_eq!(*getter.await.unwrap().unwrap(), "a");
}

#[test]
fn two_items_wake_two_getters() {
    let queue = Queue::new();
    let (mut one, mut other) = (pin!(queue.get()), pin!(queue.get()));
    waits(one.as_mut());
    waits(other.as_mut());
    queue.add("a");
    queue.add("b");
    let _a = one.now_or_never().flatten().unwrap();
    assert_eq!(*other.now_or_never().flatten().unwrap(), "b");
}

#[tokio::test]
async fn a_getter_that_is_cancelled_after_it_was_woken_takes_nothing() {
    let queue = Queue::new();
    let mut gives_up = Box::pin(queue.get());
    waits(gives_up.as_mut());
    let stays = tokio::spawn(queue.get());
    tokio::task::yield_now().await;
    queue.add("a");
    drop(gives_up);
    assert_eq!(*stays.await.unwrap().unwrap(), "a");
}

#[tokio::test]
async fn a_getter_that_is_never_polled_does_not_block_others() {
    let queue = Queue::new();
    let unpolled = queue.get();
    queue.add("a");
    assert_eq!(*queue.get().await.unwrap(), "a");
    drop(unpolled);
}

#[tokio::test]
async fn an_item_done_wakes_the_getter_that_waits_for_it() {
    let queue = Queue::new();
    queue.add("a");
    let held = queue.get().await.unwrap();
    queue.add("a");
    let getter = tokio::spawn(queue.get());
    tokio::task::yield_now().await;
    assert!(!getter.is_finished());
    drop(held);
    assert_eq!(*getter.await.unwrap().unwrap(), "a");
}

#[tokio::test]
async fn the_last_handle_dropped_wakes_all_getters() {
    let queue = Queue::new();
    let clone = queue.clone();
    let getters: Vec<_> = (0..3).map(|_| tokio::spawn(queue.get())).collect();
    tokio::task::yield_now().await;
    drop(queue);
    tokio::task::yield_now().await;
    assert!(getters.iter().all(|getter| !getter.is_finished()));
    drop(clone);
    for getter in getters {
        assert!(getter.await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_stream_ends_with_the_queue_after_what_waits() {
    let queue = Queue::new();
    queue.add("a");
    queue.add("b");
    let mut items = queue.items();
    let held = items.next().await.unwrap();
    queue.add("a");
    drop(queue);
    assert_eq!(*items.next().await.unwrap(), "b");
    drop(held);
    assert_eq!(*items.next().await.unwrap(), "a");
    assert!(items.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_always_finds_an_item_lets_others_run() {
    let queue = Queue::new();
    let other = tokio::spawn(async {});
    queue.add("a");
    for _ in 0..10_000 {
        let item = queue.get().await.unwrap();
        queue.add("a");
        drop(item);
        if other.is_finished() {
            return;
        }
    }
    panic!("starved");
}

#[test]
fn futures_and_guards_can_travel() {
    fn travels<T: Send + 'static>(_: &T) {}
    let queue = Queue::new();
    travels(&queue);
    travels(&queue.get());
    travels(&queue.items());
    travels(&queue.report_metrics());
    travels(&async move { queue.shut_down_with_drain().await });
}

#[tokio::test]
async fn a_stream_that_has_ended_can_be_asked_again() {
    let queue = WorkQueue::<&str>::new();
    let mut items = queue.items();
    queue.shut_down();
    for _ in 0..2 {
        assert!(items.next().await.is_none());
    }
}
