//! The orders of the measuring program: changes, an expired version, a report of what was seen.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::Instant;

use super::body::event;
use super::{Query, Server};

/// Carries out an order and answers; what takes long goes on behind the answer.
pub(super) fn obey(server: &Arc<Server>, order: &str, query: &Query) -> String {
    match order {
        "requests" => return server.requests.load(Ordering::Relaxed).to_string(),
        "spoken" => return spoken(server),
        "change" => {
            let count = query.number("count").unwrap_or(usize::MAX);
            let per_second = query.number("per_second");
            server.stopped.store(false, Ordering::Relaxed);
            tokio::spawn(change(Arc::clone(server), count, per_second));
        }
        "stop" => server.stopped.store(true, Ordering::Relaxed),
        "expire" => {
            let server = Arc::clone(server);
            tokio::spawn(async move { server.expire().await });
        }
        _ => return "null".to_owned(),
    }
    "true".to_owned()
}

/// How clients spoke so far.
fn spoken(server: &Server) -> String {
    let version = if server.http_2.load(Ordering::Relaxed) {
        "HTTP/2"
    } else {
        "HTTP/1.1"
    };
    if server.compressed.load(Ordering::Relaxed) {
        format!("{version}, gzip")
    } else {
        version.to_owned()
    }
}

/// Changes pods one after the other, in an order that jumps about, and sends each change to every watch.
async fn change(server: Arc<Server>, count: usize, per_second: Option<usize>) {
    let pods = server.pods().len();
    let start = Instant::now();
    for done in 0..count {
        if server.stopped.load(Ordering::Relaxed) {
            return;
        }
        if let Some(rate) = per_second {
            let due = Duration::from_secs_f64(done as f64 / rate as f64);
            tokio::time::sleep_until(start + due).await;
        }
        let version = server.version.fetch_add(1, Ordering::Relaxed) + 1;
        let index = (version as usize).wrapping_mul(7919) % pods;
        server.pods()[index].set_version(version);
        server
            .send(|form| event("MODIFIED", form, &server.pods()[index]))
            .await;
    }
}
