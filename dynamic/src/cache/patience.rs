//! A deadline that is cheap to wait for, because it seldom changes.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use tokio::time::{Instant, Sleep, sleep_until};

/// A timer that is kept, and not set again for each event of a watch, which would cost as much
/// as the rest of the waiting: one that ends too early is, then, set to the rest.
#[derive(Debug, Default)]
pub(super) struct Patience {
    timer: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    /// The result of the work; `None` when the deadline comes first.
    pub(super) async fn within<T>(
        &mut self,
        deadline: Option<Instant>,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            let Some(deadline) = deadline else {
                return Poll::Pending;
            };
            self.poll_timer(deadline, context).map(|()| None)
        })
        .await
    }

    fn poll_timer(&mut self, deadline: Instant, context: &mut Context<'_>) -> Poll<()> {
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(context).is_ready() {
            if timer.deadline() >= deadline {
                return Poll::Ready(());
            }
            timer.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whatever_comes_first_counts_and_the_timer_is_kept() {
        let mut patience = Patience::default();
        let begin = Instant::now();
        let after = |seconds| Some(begin + Duration::from_secs(seconds));
        assert_eq!(patience.within(after(0), ready(1)).await, Some(1));
        assert!(patience.timer.is_none(), "nothing was waited for");
        assert_eq!(patience.within(after(5), pending::<()>()).await, None);
        assert_eq!(begin.elapsed(), Duration::from_secs(5));
        let work = tokio::time::sleep(Duration::from_secs(2));
        assert_eq!(patience.within(after(8), work).await, Some(()));
        assert_eq!(patience.within(after(9), pending::<()>()).await, None);
        assert_eq!(begin.elapsed(), Duration::from_secs(9), "not at 8");
        let work = tokio::time::sleep(Duration::from_secs(1));
        assert_eq!(patience.within(after(90), work).await, Some(()));
        assert_eq!(patience.within(after(11), pending::<()>()).await, None);
        assert_eq!(begin.elapsed(), Duration::from_secs(11), "not at 90");
        let work = tokio::time::sleep(Duration::from_secs(2));
        assert_eq!(patience.within(None, work).await, Some(()));
    }
}
