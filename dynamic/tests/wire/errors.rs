//! Answers that are errors, as the client reports them (rules E1 to E6, E8).

use std::sync::{Arc, Mutex};

use kubewright::Error;

use super::server::{Act, Server, answer, json, pod};

async fn get(act: Act) -> Error {
    let server = Server::playing([act]).await;
    server.pods().get("web").await.unwrap_err()
}

fn said(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Act {
    Act::Say(answer(status, headers, body))
}

#[tokio::test]
async fn the_servers_status_is_the_error() {
    // Rule E2: its reason counts, whatever the content type and the code say.
    let body = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
        "message":"pods \"web\" not found","reason":"NotFound",
        "details":{"name":"web","kind":"pods","causes":[{"reason":"X","message":"m","field":"f"}],"retryAfterSeconds":3},"code":404}"#;
    for status in ["404 Not Found", "500 Internal Server Error", "200 OK"] {
        let error = get(said(status, &["content-type: text/plain"], body)).await;
        assert!(error.is_not_found(), "{status}: {error}");
        assert_eq!(
            error.to_string(),
            "pods \"web\" not found (NotFound, HTTP 404)"
        );
        let details = error.status().unwrap().details.as_ref().unwrap();
        assert_eq!(details.causes[0].field.as_deref(), Some("f"));
        assert_eq!(error.retry_after().unwrap().as_secs(), 3);
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_quoted() {
    // Rules E3, E4
    let page = "<html><body>Bad Gateway</body></html>\n";
    let error = get(said("502 Bad Gateway", &["content-type: text/html"], page)).await;
    assert_eq!(error.reason(), "InternalError");
    assert_eq!(
        error.to_string(),
        "get pods `web`: the server answered 502 Bad Gateway: <html><body>Bad Gateway</body></html> (InternalError, HTTP 502)"
    );
}

#[tokio::test]
async fn a_status_without_a_failure_is_not_an_error() {
    // Rules E2, E3
    for body in [
        "{}",
        r#"{"kind":"Status","apiVersion":"v1","status":"Success"}"#,
        "null",
        "",
    ] {
        let error = get(said(
            "403 Forbidden",
            &["content-type: application/json"],
            body,
        ))
        .await;
        assert!(error.is_forbidden(), "{body}");
        assert!(error.to_string().contains("unknown"), "{error}");
    }
}

#[tokio::test]
async fn a_conflict_of_a_create_is_a_name_that_is_taken() {
    // Rule E3
    let server = Server::playing([said("409 Conflict", &[], "")]).await;
    let error = server.pods().create(&pod("web")).await.unwrap_err();
    assert!(error.is_already_exists() && !error.is_conflict());
    let error = server.pods().replace(&pod("web")).await.unwrap_err();
    assert!(error.is_conflict() && !error.is_already_exists());
}

#[tokio::test]
async fn an_answer_of_nothing_is_an_error_that_says_so() {
    // Rule E5
    for status in ["200 OK", "204 No Content"] {
        let error = get(said(status, &[], "")).await;
        assert!(error.is_decode(), "{error}");
        assert_eq!(
            error.to_string(),
            "get pods `web`: expected JSON, but the text is empty"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_not_an_object_names_the_byte() {
    for (body, said) in [
        ("<html>", "expected an object at byte 0"),
        (
            r#"{"kind":"Pod","#,
            "the text ends inside a value at byte 14",
        ),
        ("[]", "expected an object at byte 0"),
    ] {
        let error = get(json(body)).await;
        assert!(error.is_decode(), "{error}");
        let expected = format!("get pods `web`: not a JSON object: {said}");
        assert_eq!(format!("{error:#}"), expected);
    }
}

#[tokio::test]
async fn a_body_that_is_not_utf8_is_an_error_not_a_guess() {
    let error = get(json(b"{\"kind\":\"P\xff\"}")).await;
    assert!(
        error.is_decode() && error.to_string().contains("not UTF-8"),
        "{error}"
    );
    // Rule E4: where the text is for people, a guess is better than nothing.
    let error = get(said(
        "500 Internal Server Error",
        &["content-type: text/plain"],
        b"caf\xe9",
    ))
    .await;
    assert!(error.to_string().contains("caf\u{fffd}"), "{error}");
}

#[tokio::test]
async fn a_body_cut_short_is_a_broken_connection() {
    let whole = answer("200 OK", &[], r#"{"kind":"Pod","metadata":{"name":"web"}}"#);
    for end in [whole.len() - 1, whole.len() - 30] {
        for act in [
            Act::Say(whole[..end].to_vec()),
            Act::Reset(whole[..end].to_vec()),
        ] {
            let error = get(act).await;
            assert!(error.is_transport() && !error.is_connect(), "{error}");
            assert!(
                error
                    .to_string()
                    .starts_with("get pods `web`: the API server"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_long_error_is_kept_short() {
    // Rule E4
    let body = "x".repeat(1 << 20);
    let error = get(said(
        "500 Internal Server Error",
        &["content-type: text/plain"],
        body,
    ))
    .await;
    assert_eq!(error.to_string().matches('x').count(), 2048);
}

#[tokio::test]
async fn an_error_without_end_is_not_read_to_its_end() {
    let head = b"HTTP/1.1 500 Internal Server Error\r\n\r\n".to_vec();
    let error = get(Act::Flood(head, vec![b'x'; 1 << 16])).await;
    assert_eq!(error.code(), Some(500));
    assert!(error.to_string().len() < 4096);
}

#[tokio::test]
async fn the_headers_wish_for_patience_is_in_the_error() {
    // Rules E4, E7: longer than the client waits by itself.
    let error = get(said("503 Service Unavailable", &["retry-after: 3600"], "")).await;
    assert_eq!(error.retry_after().unwrap().as_secs(), 3600);
}

#[tokio::test]
async fn warnings_reach_their_reader_on_good_and_bad_answers() {
    // Rule E8
    let warnings = [
        r#"warning: 299 - "v1beta1 is deprecated""#,
        "warning: malformed",
        r#"warning: 299 - "unknown field \"spec.x\"""#,
    ];
    for status in ["200 OK", "404 Not Found"] {
        let body = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;
        let server = Server::playing([said(status, &warnings, body)]).await;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let config = server
            .config()
            .on_warning(move |warning| ear.lock().unwrap().push(warning.text().to_owned()));
        let client = config.connect().await.unwrap();
        let _ = super::server::pods(&client).get("web").await;
        assert_eq!(
            *heard.lock().unwrap(),
            ["v1beta1 is deprecated", "unknown field \"spec.x\""],
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_list_names_the_item_at_fault() {
    let body = r#"{"kind":"PodList","items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b","namespace":"prod","labels":[]}}]}"#;
    let server = Server::playing([json(body)]).await;
    let client = server.client();
    let pods =
        client.typed::<kubewright::PartialObjectMetadata>(server.pods().api_resource().clone());
    let error = pods
        .list(&kubewright::ListOptions::new())
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("list pods: item 1 (object prod/b): metadata.labels"),
        "{error}"
    );
}
