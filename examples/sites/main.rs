//! A controller at work, on an API server inside this process:
//! `cargo run -p kubewright-examples --example sites`.
//!
//! [`controller`] is what one would ship; here it is given a server and a story.

mod controller;
mod domains;
mod site;

use std::error::Error;
use std::io::Write as _;
use std::time::Duration;

use kubewright::cache::SharedInformerFactory;
use kubewright::{Api, Patch};
use kubewright_envtest::Embedded;
use kubewright_generated::core_v1::ConfigMap;
use serde_json::json;
use tokio::sync::oneshot;

use self::domains::Domains;
use self::site::{Site, SiteSpec};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Embedded::start().await?;
    let client = server.client_config().connect().await?;
    Site::install(&client).await?;
    say("the server knows sites")?;

    let informers = SharedInformerFactory::new(&client);
    let domains = Domains::default();
    let (end, ended) = oneshot::channel();
    let running = tokio::spawn({
        let (client, informers, domains) = (client.clone(), informers.clone(), domains.clone());
        let end = async { ended.await.unwrap_or_default() };
        async move { controller::run(client, &informers, domains, end).await }
    });

    let sites: Api<Site> = client.namespaced("default");
    let pages: Api<ConfigMap> = client.namespaced("default");
    let pages_wanted = [("start", "Hello"), ("about", "Me")];
    let spec = SiteSpec {
        domain: "blog.example.com".to_owned(),
        pages: pages_wanted
            .map(|(name, text)| (name.into(), text.into()))
            .into(),
    };
    sites.create(&Site::new("blog", spec)).await?;
    say(&format!(
        "its site is ready: {}",
        status(&sites, "pages: 2").await?
    ))?;

    pages.delete("blog-start").await?;
    while pages.get("blog-start").optional().await?.is_none() {
        pause().await;
    }
    say("a page that was deleted is there again")?;

    sites
        .patch(
            "blog",
            &Patch::merge(json!({"spec": {"pages": {"about": null}}})),
        )
        .await?;
    say(&format!(
        "a page was taken out: {}",
        status(&sites, "pages: 1").await?
    ))?;

    sites
        .patch(
            "blog",
            &Patch::merge(json!({"spec": {"domain": "nonsense"}})),
        )
        .await?;
    say(&format!(
        "what makes no sense is said: {}",
        status(&sites, "no domain").await?
    ))?;

    sites.delete("blog").await?;
    while sites.get("blog").optional().await?.is_some() || domains.is_claimed("blog.example.com") {
        pause().await;
    }
    say("the site is gone, and its domain is free")?;

    let _ = end.send(());
    running.await??;
    informers.shut_down().await;
    say("everything has ended")?;
    Ok(())
}

/// Waits until the status says so.
async fn status(sites: &Api<Site>, what: &str) -> Result<String, kubewright::Error> {
    loop {
        let status = sites.get("blog").await?.status.unwrap_or_default();
        if status.message.contains(what) {
            return Ok(status.message);
        }
        pause().await;
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

fn say(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{text}")
}
