//! The body of an answer, with the time that is left for it.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::stream::{Stream, TryStreamExt};
use tokio::time::{Instant, Sleep, sleep_until};
use url::Url;

use super::carrier::{Chunks, failure};
use super::generations::Tenure;
use super::problem::Late;
use crate::model::error::{Error, Fault, Result};

/// A body on its way. Nothing is read before it is asked for, and dropping it closes it.
pub(crate) struct Body {
    chunks: Chunks,
    patience: Option<Patience>,
    tenure: Tenure,
}

/// Until when a body must have come, and from whom.
struct Patience {
    over: Pin<Box<Sleep>>,
    server: Url,
}

impl Body {
    pub(super) fn new(
        chunks: Chunks,
        server: &Url,
        deadline: Option<Instant>,
        tenure: Tenure,
    ) -> Self {
        let patience = deadline.map(|deadline| Patience {
            over: Box::pin(sleep_until(deadline)),
            server: server.clone(),
        });
        Body {
            chunks,
            patience,
            tenure,
        }
    }

    /// Ready once new requests go to other connections than the one that this body comes from,
    /// since the certificates have changed. A watch then moves there.
    pub(crate) fn poll_moved(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.tenure.poll_end(context)
    }

    /// All of it; of a body longer than `limit`, its beginning.
    pub(crate) async fn up_to(mut self, limit: usize) -> Result<Bytes> {
        let mut read = Vec::new();
        while let Some(chunk) = self.try_next().await? {
            read.extend_from_slice(&chunk);
            if read.len() > limit {
                read.truncate(limit);
                break;
            }
        }
        Ok(read.into())
    }
}

impl Stream for Body {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.chunks.as_mut().poll_next(context);
        let Some(patience) = self.patience.as_mut().filter(|_| next.is_pending()) else {
            return next;
        };
        let over = patience.over.as_mut().poll(context);
        over.map(|()| Some(Err(late(&patience.server))))
    }
}

/// The deadline of the configuration has passed.
pub(super) fn late(server: &Url) -> Error {
    failure(server, Fault::Timeout, Late)
}
