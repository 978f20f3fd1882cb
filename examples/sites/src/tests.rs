//! Tests on an API server inside this process: the controller at work, and its manifests.

#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

mod manifests;
mod permissions;
mod serving;
mod wiretap;

use std::time::Duration;

use kubewright::cache::SharedInformerFactory;
use kubewright::{Api, Config, Error, Patch};
use kubewright_generated::core_v1::ConfigMap;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::controller;
use crate::domains::Domains;
use crate::site::{Site, SiteSpec, SiteStatus};

/// A controller at work, and handles to look at what it does.
struct World {
    sites: Api<Site>,
    pages: Api<ConfigMap>,
    domains: Domains,
    informers: SharedInformerFactory,
    running: JoinHandle<Result<(), Error>>,
    end: oneshot::Sender<()>,
}

impl World {
    /// Starts a controller that talks to the server of `config`. The tests use a client of
    /// `admin`, which may be another way to the same server.
    async fn start(admin: &Config, config: &Config) -> Self {
        let (admin, client) = (
            admin.connect().await.unwrap(),
            config.connect().await.unwrap(),
        );
        Site::install(&admin).await.unwrap();
        let informers = SharedInformerFactory::new(&client);
        let domains = Domains::default();
        let (end, ended) = oneshot::channel();
        let running = tokio::spawn({
            let (informers, domains) = (informers.clone(), domains.clone());
            let end = async { ended.await.unwrap_or_default() };
            async move { controller::run(client, &informers, domains, end).await }
        });
        World {
            sites: admin.namespaced("default"),
            pages: admin.namespaced("default"),
            domains,
            informers,
            running,
            end,
        }
    }

    async fn create(&self, name: &str, domain: &str, pages: &[&str]) {
        let pages = pages.iter().map(|page| ((*page).into(), "text".into()));
        let spec = SiteSpec {
            domain: domain.to_owned(),
            pages: pages.collect(),
        };
        self.sites.create(&Site::new(name, spec)).await.unwrap();
    }

    async fn change(&self, name: &str, spec: Value) {
        let patch = Patch::merge(json!({"spec": spec}));
        self.sites.patch(name, &patch).await.unwrap();
    }

    async fn delete(&self, name: &str) {
        self.sites.delete(name).await.unwrap();
        let gone = async || self.sites.get(name).optional().await.unwrap().is_none();
        until("the site is gone", gone).await;
    }

    /// Waits until the status is about the latest spec and its message contains `text`.
    async fn status(&self, name: &str, text: &str) -> SiteStatus {
        let mut found = SiteStatus::default();
        let described = async || {
            let site = self.sites.get(name).await.unwrap();
            found = site.status.unwrap_or_default();
            found.message.contains(text)
                && Some(found.observed_generation) == site.metadata.generation
        };
        until(&format!("the status says `{text}`"), described).await;
        found
    }

    async fn page(&self, name: &str) -> Option<String> {
        let page = self.pages.get(name).optional().await.unwrap();
        page.and_then(|page| page.data.get("index.html").cloned())
    }

    /// Ends the controller as a pod's termination does.
    async fn end(self) {
        self.end.send(()).unwrap();
        self.running.await.unwrap().unwrap();
        self.informers.shut_down().await;
    }
}

/// Waits for a condition, and fails with its name after half a minute.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            sleep(Duration::from_millis(5)).await;
        }
    };
    if timeout(Duration::from_secs(30), waiting).await.is_err() {
        panic!("timed out until {what}");
    }
}
