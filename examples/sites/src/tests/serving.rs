//! Sites are served, kept as they should be, and cleaned up.

use kubewright::Patch;
use kubewright_envtest::Embedded;
use serde_json::json;

use super::{World, until};

#[tokio::test]
async fn a_site_has_its_pages() {
    let server = Embedded::start().await.unwrap();
    let world = World::start(&server.client_config(), &server.client_config()).await;
    world
        .create("blog", "blog.example.com", &["start", "about"])
        .await;
    assert!(world.status("blog", "pages: 2").await.ready);
    assert_eq!(world.page("blog-start").await.as_deref(), Some("text"));

    world
        .change("blog", json!({"pages": {"about": null}}))
        .await;
    world.status("blog", "pages: 1").await;
    assert_eq!(world.page("blog-about").await, None);
    world.end().await;
}

#[tokio::test]
async fn what_others_do_to_a_page_is_undone() {
    let server = Embedded::start().await.unwrap();
    let world = World::start(&server.client_config(), &server.client_config()).await;
    world
        .create("blog", "blog.example.com", &["start", "about"])
        .await;
    world.status("blog", "pages: 2").await;

    world.pages.delete("blog-start").await.unwrap();
    let vandalism = Patch::merge(json!({"data": {"index.html": "something else"}}));
    world.pages.patch("blog-about", &vandalism).await.unwrap();
    for page in ["blog-start", "blog-about"] {
        let restored = async || world.page(page).await.as_deref() == Some("text");
        until("the page is restored", restored).await;
    }
    world.end().await;
}

#[tokio::test]
async fn a_domain_belongs_to_one_site_until_it_is_deleted() {
    let server = Embedded::start().await.unwrap();
    let world = World::start(&server.client_config(), &server.client_config()).await;
    world.create("blog", "blog.example.com", &[]).await;
    world.status("blog", "pages: 0").await;
    world.create("rival", "blog.example.com", &[]).await;
    assert!(!world.status("rival", "another site").await.ready);

    world.delete("rival").await;
    assert!(
        world.domains.is_claimed("blog.example.com"),
        "it is not the rival's to free"
    );
    world.delete("blog").await;
    assert!(!world.domains.is_claimed("blog.example.com"));
    world.end().await;
}

#[tokio::test]
async fn a_domain_that_is_not_valid_is_reported() {
    let server = Embedded::start().await.unwrap();
    let world = World::start(&server.client_config(), &server.client_config()).await;
    world.create("odd", "nonsense", &[]).await;
    assert!(!world.status("odd", "not a domain name").await.ready);
    world
        .change("odd", json!({"domain": "odd.example.com"}))
        .await;
    assert!(world.status("odd", "odd.example.com serves").await.ready);
    world.end().await;
}
