//! The output of a build script is a client library like any other.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use build_script_example::api::example_com_v1::CronTabLister;
use build_script_example::api::{Clientset, Informers as _};
use build_script_example::hourly;
use kubewright::cache::SharedInformerFactory;
use kubewright::{Client, Config};
use serde_json::json;

#[test]
fn objects_are_made_and_written() {
    let written = serde_json::to_value(hourly("sweep", "example.com/sweep:1")).unwrap();
    assert_eq!(written["metadata"]["name"], "sweep");
    assert_eq!(
        written["spec"],
        json!({"schedule": "0 * * * *", "image": "example.com/sweep:1", "replicas": 1, "concurrency": "Allow"})
    );
}

#[tokio::test]
async fn clients_and_caches_are_there_without_features() {
    let client = Client::new(&Config::new("http://127.0.0.1:1").unwrap()).unwrap();
    let tabs = Clientset::new(client.clone())
        .example_com_v1()
        .cron_tabs("prod");
    assert_eq!(tabs.api_resource().plural, "crontabs");
    let informers = SharedInformerFactory::new(&client);
    let lister: CronTabLister = informers.example_com_v1().cron_tabs().lister();
    assert!(lister.all().is_empty());
}
