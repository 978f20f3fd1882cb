//! Lists in pieces of any size.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// The results: the items in short, then the end.
fn decode(text: &[u8], sizes: &[usize], largest_item: usize) -> Vec<String> {
    decode_by(text, sizes, largest_item, |decoder| decoder.read(shown))
}

fn decode_by(
    text: &[u8],
    sizes: &[usize],
    largest_item: usize,
    read: impl Fn(&mut ListDecoder) -> Result<Option<String>>,
) -> Vec<String> {
    let mut decoder = ListDecoder {
        largest_item,
        ..ListDecoder::default()
    };
    let mut said = Vec::new();
    let (mut rest, mut sizes) = (text, sizes.iter().cycle());
    while !rest.is_empty() {
        let (piece, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        decoder.push(piece);
        rest = after;
        loop {
            match read(&mut decoder) {
                Ok(Some(item)) => said.push(item),
                Ok(None) => break,
                Err(error) => {
                    said.push(format!("{error:#}"));
                    return said;
                }
            }
        }
    }
    said.push(match decoder.finish() {
        Ok((envelope, metadata)) => format!(
            "{:?} at {} then {}",
            envelope.item_type(),
            metadata.resource_version.unwrap_or_default(),
            metadata.continue_token.unwrap_or_default()
        ),
        Err(error) => format!("{error:#}"),
    });
    said
}

fn shown(item: Item<'_>) -> String {
    match item.object {
        Ok(object) => format!("{} {}", item.position, object.as_received()),
        Err(error) => format!("{} {error}", item.position),
    }
}

fn whole(text: &str) -> Vec<String> {
    decode(text.as_bytes(), &[text.len().max(1)], 1000)
}

#[test]
fn the_envelope_is_read_before_and_behind_the_items() {
    // Built-in kinds write it in front, custom resources around.
    for text in [
        r#"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"t"},"items":[{"a":1},{"b":2}]}"#,
        r#"{"apiVersion":"v1","items":[{"a":1},{"b":2}],"kind":"PodList","metadata":{"continue":"t","resourceVersion":"9"}}"#,
        " { \"items\" : [ {\"a\":1} , {\"b\":2} ] , \"kind\":\"PodList\",\"apiVersion\":\"v1\",\"more\":[{}],\n\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"t\"} }\n",
    ] {
        let said = [
            "0 {\"a\":1}",
            "1 {\"b\":2}",
            "Some((\"v1\", \"Pod\")) at 9 then t",
        ];
        assert_eq!(whole(text), said);
        assert_eq!(decode(text.as_bytes(), &[1], 1000), said, "byte by byte");
    }
}

#[test]
fn no_items_are_an_empty_list_or_none() {
    for (text, said) in [
        (r#"{"items":[]}"#, "None at  then "),
        (
            r#"{"metadata":null,"items":null,"apiVersion":"v1"}"#,
            "None at  then ",
        ),
        (r#"{"items":{}}"#, "not a list: there is no `items` array"),
        ("{}", "not a list: there is no `items` array"),
        ("", "expected JSON, but the text is empty"),
        ("[]", "not a list: expected an object at byte 0"),
        (r#"{"items":[]"#, "not a list: the text ends after 0 items"),
        (
            r#"{"ite"#,
            "not a list: the text ends inside a value at byte 5",
        ),
        (r#"{"items":[]} x"#, "not a list: there is text after it"),
        (
            r#"{"items":[],"items":[]}"#,
            "not a list: items twice at byte 11",
        ),
        (
            r#"{"metadata":{"resourceVersion":7},"items":[]}"#,
            "metadata: resourceVersion: invalid type: a number, expected a string at line 1 column 20",
        ),
    ] {
        assert_eq!(whole(text), [said], "{text}");
    }
}

#[test]
fn an_item_that_is_not_an_object_keeps_the_rest() {
    assert_eq!(
        whole(r#"{"items":[1,null,{"a":1},["x"]]}"#),
        [
            "0 it is not a JSON object",
            "1 it is not a JSON object",
            "2 {\"a\":1}",
            "3 it is not a JSON object",
            "None at  then ",
        ]
    );
}

#[test]
fn an_item_that_is_too_large_is_passed_by_without_being_held() {
    let text = format!(
        r#"{{"items":[{{"a":1}},{{"b":["{}}}"]}},{{"c":3}}]}}"#,
        "\\\"{".repeat(500)
    );
    let said = [
        "0 {\"a\":1}",
        "1 it is larger than 100 bytes",
        "2 {\"c\":3}",
        "None at  then ",
    ];
    for size in [1, 7, 99, 200] {
        assert_eq!(decode(text.as_bytes(), &[size], 100), said);
    }
    let mut decoder = ListDecoder {
        largest_item: 100,
        ..ListDecoder::default()
    };
    for piece in text.as_bytes().chunks(50) {
        decoder.push(piece);
        while decoder.read(|_| ()).unwrap().is_some() {}
        assert!(decoder.pieces.rest().len() <= 150);
    }
}

#[test]
fn what_breaks_the_list_says_where() {
    for (text, said) in [
        (
            r#"{"items":[{"a":1} {"b":2}]}"#,
            "not a list: expected `,` or `]` after item 0",
        ),
        (
            r#"{"items":[{"a":1},]}"#,
            "not a list: item 1 is not JSON: expected a value at byte 0",
        ),
        (
            r#"{"items":[{"a":1},{"a":tru}]}"#,
            "not a list: item 1 is not JSON: expected a value at byte 5",
        ),
    ] {
        assert_eq!(whole(text).last().unwrap(), said, "{text}");
    }
    let said = decode(b"{\"items\":[{\"a\":\"\xff\"}]}", &[100], 1000);
    assert_eq!(said, ["the answer is not UTF-8"]);
}

proptest! {
    /// However the bytes are cut, the same items come out, and a list that is read was JSON.
    /// Only the error of a damaged one may differ: pieces wait for an end that never comes.
    #[test]
    fn pieces_do_not_matter(items in prop::collection::vec(any::<String>(), 0..6), sizes in prop::collection::vec(1usize..60, 1..20), pretty: bool, damage in prop::option::of((any::<prop::sample::Index>(), 0u8..128))) {
        let items: Vec<_> = items.iter().map(|text| json!({"metadata": {"name": text}, "list": [text]})).collect();
        let list = json!({"apiVersion": "v1", "items": items, "kind": "PodList", "metadata": {"resourceVersion": "9"}});
        let mut bytes = if pretty { serde_json::to_vec_pretty(&list) } else { serde_json::to_vec(&list) }.unwrap();
        if let Some((at, byte)) = damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let pieces = decode(&bytes, &sizes, 10_000);
        let whole = decode(&bytes, &[bytes.len()], 10_000);
        prop_assert_eq!(&pieces[..pieces.len() - 1], &whole[..whole.len() - 1]);
        let is_read = pieces.last().unwrap().contains(" then ");
        prop_assert_eq!(is_read, whole.last().unwrap().contains(" then "));
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let oracle = serde_json::from_str::<Value>(text);
            prop_assert!(!is_read || oracle.is_ok(), "{}", text);
            prop_assert!(is_read || damage.is_some(), "{:?}", pieces);
        }
    }
}

#[test]
fn what_stands_before_the_items_can_be_shown_and_the_items_cannot() {
    let mut decoder = ListDecoder::default();
    decoder.push(br#"{"kind":"Status""#);
    assert!(decoder.read(|_| ()).unwrap().is_none());
    assert_eq!(decoder.without_items(), r#"{"kind":"Status""#);
    let mut decoder = ListDecoder::default();
    decoder.push(br#"{"items":[{"secret":1},{"#);
    assert!(decoder.read(|_| ()).unwrap().is_some());
    assert_eq!(decoder.without_items(), "");
}

fn scales() -> impl Strategy<Value = String> {
    let scale = (
        any::<String>(),
        any::<i32>(),
        any::<bool>(),
        any::<Option<bool>>(),
    );
    let scale = scale.prop_map(|(name, replicas, is_odd, unknown)| {
        let replicas = if is_odd { json!("three") } else { json!(replicas) };
        json!({"metadata": {"name": name, "labels": {"a": name}}, "spec": {"replicas": replicas}, "unknown": [unknown]})
    });
    let items = prop::collection::vec(scale, 0..5);
    items.prop_map(|items| {
        json!({"kind": "ScaleList", "apiVersion": "autoscaling/v1", "items": items}).to_string()
    })
}

proptest! {
    /// What is read in one pass is what a check and a reading give: the same objects and the same
    /// errors, however the text is damaged and cut.
    #[test]
    fn one_pass_reads_what_two_do(
        text in scales(), at: prop::sample::Index, byte: Option<u8>, sizes in prop::collection::vec(1usize..60, 1..20),
    ) {
        use crate::model::meta::Scale;

        let mut bytes = text.into_bytes();
        if let Some(byte) = byte {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let shown = |scale: Result<Scale>| scale.map_or_else(|error| error.to_string(), |scale| format!("{scale:?}"));
        let once = decode_by(&bytes, &sizes, 1000, |decoder| Ok(decoder.read_object()?.map(shown)));
        let twice = decode_by(&bytes, &sizes, 1000, |decoder| Ok(decoder.read(|item| item.read())?.map(shown)));
        prop_assert_eq!(once, twice);
    }
}

#[test]
fn an_object_of_a_table_is_read_in_one_pass() {
    use crate::model::meta::Scale;

    let text = r#"{"metadata":{"name":"a"},"spec":{"replicas":3}}"#;
    let Front::Whole(scale, end) = Scale::read_front(&format!("{text},{text}"), DEPTH) else {
        panic!("not read at once");
    };
    assert_eq!((scale.name(), end), ("a", text.len()));
    assert!(matches!(Scale::read_front(&text[..30], DEPTH), Front::Cut));
    let odd = r#"{"metadata":[]}"#;
    assert!(matches!(Scale::read_front(odd, DEPTH), Front::Unread));
}
