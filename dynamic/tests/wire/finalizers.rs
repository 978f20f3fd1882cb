//! Finalizers: what is asked of the server, and what is not, for each row of the table of
//! [`finalizer`].

use std::sync::{Arc, Mutex};

use kubewright::controller::{Action, Finalizing, finalizer};
use kubewright::{Error, Unstructured};
use serde_json::{Value, json};

use super::server::{Act, Server, answer, json as says};

const OURS: &str = "example.com/records";
const THEIRS: &str = "example.com/others";

fn object(finalizers: &[&str], is_going: bool) -> Arc<Unstructured> {
    let mut metadata = json!({
        "name": "web", "namespace": "prod", "uid": "u", "resourceVersion": "7", "finalizers": finalizers,
    });
    if is_going {
        metadata["deletionTimestamp"] = json!("2026-01-02T03:04:05Z");
    }
    let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata});
    Arc::new(Unstructured::try_from(pod).unwrap())
}

/// What came of it, what was called, and the bodies that were sent.
async fn run(
    object: &Arc<Unstructured>,
    action: Action,
    says: Act,
) -> (Result<Action, Error>, Vec<&'static str>, Vec<Value>) {
    let server = Server::playing([says]).await;
    // A handle on all namespaces: the object says where it lives.
    let api = server.client().resource(&"v1/pods".parse().unwrap());
    let calls = Mutex::new(Vec::new());
    let outcome = finalizer(&api, OURS, object, |what| {
        calls.lock().unwrap().push(match what {
            Finalizing::Apply(_) => "apply",
            Finalizing::Cleanup(_) => "clean up",
        });
        async { Ok(action) }
    })
    .await;
    let requests = server.requests();
    let bodies = requests.iter().map(|request| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("PATCH /api/v1/namespaces/prod/pods/web"));
        serde_json::from_str(body).unwrap()
    });
    (outcome, calls.into_inner().unwrap(), bodies.collect())
}

fn patched() -> Act {
    says(r#"{"metadata":{"name":"web"}}"#)
}

#[tokio::test]
async fn the_name_goes_in_before_all_and_out_after_all() {
    let wait = Action::await_change;
    let put_in =
        json!({"metadata": {"resourceVersion": "7", "uid": "u", "finalizers": [THEIRS, OURS]}});
    let take_out = json!([
        {"op": "test", "path": "/metadata/uid", "value": "u"},
        {"op": "test", "path": "/metadata/finalizers", "value": [THEIRS, OURS]},
        {"op": "replace", "path": "/metadata/finalizers", "value": [THEIRS]},
    ]);
    let both = &[THEIRS, OURS][..];
    let later = || Action::requeue_after(std::time::Duration::from_secs(1));
    for (finalizers, is_going, action, called, sent) in [
        (&[THEIRS][..], false, wait(), None, Some(put_in)),
        (both, false, later(), Some("apply"), None),
        (both, true, wait(), Some("clean up"), Some(take_out)),
        // It is not clean yet.
        (both, true, later(), Some("clean up"), None),
        (both, true, Action::give_up("no"), Some("clean up"), None),
        (&[THEIRS], true, wait(), None, None),
    ] {
        let object = object(finalizers, is_going);
        let expected = if called.is_some() {
            action.clone()
        } else {
            wait()
        };
        let (outcome, calls, bodies) = run(&object, action, patched()).await;
        assert_eq!(outcome.unwrap(), expected, "{finalizers:?} {is_going}");
        assert_eq!(calls, Vec::from_iter(called), "{finalizers:?} {is_going}");
        assert_eq!(bodies, Vec::from_iter(sent), "{finalizers:?} {is_going}");
    }
}

#[tokio::test]
async fn an_object_that_is_gone_is_clean_and_one_that_changed_is_an_error() {
    let refuses = |code: u16, reason: &str| {
        let body = json!({"kind": "Status", "status": "Failure", "reason": reason, "code": code});
        let status = format!("{code} Refused");
        Act::Say(answer(&status, &[], body.to_string()))
    };
    let going = object(&[OURS], true);
    let gone = run(&going, Action::await_change(), refuses(404, "NotFound")).await;
    assert_eq!(gone.0.unwrap(), Action::await_change());
    let changed = run(&going, Action::await_change(), refuses(422, "Invalid")).await;
    assert!(changed.0.unwrap_err().is_invalid());
    let wanted = object(&[], false);
    for (code, reason) in [(409, "Conflict"), (404, "NotFound")] {
        let refused = run(&wanted, Action::await_change(), refuses(code, reason)).await;
        assert_eq!(refused.0.unwrap_err().code(), Some(code));
    }
}
