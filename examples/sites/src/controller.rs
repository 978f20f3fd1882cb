//! The controller of sites: it claims a domain for each `Site`, and keeps one config map per page.
//!
//! | when | then |
//! |---|---|
//! | a page is missing or differs | it is applied |
//! | somebody changes or deletes a page | the page is owned, so its site is reconciled |
//! | a site is deleted | the garbage collector deletes its pages, the finalizer frees its domain |
//! | the outcome changed | the status is patched, and an event recorded |
//! | the domain is not valid | the controller gives up until the site changes |
//! | another site has the domain | the controller looks again after a minute |

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use kubewright::cache::{Lister, SharedInformerFactory};
use kubewright::controller::{Action, Controller, Finalizing, Request, controlled_by, finalizer};
use kubewright::events::{Event, Recorder};
use kubewright::{Api, Client, Error, Object, Patch, Resource};
use kubewright_generated::core_v1::ConfigMap;
use serde_json::json;

use super::domains::Domains;
use super::site::{Site, SiteStatus};

/// The field manager, which `managedFields` names.
const MANAGER: &str = "sites-controller";
const FINALIZER: &str = "sites.example.com/domain";
/// The index of pages by the uid of their site.
const BY_SITE: &str = "site";

/// Runs the controller until `end` resolves. Other controllers may share the informers.
pub(crate) async fn run(
    client: Client,
    informers: &SharedInformerFactory,
    domains: Domains,
    end: impl Future<Output = ()> + Send,
) -> Result<(), Error> {
    let (sites, pages) = (
        informers.informer::<Site>(),
        informers.informer::<ConfigMap>(),
    );
    pages.add_index(BY_SITE, |page: &ConfigMap| {
        page.controller()
            .into_iter()
            .map(|owner| owner.uid)
            .collect()
    })?;
    let events = Recorder::new(&client, "sites.example.com/controller");
    let reconciler = Arc::new(Reconciler {
        client,
        domains,
        pages: pages.lister(),
        events: events.clone(),
    });
    let ended = Controller::new(sites)
        .owns(pages)
        .workers(4)
        .reconcile_timeout(Duration::from_secs(30))
        .run_until(end, move |request| {
            let reconciler = Arc::clone(&reconciler);
            async move { reconciler.reconcile(request).await }
        })
        .await;
    events.shut_down().await;
    ended
}

struct Reconciler {
    client: Client,
    domains: Domains,
    pages: Lister<ConfigMap>,
    events: Recorder,
}

impl Reconciler {
    async fn reconcile(&self, request: Request<Site>) -> Result<Action, Error> {
        // The finalizer cleaned up before the site was removed: there is nothing left to do.
        let Some(site) = request.object() else {
            return Ok(Action::await_change());
        };
        let sites: Api<Site> = self.beside(site);
        finalizer(&sites, FINALIZER, site, |what| async {
            match what {
                Finalizing::Apply(site) => self.apply(&sites, &site).await,
                Finalizing::Cleanup(site) => {
                    self.domains.release(uid(&site));
                    Ok(Action::await_change())
                }
            }
        })
        .await
    }

    async fn apply(&self, sites: &Api<Site>, site: &Site) -> Result<Action, Error> {
        let domain = &site.spec.domain;
        if !domain.contains('.') {
            let reason = format!("spec.domain is `{domain}`, which is not a domain name");
            self.report(sites, site, false, &reason).await?;
            return Ok(Action::give_up(reason));
        }
        if !self.domains.claim(domain, uid(site)) {
            let reason = format!("another site has the domain `{domain}`");
            self.report(sites, site, false, &reason).await?;
            return Ok(Action::requeue_after(Duration::from_secs(60)));
        }
        self.apply_pages(site).await?;
        let message = format!("{domain} serves pages: {}", site.spec.pages.len());
        self.report(sites, site, true, &message).await?;
        Ok(Action::await_change())
    }

    /// Applies the pages that are missing or differ, and deletes those that are not wanted.
    async fn apply_pages(&self, site: &Site) -> Result<(), Error> {
        let api: Api<ConfigMap> = self.beside(site);
        let present = self.pages.by_index(BY_SITE, uid(site))?;
        let wanted: Vec<_> = site
            .spec
            .pages
            .iter()
            .map(|(name, text)| page(site, name, text))
            .collect();
        for page in &wanted {
            let found = present.iter().find(|found| found.name() == page.name());
            if found.is_none_or(|found| found.data != page.data) {
                api.apply(MANAGER, page).force().await?;
            }
        }
        for page in present {
            if wanted.iter().all(|wanted| wanted.name() != page.name()) {
                match api.delete(page.name()).await {
                    Err(error) if !error.is_not_found() => return Err(error),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Patches the status if it changed. Without the comparison every call would send a
    /// request, even when there is nothing to say.
    async fn report(
        &self,
        sites: &Api<Site>,
        site: &Site,
        ready: bool,
        message: &str,
    ) -> Result<(), Error> {
        let status = SiteStatus {
            observed_generation: site.metadata.generation.unwrap_or_default(),
            ready,
            message: message.to_owned(),
        };
        if site.status.as_ref() != Some(&status) {
            sites
                .patch_status(site.name(), &Patch::merge(json!({"status": status})))
                .await?;
            self.events.record(match ready {
                true => Event::normal(site, "Served", message),
                false => Event::warning(site, "NotServed", message),
            });
        }
        Ok(())
    }

    /// A handle on the site's namespace.
    fn beside<K: Resource<Scope = kubewright::Namespaced>>(&self, site: &Site) -> Api<K> {
        self.client.namespaced(site.namespace().unwrap_or_default())
    }
}

/// The config map of a page. Its name is made of the site's and the page's: calling this twice
/// gives the same object, never a second one.
fn page(site: &Site, name: &str, text: &str) -> ConfigMap {
    let mut page = ConfigMap::new(format!("{}-{name}", site.name()));
    page.metadata.owner_references = vec![controlled_by(site, &Site::api_resource())];
    page.data.insert("index.html", text.to_owned());
    page
}

/// The identity of a site. A site that is deleted and created again keeps its name, not its uid.
fn uid(site: &Site) -> &str {
    site.uid().unwrap_or_default()
}
