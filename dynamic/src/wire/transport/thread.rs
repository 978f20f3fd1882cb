//! The thread on which a client's caches are read, where the program's runtime has several.
//!
//! An informer reads, checks and copies as long as it lives. Among the threads of a runtime
//! its task and that of its connection would move with each wake-up: a change costs more to
//! hand over than to read, and an allocator that keeps memory by thread gives a cache under
//! changes room on each of them. One thread with a runtime of its own does neither, and
//! subscribers still run where the program does. It ends with the client, since
//! connections that it opened may carry any request.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::sync::oneshot;

/// A thread that begins when it is first needed and ends when this is dropped.
#[derive(Default)]
pub(super) struct CacheThread {
    running: Mutex<Option<Running>>,
}

struct Running {
    runtime: Handle,
    /// The thread waits for the other end of it.
    _over: oneshot::Sender<()>,
}

impl CacheThread {
    /// Where to run what a program starts on this runtime: there, if it has one thread
    /// itself, whose clock may then be a test's.
    pub(super) fn instead_of(&self, runtime: &Handle) -> Handle {
        if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread {
            return runtime.clone();
        }
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_none() {
            // Without a thread of its own a cache is dearer, and as good.
            *running = begin()
                .inspect_err(|error| tracing::warn!(%error, "no thread for caches"))
                .ok();
        }
        let own = running.as_ref().map(|running| &running.runtime);
        own.unwrap_or(runtime).clone()
    }
}

fn begin() -> io::Result<Running> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (over, is_over) = oneshot::channel();
    let running = Running {
        runtime: runtime.handle().clone(),
        _over: over,
    };
    thread::Builder::new()
        .name("kubewright".to_owned())
        .spawn(move || {
            // The other end is dropped and nothing is ever sent.
            let _ = runtime.block_on(is_over);
        })?;
    Ok(running)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn thread_of(runtime: &Handle) -> Option<thread::ThreadId> {
        let task = runtime.spawn(async { thread::current().id() });
        task.await.ok()
    }

    #[tokio::test]
    async fn a_runtime_of_one_thread_is_enough() {
        let own = CacheThread::default();
        let runtime = own.instead_of(&Handle::current());
        assert_eq!(thread_of(&runtime).await, Some(thread::current().id()));
        assert!(own.running.lock().unwrap().is_none());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn beside_several_threads_all_is_on_one_that_ends_with_its_owner() {
        let own = CacheThread::default();
        let runtime = own.instead_of(&Handle::current());
        let first = thread_of(&runtime).await;
        assert!(first.is_some());
        let again = own.instead_of(&Handle::current());
        assert_eq!(thread_of(&again).await, first);
        drop(own);
        while thread_of(&runtime).await.is_some() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
