//! Items for later (rules K6, K7), on a clock that the tests move.

use std::time::Duration;

use kubewright::workqueue::{AddOptions, Bucket, ExponentialBackoff, FastSlow};
use tokio::time::{self, Instant};

use super::*;

/// The items that come, each with how long it took from the first call on.
async fn arrivals(queue: &Queue, count: usize) -> Vec<(&'static str, Duration)> {
    let begin = Instant::now();
    let mut seen = Vec::new();
    for _ in 0..count {
        let item = queue.get().await.unwrap();
        seen.push((*item, begin.elapsed()));
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn delayed_items_come_by_time() {
    let queue = Queue::new();
    queue.add_after("third", ms(300));
    queue.add_after("first", ms(100));
    queue.add_after("second", ms(200));
    queue.add_after("now", Duration::ZERO);
    assert_eq!(queue.len(), 1);
    let expected = [
        ("now", ms(0)),
        ("first", ms(100)),
        ("second", ms(200)),
        ("third", ms(300)),
    ];
    let seen = arrivals(&queue, 4).await;
    // The runtime's timers are a millisecond coarse, and never early.
    for ((item, at), (name, due)) in seen.iter().zip(expected) {
        assert_eq!(*item, name);
        assert!((due..=due + ms(2)).contains(at), "{item} after {at:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_earliest_time_counts_and_nothing_comes_twice() {
    let queue = Queue::new();
    queue.add_after("later", ms(100));
    queue.add_after("later", secs(10));
    queue.add_after("sooner", secs(10));
    queue.add_after("sooner", ms(200));
    queue.add_after("now", secs(10));
    queue.add("now");
    queue.add_after("now", secs(10));
    let names: Vec<_> = arrivals(&queue, 3)
        .await
        .into_iter()
        .map(|seen| seen.0)
        .collect();
    assert_eq!(names, ["now", "later", "sooner"]);
    time::advance(secs(60)).await;
    assert!(take(&queue).is_none());
}

#[tokio::test(start_paused = true)]
async fn a_getter_that_waits_hears_of_an_earlier_time() {
    let queue = Queue::new();
    queue.add_after("later", secs(100));
    let begin = Instant::now();
    let getters: Vec<_> = (0..3).map(|_| tokio::spawn(queue.get())).collect();
    tokio::task::yield_now().await;
    queue.add_after("sooner", secs(1));
    // The getter that would have been woken first is gone.
    getters[0].abort();
    let (item, _, rest) = futures::future::select_all(getters.into_iter().skip(1)).await;
    assert_eq!(*item.unwrap().unwrap(), "sooner");
    assert!(begin.elapsed() < secs(2), "{:?}", begin.elapsed());
    drop(rest);
}

#[tokio::test(start_paused = true)]
async fn two_times_that_come_at_once_wake_two_getters() {
    let queue = Queue::new();
    queue.add_after("a", secs(1));
    queue.add_after("b", secs(1));
    let begin = Instant::now();
    let (a, b) = tokio::join!(queue.get(), queue.get());
    assert!(a.is_some() && b.is_some());
    assert!(begin.elapsed() < secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_time_that_comes_while_the_item_is_held_waits_for_the_worker() {
    let queue = Queue::new();
    queue.add("a");
    let held = queue.get().await.unwrap();
    queue.add_after("a", ms(10));
    time::advance(secs(1)).await;
    assert!(take(&queue).is_none(), "held by two");
    drop(held);
    assert_eq!(take_all(&queue), ["a"]);
}

#[tokio::test(start_paused = true)]
async fn no_delay_is_too_long() {
    let queue = Queue::new();
    assert!(queue.add_after("a", Duration::MAX));
    queue.add_after("b", secs(1));
    assert_eq!(*queue.get().await.unwrap(), "b");
    assert_eq!(queue.shut_down(), ["a"]);
}

// Rule K7
#[tokio::test(start_paused = true)]
async fn a_rate_limit_grows_until_it_is_forgotten() {
    let backoff = ExponentialBackoff::new(secs(1), secs(60));
    let queue = Queue::builder().rate_limiter(backoff).build();
    let begin = Instant::now();
    for _ in 0..3 {
        queue.add_rate_limited("a");
        drop(queue.get().await.unwrap());
    }
    assert_eq!(begin.elapsed().as_secs(), 1 + 2 + 4);
    assert_eq!(queue.requeues(&"a"), 3);
    queue.forget(&"a");
    assert_eq!(queue.requeues(&"a"), 0);
    queue.add_rate_limited("a");
    drop(queue.get().await.unwrap());
    assert_eq!(begin.elapsed().as_secs(), 8);
}

// Rule K8
#[tokio::test(start_paused = true)]
async fn the_default_limit_is_the_longer_of_back_off_and_bucket() {
    let queue = WorkQueue::new();
    for item in 0..200_u32 {
        queue.add_rate_limited(item);
    }
    time::advance(ms(6)).await;
    assert_eq!(queue.len(), 100, "the burst, after 5 ms");
    time::advance(secs(1)).await;
    assert_eq!(queue.len(), 110, "ten a second");
}

// Rule CR1
#[tokio::test(start_paused = true)]
async fn the_shorter_of_a_delay_and_a_rate_limit_counts() {
    for (limit, delay) in [(secs(1), secs(60)), (secs(60), secs(1))] {
        let limiter = FastSlow::new(limit, limit, 0);
        let queue = Queue::builder().rate_limiter(limiter).build();
        let begin = Instant::now();
        queue.add_with("a", AddOptions::new().after(delay).rate_limited());
        drop(queue.get().await.unwrap());
        assert_eq!(begin.elapsed().as_secs(), 1);
        assert_eq!(queue.requeues(&"a"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_priority_survives_a_delay() {
    let queue = Queue::new();
    queue.add_with("high", AddOptions::new().priority(1).after(ms(10)));
    queue.add_after("a", ms(5));
    time::advance(ms(20)).await;
    assert_eq!(take_all(&queue), ["high", "a"]);
}

#[tokio::test(start_paused = true)]
async fn a_limiter_without_memory_counts_no_failures() {
    let queue = Queue::builder()
        .rate_limiter(Bucket::every(secs(1), 1))
        .build();
    queue.add_rate_limited("a");
    assert_eq!(queue.len(), 1, "the first token is there");
    assert_eq!(queue.requeues(&"a"), 0);
}
