//! The identity of a client on the embedded server, and changes of it while the server runs.

use kubewright_envtest::Embedded;
use kubewright_envtest::certificates::{Authority, Identity};
use serde_json::json;

use crate::client::{Client, Connection, tls};

const ALPN: &[&str] = &["h2", "http/1.1"];

fn client(server: &Embedded, identity: Option<&Identity>) -> Client {
    let authority = server.authority().unwrap().certificate_pem();
    Client::with(server, tls(&[authority], identity, ALPN))
}

#[tokio::test]
async fn everybody_is_the_admin_unless_authentication_is_demanded() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let admin =
        json!({"username": "system:admin", "groups": ["system:masters", "system:authenticated"]});
    assert_eq!(client(&server, None).whoami(&[]).await, Ok(admin));
    let server = Embedded::builder()
        .tls()
        .authentication()
        .start()
        .await
        .unwrap();
    let nobody = client(&server, None);
    assert_eq!(nobody.whoami(&[]).await, Err(401));
    assert_eq!(
        nobody.whoami(&[("authorization", "Bearer guess")]).await,
        Err(401)
    );
}

#[tokio::test]
async fn tokens_come_and_go_while_the_server_runs() {
    let server = Embedded::builder().tls().token("one", "alice", &["devs"]);
    let server = server.start().await.unwrap();
    let client = client(&server, None);
    let alice = json!({"username": "alice", "groups": ["devs", "system:authenticated"]});
    let (one, two) = (
        [("authorization", "Bearer one")],
        [("authorization", "Bearer two")],
    );
    assert_eq!(client.whoami(&one).await, Ok(alice.clone()));
    assert_eq!(client.whoami(&two).await, Err(401));
    server.accept_token("two", "alice", &["devs"]);
    server.revoke_token("one");
    assert_eq!(client.whoami(&one).await, Err(401));
    assert_eq!(client.whoami(&two).await, Ok(alice));
    assert_eq!(server.connections_opened(), 1);
}

#[tokio::test]
async fn a_client_certificate_is_judged_by_the_authorities_of_now() {
    let server = Embedded::builder()
        .tls()
        .authentication()
        .start()
        .await
        .unwrap();
    let (first, next) = (server.authority().unwrap(), Authority::new("next").unwrap());
    let old = client(
        &server,
        Some(&first.issue_client("alice", Some("devs")).unwrap()),
    );
    let new = client(
        &server,
        Some(&next.issue_client("alice", Some("ops")).unwrap()),
    );
    let alice = |group| Ok(json!({"username": "alice", "groups": [group, "system:authenticated"]}));
    assert_eq!(
        (old.whoami(&[]).await, new.whoami(&[]).await),
        (alice("devs"), Err(401))
    );
    let both = [first.certificate_pem(), next.certificate_pem()].concat();
    server.trust_clients_of(&both).unwrap();
    assert_eq!(
        (old.whoami(&[]).await, new.whoami(&[]).await),
        (alice("devs"), alice("ops"))
    );
    server.trust_clients_of(next.certificate_pem()).unwrap();
    assert_eq!(
        (old.whoami(&[]).await, new.whoami(&[]).await),
        (Err(401), alice("ops"))
    );
    // Each of them kept its connection.
    assert_eq!(server.connections_opened(), 2);
}

#[tokio::test]
async fn a_new_serving_certificate_is_for_new_connections() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let mut open = Connection::to(&server).await;
    let next = Authority::new("next").unwrap();
    server
        .serve_as(&next.issue_server(&["127.0.0.1"]).unwrap())
        .unwrap();
    open.get("/version").await.unwrap();
    assert!(!client(&server, None).can_connect().await);
    let new = Client::with(&server, tls(&[next.certificate_pem()], None, ALPN));
    assert!(new.can_connect().await);
    server.serve_as(server.identity().unwrap()).unwrap();
    assert!(client(&server, None).can_connect().await);
}

#[tokio::test]
async fn the_admin_acts_as_others() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let client = client(&server, None);
    let jane = client
        .whoami(&[
            ("impersonate-user", "jane"),
            ("impersonate-group", "devs"),
            ("impersonate-extra-scopes", "view"),
        ])
        .await;
    let expected = json!({
        "username": "jane",
        "groups": ["devs", "system:authenticated"],
        "extra": {"scopes": ["view"]},
    });
    assert_eq!(jane, Ok(expected));
    assert_eq!(
        client.whoami(&[("impersonate-group", "devs")]).await,
        Err(500)
    );
}

#[tokio::test]
async fn a_server_of_plain_http_has_no_certificate_to_replace() {
    let server = Embedded::start().await.unwrap();
    assert!(server.authority().is_none() && server.identity().is_none());
    let other = Authority::new("other")
        .unwrap()
        .issue_server(&["localhost"])
        .unwrap();
    let error = server.serve_as(&other).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::Unsupported);
}
