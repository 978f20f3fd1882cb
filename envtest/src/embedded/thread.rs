//! The thread that a server lives on.
//!
//! A server has a runtime of its own: it answers while the test's runtime is blocked, its clock
//! runs while the test's is paused, and a server shared by several tests outlives each one's
//! runtime.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread::{Builder, JoinHandle};

use tokio::runtime;
use tokio::sync::oneshot;

/// A server's thread; dropping it ends every connection and waits for the thread.
#[derive(Debug)]
pub(crate) struct ServerThread {
    stop: Option<oneshot::Sender<()>>,
    handle: Option<JoinHandle<()>>,
}

impl ServerThread {
    /// Runs `serve` with a listener on a loopback port; 0 finds a free one.
    pub(crate) fn start<F: Future<Output = ()>>(
        port: u16,
        serve: impl FnOnce(tokio::net::TcpListener) -> F + Send + 'static,
    ) -> io::Result<(Self, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                    return;
                };
                tokio::select! {
                    () = serve(listener) => {}
                    _ = stopped => {}
                }
            });
        };
        // The runtime goes with the thread's closure, and all connections with the runtime.
        let handle = Builder::new()
            .name("embedded-apiserver".into())
            .spawn(run)?;
        Ok((
            Self {
                stop: Some(stop),
                handle: Some(handle),
            },
            address,
        ))
    }
}

impl Drop for ServerThread {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(handle) = self.handle.take() {
            // A server that panicked has said so on its own thread.
            let _ = handle.join();
        }
    }
}
