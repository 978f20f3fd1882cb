//! Pieces of work by several workers (rule K10).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use kubewright::workqueue::Parallel;
use tokio::sync::{Notify, oneshot};

type Done = Arc<Mutex<Vec<usize>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_piece_is_done_once_however_many_there_are() {
    for (workers, chunk, pieces) in [
        (1, 1, 0),
        (0, 0, 3),
        (4, 1, 1),
        (3, 2, 1000),
        (16, 7, 1000),
        (2, usize::MAX, 10),
        (usize::MAX, 1, 10),
    ] {
        let done = Done::default();
        let inside = Arc::clone(&done);
        let parallel = Parallel::workers(workers).chunks_of(chunk);
        let work = move |piece| {
            let inside = Arc::clone(&inside);
            async move {
                tokio::task::yield_now().await;
                inside.lock().unwrap().push(piece);
            }
        };
        parallel.run(pieces, work).await;
        let mut done = done.lock().unwrap().clone();
        done.sort_unstable();
        assert_eq!(done, (0..pieces).collect::<Vec<_>>(), "{parallel:?}");
    }
}

#[tokio::test]
async fn so_many_are_at_work_as_were_asked_for() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (inside, highest) = (Arc::clone(&now), Arc::clone(&most));
    let work = move |_| {
        let (now, most) = (Arc::clone(&inside), Arc::clone(&highest));
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            now.fetch_sub(1, Ordering::SeqCst);
        }
    };
    Parallel::workers(3).run(20, work).await;
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn after_the_end_no_piece_begins_and_what_has_begun_is_waited_for() {
    for chunk in [1, 10] {
        let gate = Arc::new(Notify::new());
        let begun = Arc::new(AtomicUsize::new(0));
        let (inside, count) = (Arc::clone(&gate), Arc::clone(&begun));
        let (end, ended) = oneshot::channel::<()>();
        let work = move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            let gate = Arc::clone(&inside);
            async move { gate.notified().await }
        };
        let parallel = Parallel::workers(2).chunks_of(chunk);
        let running = tokio::spawn(parallel.run_until(20, ended.map(drop), work));
        while begun.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        end.send(()).unwrap();
        tokio::task::yield_now().await;
        assert!(!running.is_finished());
        gate.notify_waiters();
        assert_eq!(running.await.unwrap(), 2);
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_piece_that_panics_does_so_where_it_was_asked_for() {
    let work = |piece| async move { assert!(piece != 3, "a bug of the user") };
    let running = tokio::spawn(Parallel::workers(2).run(10, work));
    let panic = running.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref(), Some(&"a bug of the user"));
}
