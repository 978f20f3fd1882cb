//! A kind of one's own, from the struct to a server and back.
//!
//! `cargo run -p kubewright-examples --example custom_resource`

#![allow(clippy::print_stdout, reason = "printing is its job")]

mod widget;

use kubewright::crd::ConversionReview;
use kubewright::verbs::HasScale;
use kubewright::{Client, Config, ListOptions};
use kubewright_envtest::Embedded;
use serde_json::json;

use self::widget::{Color, Size, Widget, WidgetSpec};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Embedded::start().await?;
    let client = Client::new(&Config::new(&server.url())?)?;

    // Applies the definition, and waits until the kind can be used.
    Widget::install(&client).await?;

    let widgets = client.namespaced::<Widget>("default");
    let spec = WidgetSpec {
        replicas: 2,
        size: Size {
            width: 4,
            height: 3,
        },
        color: Color::Blue,
    };
    let big = widgets.apply("example", &Widget::new("big", spec)).await?;
    widgets.replace_scale("big", &big.scale_to(5)).await?;
    println!("{} replicas", widgets.get("big").await?.spec.replicas);

    // By its short name, without types, as a table.
    let table = client
        .lookup("wd")
        .await?
        .table(&ListOptions::new())
        .await?;
    for row in &table.rows {
        println!("{:?}", row.cells);
    }

    // What a conversion webhook does with the body of a request.
    let review: ConversionReview = serde_json::from_value(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
        "request": {"uid": "1", "desiredAPIVersion": "example.com/v1", "objects": [{
            "apiVersion": "example.com/v1alpha1", "kind": "Widget",
            "metadata": {"name": "old", "uid": "7"}, "spec": {"replicas": 1, "size": 3},
        }]},
    }))?;
    let answer = serde_json::to_string_pretty(&Widget::convert(review))?;
    println!("{answer}");
    Ok(())
}
