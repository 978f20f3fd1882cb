//! Events on their way to the server: their requests, and the handling of faults (rules V1, V2, V5,
//! V6).

use std::time::Duration;

use kubewright::events::{Event, Recorder, Reference};
use kubewright::{Client, Config, Unstructured};
use serde_json::{Value, json};

use super::server::{Act, Server, answer, json as says, until};

const FORBIDDEN: &str = r#"{"kind":"Status","status":"Failure","reason":"Forbidden","code":403}"#;
const GONE: &str = r#"{"kind":"Status","status":"Failure","reason":"NotFound","code":404}"#;
const THERE: &str = r#"{"kind":"Status","status":"Failure","reason":"AlreadyExists","code":409}"#;

fn pod(name: &str) -> Unstructured {
    let metadata = json!({"name": name, "namespace": "prod", "uid": "u"});
    let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata});
    Unstructured::try_from(pod).unwrap()
}

fn said(note: &str) -> Event {
    Event::normal(&pod("web"), "Pulled", note)
}

fn recorder(server: &Server) -> Recorder {
    let client = Client::new(&server.config()).unwrap();
    Recorder::of_instance(&client, "example.com/pods", "one")
}

fn refuses(status: &str, body: &str) -> Act {
    Act::Say(answer(status, &[], body))
}

fn created() -> Act {
    says(r#"{"kind":"Event","metadata":{"name":"e"}}"#)
}

/// Method and path without the end of the name, and the body.
fn sent(request: &str) -> (String, Value) {
    let target: Vec<_> = request.split(' ').take(2).collect();
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    (target.join(" "), serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn an_event_is_an_object_and_a_repetition_a_patch_of_it() {
    // Rules V1, V7
    let server = Server::playing([created()]).await;
    let recorder = recorder(&server);
    let event = said("an image").action("Pull").related(&pod("db"));
    for _ in 0..3 {
        recorder.record(event.clone());
    }
    recorder.shut_down().await;
    let requests = server.requests();
    let (target, mut body) = sent(&requests[0]);
    assert_eq!(target, "POST /apis/events.k8s.io/v1/namespaces/prod/events");
    let name = body["metadata"]["name"].take();
    let name = name.as_str().unwrap();
    assert!(
        name.strip_prefix("web.")
            .is_some_and(|end| u64::from_str_radix(end, 16).is_ok())
    );
    let time = body["eventTime"].take();
    assert_eq!(
        time.as_str().unwrap().len(),
        "2026-01-02T03:04:05.678901Z".len()
    );
    let about = |name: &str| json!({"apiVersion": "v1", "kind": "Pod", "namespace": "prod", "name": name, "uid": "u"});
    let expected = json!({
        "apiVersion": "events.k8s.io/v1", "kind": "Event",
        "metadata": {"name": null, "namespace": "prod"}, "eventTime": null,
        "type": "Normal", "reason": "Pulled", "action": "Pull", "note": "an image",
        "regarding": about("web"), "related": about("db"),
        "reportingController": "example.com/pods", "reportingInstance": "one",
    });
    assert_eq!(body, expected);
    // The second one is sent at once, the third when the recorder ends.
    let counts: Vec<_> = requests[1..].iter().map(|request| sent(request)).collect();
    let target = format!("PATCH /apis/events.k8s.io/v1/namespaces/prod/events/{name}");
    for (number, (said, body)) in (2..).zip(&counts) {
        assert_eq!((said, &body["series"]["count"]), (&target, &json!(number)));
        assert!(body["series"]["lastObservedTime"].is_string());
    }
    assert_eq!((counts.len(), recorder.dropped()), (2, 0));
}

#[tokio::test]
async fn names_that_no_event_can_have_are_left_out_and_cluster_scoped_events_are_in_default() {
    // Rule V1
    let server = Server::playing([created()]).await;
    let recorder = recorder(&server);
    let (fits, long) = ("r".repeat(229), "r".repeat(230));
    let names = [
        ("system:admin", "event"),
        ("", "event"),
        (&*long, "event"),
        (&*fits, &*fits),
    ];
    for (name, _) in names {
        let role = json!({"metadata": {"name": name}});
        let role = Unstructured::try_from(role).unwrap();
        let role = Reference::from(&role).with_type("rbac.authorization.k8s.io/v1", "ClusterRole");
        recorder.record(Event::warning(
            role,
            "Escalated",
            "it may do more than its maker",
        ));
    }
    recorder.shut_down().await;
    let requests = server.requests();
    for (request, (_, begin)) in requests.iter().zip(names) {
        let name = sent(request).1["metadata"]["name"].clone();
        let (said, _) = name.as_str().unwrap().rsplit_once('.').unwrap();
        assert_eq!(said, begin);
    }
    let (target, body) = sent(&requests[0]);
    assert!(target.ends_with("/namespaces/default/events"), "{target}");
    let regarding = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "name": "system:admin"});
    assert_eq!(
        (&body["regarding"], &body["action"]),
        (&regarding, &json!("Escalated"))
    );
}

#[tokio::test]
async fn what_is_refused_is_final_and_counted() {
    // Rule V5
    // That it is there can only be another one: it was not sent before.
    for (status, body) in [("403 Forbidden", FORBIDDEN), ("409 Conflict", THERE)] {
        let server = Server::playing([refuses(status, body), created()]).await;
        let recorder = recorder(&server);
        recorder.record(said("a"));
        recorder.record(said("b"));
        recorder.shut_down().await;
        let requests = server.requests();
        assert_eq!((requests.len(), recorder.dropped()), (2, 1));
        let name = |request: &String| sent(request).1["metadata"]["name"].clone();
        assert_ne!(name(&requests[0]), name(&requests[1]));
    }
}

/// Lets the time between tries pass until something is so; says how often.
async fn pass_until(so: impl Fn() -> bool) -> usize {
    let mut passed = 0;
    while !so() {
        passed += 1;
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(11)).await;
        tokio::time::resume();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    passed
}

#[tokio::test]
async fn a_server_that_breaks_every_connection_is_tried_twelve_times() {
    // Rule V5
    let server = Server::playing([Act::Reset(Vec::new())]).await;
    let recorder = recorder(&server);
    recorder.record(said("a"));
    let passed = pass_until(|| recorder.dropped() == 1).await;
    assert!(passed > 10, "it waits before each try but the first");
    assert_eq!(server.requests().len(), 12);
}

#[tokio::test]
async fn what_may_not_have_arrived_is_sent_again_under_its_name() {
    // Rule V5: and where it had arrived, that is not a failure
    for last in [created(), refuses("409 Conflict", THERE)] {
        let server = Server::playing([Act::Reset(Vec::new()), last]).await;
        let recorder = recorder(&server);
        recorder.record(said("a"));
        until("the first try", || server.requests().len() == 1).await;
        pass_until(|| server.requests().len() == 2).await;
        recorder.shut_down().await;
        let names: Vec<_> = server
            .requests()
            .iter()
            .map(|request| sent(request).1["metadata"]["name"].clone())
            .collect();
        assert_eq!(
            (names.len(), &names[0], recorder.dropped()),
            (2, &names[1], 0)
        );
    }
}

#[tokio::test]
async fn a_deleted_event_is_created_again_by_the_next_one() {
    // Rule V2
    let script = [created(), refuses("404 Not Found", GONE), created()];
    let server = Server::playing(script).await;
    let recorder = recorder(&server);
    for _ in 0..3 {
        recorder.record(said("a"));
    }
    recorder.shut_down().await;
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| sent(request).0)
        .collect();
    let verbs: Vec<_> = sent
        .iter()
        .filter_map(|target| target.split(' ').next())
        .collect();
    assert_eq!(verbs, ["POST", "PATCH", "POST"]);
}

#[tokio::test]
async fn a_recorder_never_waits_and_after_its_end_takes_nothing() {
    // Rules V1, V6
    let nobody = Config::new("http://127.0.0.1:1").unwrap();
    let recorder = Recorder::new(&Client::new(&nobody).unwrap(), "example.com/pods");
    for number in 0..1005 {
        recorder.record(said(&number.to_string()));
    }
    assert_eq!(
        recorder.dropped(),
        5,
        "nothing was taken from the queue yet"
    );
    let ending = recorder.clone();
    let begin = std::time::Instant::now();
    ending.shut_down().await;
    assert!(begin.elapsed() < Duration::from_secs(15));
    let before = recorder.dropped();
    recorder.record(said("late"));
    assert_eq!(recorder.dropped(), before + 1);
}

#[tokio::test]
async fn the_last_clone_ends_the_task_after_it_sent_what_waits() {
    let server = Server::playing([created()]).await;
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    let recorder = recorder(&server);
    recorder.record(said("a"));
    drop(recorder.clone());
    drop(recorder);
    until("the event", || server.requests().len() == 1).await;
    // What is left accepts connections, and keeps one.
    until("the end of the task", || tasks() <= 2).await;
}
