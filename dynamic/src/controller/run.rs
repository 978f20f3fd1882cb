//! The run of a controller: caches first, then work, then an orderly end.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures::future::try_join_all;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::metered::Meter;
use super::problem::{ControllerProblem, Running};
use super::request::{Action, Request};
use super::source::{self, Source};
use super::worker::{Busy, Reconcile, Work};
use super::{Controller, Settings};
use crate::cache::{NamespacedName, wait_until_filled};
use crate::model::error::{Error, Result};
use crate::model::object::Object;
use crate::model::verbs;

/// Dropping this ends everything that it has begun.
pub(super) struct Run<K> {
    work: Arc<Work<K>>,
    sources: Vec<Box<dyn Source>>,
    settings: Settings,
    /// One for each source.
    pumps: JoinSet<String>,
    workers: JoinSet<()>,
}

impl<K: Object + verbs::List + verbs::Watch> Run<K> {
    pub(super) fn new<F, R, E>(controller: Controller<K>, reconcile: F) -> Self
    where
        F: Fn(Request<K>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Action, E>> + Send + 'static,
        E: fmt::Display + Send + 'static,
    {
        let Controller {
            primary,
            only,
            mut sources,
            queue,
            name,
            mut settings,
        } = controller;
        let reconcile: Reconcile<K> = Box::new(move |request| {
            let work = reconcile(request);
            Box::pin(async move { work.await.map_err(|error| format!("{error:#}")) })
        });
        let work = Work {
            meter: Meter::new(&name, settings.workers),
            name,
            queue,
            cached: primary.store().clone(),
            reconcile,
            timeout: settings.reconcile_timeout,
            on_failure: settings.on_failure.take(),
            busy: Busy::default(),
            ending: watch::Sender::new(false),
        };
        let own = |object: &K| vec![NamespacedName::of(object)];
        sources.insert(0, source::of(primary, settings.resync, only, own));
        Run {
            work: Arc::new(work),
            sources,
            settings,
            pumps: JoinSet::new(),
            workers: JoinSet::new(),
        }
    }

    pub(super) async fn until(self, end: impl Future<Output = ()> + Send) -> Result<()> {
        let name = self.work.name.clone();
        let ended = self.work_until(end).await;
        ended.map_err(|error| error.while_doing(Running(name)))
    }

    async fn work_until(mut self, end: impl Future<Output = ()> + Send) -> Result<()> {
        let mut end = std::pin::pin!(end);
        for source in &self.sources {
            self.pumps.spawn(source.pump(self.work.queue.clone()));
        }
        tokio::select! {
            () = &mut end => return Ok(()),
            filled = self.fill_caches() => filled?,
        }
        let mut metrics = JoinSet::new();
        metrics.spawn(self.work.queue.report_metrics());
        for _ in 0..self.settings.workers {
            self.workers.spawn(Arc::clone(&self.work).go_on());
        }
        let ended = tokio::select! {
            () = &mut end => Ok(()),
            ended = self.pumps.join_next() => Err(lost_source(ended)),
            _ = self.workers.join_next() => Err(ControllerProblem::QueueShutDown.into()),
        };
        let drained = self.drain().await;
        ended.and(drained)
    }

    /// No call is made on half a cache ([rule CR4](crate::semantics#cr4)).
    async fn fill_caches(&self) -> Result<()> {
        let filled = async |source: &dyn Source| source.filled().await.then_some(()).ok_or(());
        // The first that will never be ends the wait for all.
        let all = try_join_all(self.sources.iter().map(|source| filled(&**source)));
        let all = async { all.await.is_ok() };
        let missing = self.sources.iter().filter_map(|source| source.unfilled());
        wait_until_filled(all, Some(self.settings.sync_timeout), || missing.collect()).await
    }

    /// Lets no further call begin, and those that are being made end.
    async fn drain(mut self) -> Result<()> {
        self.pumps.abort_all();
        self.work.ending.send_replace(true);
        self.work.queue.shut_down();
        let limit = self.settings.drain_timeout;
        let all = async { while self.workers.join_next().await.is_some() {} };
        if tokio::time::timeout(limit, all).await.is_ok() {
            return Ok(());
        }
        Err(ControllerProblem::NotDrained {
            limit,
            keys: self.work.busy.list(),
        }
        .into())
    }
}

/// Tells the other holders of the queue that its workers are gone.
impl<K> Drop for Run<K> {
    fn drop(&mut self) {
        self.work.queue.shut_down();
    }
}

fn lost_source(ended: Option<Result<String, tokio::task::JoinError>>) -> Error {
    let informer = ended.and_then(Result::ok).unwrap_or_default();
    ControllerProblem::InformerStopped { informer }.into()
}
