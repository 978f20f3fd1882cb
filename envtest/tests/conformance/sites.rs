//! The example controller, on both servers: `examples/sites`, as people read it.

#[path = "../../../examples/sites/src/controller.rs"]
mod controller;
#[path = "../../../examples/sites/src/domains.rs"]
mod domains;
#[path = "../../../examples/sites/src/site.rs"]
mod site;

use std::time::Duration;

use kubewright::cache::SharedInformerFactory;
use kubewright::{Api, Error, Patch};
use kubewright_generated::core_v1::ConfigMap;
use serde_json::json;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use self::domains::Domains;
use self::site::{Site, SiteSpec, SiteStatus};
use crate::cases;
use crate::server::{Context, Outcome};

cases![sites_are_served_kept_and_cleaned_up];

struct World {
    sites: Api<Site>,
    pages: Api<ConfigMap>,
    domains: Domains,
    informers: SharedInformerFactory,
    running: JoinHandle<Result<(), Error>>,
    end: oneshot::Sender<()>,
}

async fn begin(context: &Context) -> Result<World, Error> {
    Site::install(&context.client).await?;
    let informers = SharedInformerFactory::new(&context.client).in_namespace(&context.namespace);
    let domains = Domains::default();
    let (end, ended) = oneshot::channel();
    let (client, shared, known) = (context.client.clone(), informers.clone(), domains.clone());
    let end_of_work = async { ended.await.unwrap_or_default() };
    let running =
        tokio::spawn(async move { controller::run(client, &shared, known, end_of_work).await });
    Ok(World {
        sites: context.client.namespaced(&context.namespace),
        pages: context.client.namespaced(&context.namespace),
        domains,
        informers,
        running,
        end,
    })
}

fn site(name: &str, domain: &str, pages: &[&str]) -> Site {
    let pages = pages.iter().map(|page| ((*page).into(), "text".into()));
    let spec = SiteSpec {
        domain: domain.to_owned(),
        pages: pages.collect(),
    };
    Site::new(name, spec)
}

impl World {
    /// Waits for a status; the case's deadline bounds it.
    async fn status(&self, name: &str, text: &str) -> Result<SiteStatus, Error> {
        loop {
            let site = self.sites.get(name).await?;
            let status = site.status.unwrap_or_default();
            if status.message.contains(text)
                && Some(status.observed_generation) == site.metadata.generation
            {
                return Ok(status);
            }
            pause().await;
        }
    }

    async fn text(&self, page: &str) -> Result<Option<String>, Error> {
        let page = self.pages.get(page).optional().await?;
        Ok(page.and_then(|page| page.data.get("index.html").cloned()))
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

async fn sites_are_served_kept_and_cleaned_up(context: Context) -> Outcome {
    let world = begin(&context).await?;
    world
        .sites
        .create(&site("blog", "blog.example.com", &["a", "b"]))
        .await?;
    assert!(world.status("blog", "pages: 2").await?.ready);
    assert_eq!(world.text("blog-a").await?.as_deref(), Some("text"));
    assert_eq!(
        world.sites.get("blog").await?.metadata.finalizers,
        ["sites.example.com/domain"]
    );

    // What somebody else does to a page is undone.
    world.pages.delete("blog-a").await?;
    let other = Patch::merge(json!({"data": {"index.html": "another"}}));
    world.pages.patch("blog-b", &other).await?;
    while world.text("blog-a").await?.is_none()
        || world.text("blog-b").await?.as_deref() != Some("text")
    {
        pause().await;
    }
    let fewer = Patch::merge(json!({"spec": {"pages": {"a": null, "c": "new"}}}));
    world.sites.patch("blog", &fewer).await?;
    world.status("blog", "pages: 2").await?;
    assert_eq!(world.text("blog-c").await?.as_deref(), Some("new"));
    assert_eq!(world.text("blog-a").await?, None);

    // What cannot be done is reported, and not tried in a loop.
    world
        .sites
        .create(&site("rival", "blog.example.com", &[]))
        .await?;
    assert!(!world.status("rival", "another site").await?.ready);
    world.sites.create(&site("odd", "nonsense", &[])).await?;
    assert!(!world.status("odd", "not a domain").await?.ready);

    for name in ["blog", "odd", "rival"] {
        world.sites.delete(name).await?;
        while world.sites.get(name).optional().await?.is_some() {
            pause().await;
        }
    }
    assert!(
        !world.domains.is_claimed("blog.example.com"),
        "cleaned up before it went"
    );
    let _ = world.end.send(());
    world.running.await??;
    world.informers.shut_down().await;
    Ok(())
}
