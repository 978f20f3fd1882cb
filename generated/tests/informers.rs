//! Informers and listers by name, on the runtime's factory.
#![cfg(all(feature = "informers", feature = "apps_v1", feature = "core_v1"))]
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use kubewright::cache::SharedInformerFactory;
use kubewright::{Client, Config, selector::Selector};
use kubewright_generated::apps_v1::DeploymentLister;
use kubewright_generated::core_v1::NodeLister;
use kubewright_generated::{Informers as _, apps_v1::Deployment};

fn factory() -> SharedInformerFactory {
    let config = Config::new("http://127.0.0.1:1").unwrap();
    SharedInformerFactory::new(&Client::new(&config).unwrap())
}

#[tokio::test]
async fn a_name_leads_to_the_informer_that_the_factory_shares() {
    let informers = factory();
    let deployments = informers.apps_v1().deployments();
    assert_eq!(
        deployments.name(),
        informers.informer::<Deployment>().name()
    );
    let _nodes = informers.core_v1().nodes();
    let mut unsynced = informers.unsynced();
    unsynced.sort();
    assert_eq!(
        unsynced,
        ["deployments.apps", "nodes"],
        "no informer was made twice"
    );
}

#[tokio::test]
async fn listers_have_names() {
    let informers = factory();
    let deployments: DeploymentLister = informers.apps_v1().deployments().lister();
    let nodes: NodeLister = informers.core_v1().nodes().lister();
    assert!(
        deployments
            .namespace("prod")
            .list(&Selector::everything())
            .is_empty()
    );
    assert!(nodes.get("node-1").unwrap_err().is_not_found());
}
