//! Properties that hold for every input, wherever it comes from.
//!
//! The fuzz targets try these on inputs that a machine makes up; the test `hostile` of the
//! client tries them on the seeds and on what once broke one of them.

use kubewright::meta::{self, Quantity};
use kubewright::{
    FieldSelector, FrameError, Kubeconfig, List, Selector, Unstructured, WatchDecoder, WatchEvent,
};
use secrecy::ExposeSecret;
use serde_json::{Map, Value};

/// Small, so that a machine finds the frames that are too large.
const LARGEST_FRAME: usize = 4096;

/// Frames are the same wherever the network cuts them, and an event that is read was JSON.
pub(crate) fn watch(data: &[u8]) {
    let cut = data.first().map_or(0, |&at| data.len().min(at.into()));
    let (front, back) = data.split_at(cut);
    let whole = frames(&[data]);
    assert_eq!(whole, frames(&[front, back]), "cut at {cut}");
    for frame in whole.iter().flatten() {
        if let Ok(event) = WatchEvent::<Unstructured>::from_json(frame) {
            serde_json::from_str::<Value>(frame).expect("what is an event is JSON");
            event.object().map(answers);
        }
    }
}

fn frames(parts: &[&[u8]]) -> Vec<Result<String, FrameError>> {
    let mut decoder = WatchDecoder::with_limit(LARGEST_FRAME);
    let mut frames = Vec::new();
    for part in parts {
        decoder.push(part);
        frames.extend(std::iter::from_fn(|| decoder.next_frame()));
    }
    frames
}

/// Text is an object here where it is one for `serde_json`, and answers as its map does.
pub(crate) fn unstructured(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let oracle = serde_json::from_str::<Map<String, Value>>(text);
    match (Unstructured::from_json(text), oracle) {
        (Ok(object), Ok(map)) => {
            let map = Unstructured::from(map);
            assert_eq!(object, map);
            assert_eq!(answers(&object), answers(&map));
        }
        (Err(_), Err(_)) => {}
        // The one thing that an object may not have and JSON may.
        (Err(error), Ok(_)) => assert!(error.to_string().contains("holds a quote"), "{error}"),
        (Ok(_), Err(error)) => panic!("serde_json refuses it: {error}"),
    }
}

/// All that can be asked of an object, without a panic.
fn answers(object: &Unstructured) -> String {
    let at = |pointer: &str| object.path::<Value>(pointer).ok().flatten();
    let mut changed = object.clone();
    let written = changed.set_path("/metadata/labels/a", "b").is_ok();
    let removed = changed.remove_path("/spec/0").ok().flatten();
    format!(
        "{object} {object:?} {:?} {:?} {:?} {:?} {:?} {:?} {written} {removed:?} {}",
        object.labels(),
        object.annotations(),
        object.metadata().ok(),
        at("/spec/replicas"),
        at("/spec/0/a~1b"),
        at("/metadata"),
        Value::from(changed),
    )
}

/// A list that is read was JSON, with as many items.
pub(crate) fn list(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(list) = List::<Unstructured>::from_json(text) else {
        return;
    };
    let oracle: Value = serde_json::from_str(text).expect("what is a list is JSON");
    let items = oracle["items"].as_array().map_or(0, Vec::len);
    assert_eq!(list.len(), items);
    for item in &list {
        answers(item);
    }
}

/// A kubeconfig is read or refused. What is read is written and read again, and is the same.
pub(crate) fn kubeconfig(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match Kubeconfig::parse(text) {
        Ok(config) => {
            let entries = config.users.len();
            assert_eq!(config.clone().merge(config.clone()).users.len(), entries);
            let written = config.to_yaml();
            let again =
                Kubeconfig::parse(written.expose_secret()).expect("what is written is read");
            assert_eq!(again.to_yaml().expose_secret(), written.expose_secret());
        }
        Err(error) => assert!(error.is_config()),
    }
}

/// A quantity prints as what it is, and computes without a panic.
pub(crate) fn quantity(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(quantity) = text.parse::<Quantity>() else {
        return;
    };
    let printed = quantity.to_string();
    let again: Quantity = printed.parse().expect("what is printed is read");
    assert_eq!(again, quantity);
    let _ = (quantity.value(), quantity.milli_value(), quantity.nanos());
    let _ = (quantity.to_f64(), quantity.try_neg());
    if let Ok(sum) = quantity.try_add(&again) {
        assert_eq!(sum.try_sub(&again).expect("back again"), quantity);
    }
}

/// A selector prints as what it is, and matches without a panic.
pub(crate) fn selector(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let labels = meta::Map::from([("a", "b".to_owned())]);
    if let Ok(selector) = text.parse::<Selector>() {
        let again: Selector = selector
            .to_string()
            .parse()
            .expect("what is printed is read");
        assert_eq!(again.to_string(), selector.to_string());
        assert_eq!(again.matches(&labels), selector.matches(&labels));
    }
    if let Ok(selector) = text.parse::<FieldSelector>() {
        let again: FieldSelector = selector
            .to_string()
            .parse()
            .expect("what is printed is read");
        assert_eq!(again, selector);
    }
}
