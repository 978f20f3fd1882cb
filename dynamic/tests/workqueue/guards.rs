//! The order in which items are handed out, and when they are done.

use kubewright::workqueue::{AddOptions, LOW_PRIORITY};

use super::*;

// Rules K1, K2
#[test]
fn items_come_in_the_order_of_their_first_add_and_once() {
    let queue = Queue::new();
    for item in ["c", "a", "b", "a", "c"] {
        assert!(queue.add(item));
    }
    assert_eq!((queue.len(), queue.is_empty()), (3, false));
    assert_eq!(take_all(&queue), ["c", "a", "b"]);
    assert!(queue.is_empty());
}

// Rules K1, P4
#[test]
fn an_item_added_while_it_is_held_comes_once_more_when_it_is_done() {
    let queue = Queue::new();
    queue.add("a");
    let held = take(&queue).unwrap();
    queue.add("a");
    queue.add("a");
    assert_eq!(queue.len(), 0);
    assert!(take(&queue).is_none(), "held by two");
    queue.add("b");
    drop(held);
    assert_eq!(take_all(&queue), ["b", "a"]);
}

// Rule K2
#[test]
fn only_what_waits_is_counted() {
    let queue = Queue::new();
    queue.add("held");
    let held = take(&queue);
    queue.add("waits");
    queue.add_after("delayed", secs(1));
    assert_eq!(queue.len(), 1);
    let stats = queue.stats();
    assert_eq!((stats.waiting, stats.delayed, stats.processing), (1, 1, 1));
    drop(held);
}

// Rule CR1
#[test]
fn higher_priorities_come_first_and_a_raise_goes_behind_its_equals() {
    let queue = Queue::new();
    let add = |item, priority| queue.add_with(item, AddOptions::new().priority(priority));
    add("raised", LOW_PRIORITY);
    add("low", LOW_PRIORITY);
    add("high", 10);
    queue.add("a");
    add("raised", 0);
    add("high", LOW_PRIORITY);
    queue.add("b");
    assert_eq!(take_all(&queue), ["high", "a", "raised", "b", "low"]);
}

// Rule CR1
#[test]
fn an_item_held_collects_the_highest_priority_for_its_next_turn() {
    let queue = Queue::new();
    queue.add("a");
    let held = take(&queue).unwrap();
    queue.add_with("a", AddOptions::new().priority(LOW_PRIORITY));
    queue.add_with("a", AddOptions::new().priority(7));
    assert_eq!(held.priority(), 0);
    drop(held);
    assert_eq!(take(&queue).unwrap().priority(), 7);
}

#[tokio::test]
async fn a_worker_that_panics_or_is_cancelled_is_done() {
    let queue = Queue::new();
    queue.add("a");
    let item = queue.get().await.unwrap();
    let worker = tokio::spawn(async move { panic!("on {}", *item) });
    assert!(worker.await.unwrap_err().is_panic());
    assert_eq!(queue.stats().processing, 0);

    queue.add("a");
    let item = queue.get().await.unwrap();
    let worker = tokio::spawn(async move {
        let _item = item;
        std::future::pending::<()>().await;
    });
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    assert_eq!(queue.stats().processing, 0);
    assert_eq!(take_all(&queue), [""; 0]);
}

// Rules K7, CR2, CR3
#[tokio::test(start_paused = true)]
async fn the_ends_of_work_say_what_comes_next() {
    let queue = Queue::new();
    queue.add_with("a", AddOptions::new().priority(LOW_PRIORITY));
    assert!(take(&queue).unwrap().retry());
    assert_eq!((queue.stats().delayed, queue.stats().processing), (1, 0));
    let item = queue.get().await.unwrap();
    assert_eq!(item.priority(), LOW_PRIORITY, "a retry keeps its priority");
    assert_eq!(queue.requeues(&"a"), 1);

    assert!(item.requeue_after(secs(10)));
    assert_eq!(queue.requeues(&"a"), 0);
    let item = queue.get().await.unwrap();
    assert_eq!(item.priority(), LOW_PRIORITY);

    item.retry();
    queue.get().await.unwrap().forget();
    assert_eq!(queue.requeues(&"a"), 0);
    assert_eq!(queue.stats(), Default::default());
}

#[test]
fn a_guard_shows_the_item() {
    let queue = Queue::new();
    queue.add("a");
    let item = take(&queue).unwrap();
    assert_eq!(item.len(), 1);
    assert!(format!("{item:?}").contains("\"a\""));
    assert!(format!("{queue:?}").contains("processing: 1"));
}
