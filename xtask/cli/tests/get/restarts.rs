//! Events that no server gives on request: streams that end, versions that are forgotten, parts of
//! discovery that fail. A script of answers stands in for one.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use libtest_mimic::{Failed, Trial};

use crate::server::{kubewright, said};

type Outcome = Result<(), String>;

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |name: &str, run: fn() -> Outcome| {
        Trial::test(format!("scripted::{name}"), move || {
            run().map_err(Failed::from)
        })
    };
    vec![
        trial(
            "a_watch_goes_on_when_streams_end_and_versions_are_forgotten",
            goes_on,
        ),
        trial("a_list_whose_pages_expire_says_so", expires),
        trial("what_discovery_could_not_say_is_mentioned", mentions),
    ]
}

/// What is answered to a request whose line holds this text: in order, the last for ever.
type Script = &'static [(&'static str, &'static [Answer])];

#[derive(Clone, Copy)]
struct Answer(u16, &'static str);

const DISCOVERY: Answer = Answer(
    200,
    r#"{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":""},"versions":[{"version":"v1","resources":[{"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","shortNames":["po"],"verbs":["get","list","watch"]}]}]}]}"#,
);
const NO_GROUPS: Answer = Answer(200, r#"{"kind":"APIGroupDiscoveryList","items":[]}"#);
const GAP: Answer = Answer(
    200,
    r#"{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1","freshness":"Stale","resources":[]}]}]}"#,
);
const EXPIRED: Answer = Answer(
    410,
    r#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","message":"too old","code":410}"#,
);

fn serve(script: Script) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        let mut asked = vec![0; script.len()];
        for stream in listener.incoming() {
            // A client that goes away is not the script's business.
            let _ = stream.and_then(|stream| answer(stream, script, &mut asked));
        }
    });
    Ok(format!("http://{address}"))
}

fn answer(mut stream: TcpStream, script: Script, asked: &mut [usize]) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap_or(Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let known = script.iter().position(|(part, _)| request.contains(part));
    let Answer(code, body) = match known {
        Some(at) => {
            let answers = script[at].1;
            let answer = answers[asked[at].min(answers.len() - 1)];
            asked[at] += 1;
            answer
        }
        None => Answer(404, ""),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {code} Scripted\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn goes_on() -> Outcome {
    const LIST: [Answer; 2] = [
        Answer(
            200,
            r#"{"kind":"Table","metadata":{"resourceVersion":"5"},"columnDefinitions":[{"name":"Name","type":"string","format":"name"}],"rows":[{"cells":["a"],"object":{"metadata":{"name":"a","resourceVersion":"4"}}},{"cells":["b"],"object":{"metadata":{"name":"b","resourceVersion":"5"}}}]}"#,
        ),
        Answer(
            200,
            r#"{"kind":"Table","metadata":{"resourceVersion":"20"},"columnDefinitions":[{"name":"Name","type":"string","format":"name"}],"rows":[{"cells":["a"],"object":{"metadata":{"name":"a","resourceVersion":"4"}}},{"cells":["c"],"object":{"metadata":{"name":"c","resourceVersion":"19"}}}]}"#,
        ),
    ];
    const SINCE_5: Answer = Answer(
        200,
        r#"{"type":"MODIFIED","object":{"kind":"Table","rows":[{"cells":["b"],"object":{"metadata":{"name":"b","resourceVersion":"7"}}}]}}
"#,
    );
    const SINCE_7: Answer = Answer(
        200,
        r#"{"type":"BOOKMARK","object":{"kind":"Table","rows":[{"cells":[""],"object":{"metadata":{"resourceVersion":"9"}}}]}}
"#,
    );
    const SINCE_20: Answer = Answer(
        200,
        r#"{"type":"ADDED","object":{"kind":"Table","columnDefinitions":[{"name":"Name","type":"string","format":"name"}],"rows":[{"cells":["d"],"object":{"metadata":{"name":"d","resourceVersion":"21"}}}]}}
"#,
    );
    let script: Script = &[
        ("GET /apis ", &[NO_GROUPS]),
        ("GET /api ", &[DISCOVERY]),
        ("resourceVersion=5&", &[SINCE_5]),
        ("resourceVersion=7&", &[SINCE_7]),
        ("resourceVersion=9&", &[EXPIRED]),
        ("resourceVersion=20&", &[SINCE_20]),
        (
            "resourceVersion=21&",
            &[Answer(
                403,
                r#"{"kind":"Status","status":"Failure","reason":"Forbidden","message":"that was all","code":403}"#,
            )],
        ),
        ("/pods?", &LIST),
    ];
    let url = serve(script).map_err(|error| error.to_string())?;
    let words = ["po", "-w", "--output-watch-events", "--server", &url];
    let said = said(kubewright(&words));
    let lines: Vec<_> = said.out.lines().collect();
    let expected = [
        "EVENT   NAME",
        "ADDED   a",
        "ADDED   b",
        "MODIFIED   b",
        "ADDED      c",
        "DELETED    b",
        "ADDED      d",
    ];
    if lines != expected || said.code != Some(1) {
        return Err(format!("{said:?}"));
    }
    if said.err != "Error from server (Forbidden): that was all\n" {
        return Err(said.err);
    }
    Ok(())
}

fn expires() -> Outcome {
    let script: Script = &[
        ("GET /apis ", &[NO_GROUPS]),
        ("GET /api ", &[DISCOVERY]),
        ("continue=token", &[EXPIRED]),
        (
            "/pods?",
            &[Answer(
                200,
                r#"{"kind":"Table","metadata":{"resourceVersion":"5","continue":"token"},"columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["a"],"object":{"metadata":{"name":"a"}}}]}"#,
            )],
        ),
    ];
    let url = serve(script).map_err(|error| error.to_string())?;
    let said = said(kubewright(&["po", "--server", &url]));
    let expected = "Error from server (Expired): too old\n";
    if (said.code, &*said.out, &*said.err) != (Some(1), "NAME\na\n", expected) {
        return Err(format!("{said:?}"));
    }
    Ok(())
}

fn mentions() -> Outcome {
    let script: Script = &[
        ("GET /apis ", &[GAP]),
        ("GET /api ", &[DISCOVERY]),
        ("/pods?", &[Answer(200, r#"{"kind":"PodList","items":[]}"#)]),
    ];
    let url = serve(script).map_err(|error| error.to_string())?;
    let said = said(kubewright(&["po", "-o", "name", "--server", &url]));
    let mentioned = said.err.starts_with("Warning: ") && said.err.contains("metrics.k8s.io/v1");
    if said.code != Some(0) || !mentioned {
        return Err(format!("{said:?}"));
    }
    Ok(())
}
