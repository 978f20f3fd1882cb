//! Parses bytes into trees: JSON or a stream of YAML documents, as the content shows.
//!
//! YAML is read by the core schema of version 1.2, where `on` and a lone `=` are strings. A
//! document must not cost more than its size promises: aliases are replayed within limits,
//! and depth, documents and nodes are bounded.

use std::fmt::Display;
use std::{io, panic, thread};

use serde_saphyr::Options;

use super::Json;
use crate::Error;

/// Deeper than any real schema.
const DEEPEST: usize = 128;
const ROOM_OF_A_LEVEL: usize = 128 << 10;

/// The largest bundles that clusters give are a twentieth of these.
const MOST_NODES: usize = 10_000_000;
const MOST_DOCUMENTS: usize = 10_000;
const LARGEST: usize = 512 << 20;
/// Aliases are a rarity in definitions.
const MOST_REPLAYED: usize = 100_000;

/// The documents of a file, each with the name that errors call it by.
pub(super) fn trees(name: &str, bytes: &[u8]) -> Result<Vec<(String, Json)>, Error> {
    match serde_json::from_slice(bytes) {
        Ok(json) => Ok(vec![(name.to_owned(), json)]),
        Err(error) if looks_like_json(bytes) => {
            Err(Error::new(name, "", format!("this is not JSON: {error}")))
        }
        Err(_) => Ok(named(name, yaml(name, bytes)?)),
    }
}

/// JSON starts with a bracket; YAML could, but then a complaint about JSON is the better one.
fn looks_like_json(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii_start().first();
    matches!(first, None | Some(b'{' | b'['))
}

fn yaml(name: &str, bytes: &[u8]) -> Result<Vec<Json>, Error> {
    let error = |error: &dyn Display| Error::new(name, "", format!("this is not YAML: {error}"));
    let read = || serde_saphyr::from_slice_multiple_with_options(bytes, options());
    with_room(read)
        .map_err(|why| error(&why))?
        .map_err(|why| error(&why))
}

/// Runs a reader where the deepest tree that is allowed does not overflow the stack: without
/// optimisation a level of YAML takes tens of kilobytes, and the caller may be a thread that
/// has little.
fn with_room<T: Send>(read: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(DEEPEST * ROOM_OF_A_LEVEL);
        let reader = builder.spawn_scoped(scope, read)?;
        Ok(reader
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}

fn options() -> Options {
    let budget = serde_saphyr::budget! {
        max_depth: DEEPEST,
        max_nodes: MOST_NODES,
        max_events: 2 * MOST_NODES,
        max_documents: MOST_DOCUMENTS,
        max_total_scalar_bytes: LARGEST,
    };
    let alias_limits = serde_saphyr::alias_limits! {
        max_total_replayed_events: MOST_REPLAYED,
    };
    serde_saphyr::options! {
        budget: budget,
        alias_limits: alias_limits,
        strict_booleans: true,
        with_snippet: false,
    }
}

/// Where there are several documents, errors say which.
fn named(name: &str, documents: Vec<Json>) -> Vec<(String, Json)> {
    let many = documents.len() > 1;
    let name = |index| match many {
        true => format!("{name} (document {})", index + 1),
        false => name.to_owned(),
    };
    documents
        .into_iter()
        .enumerate()
        .map(|(index, document)| (name(index), document))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let trees = trees("x.yaml", text.as_bytes()).map_err(|error| error.to_string())?;
        let canonical = |(name, json): (String, Json)| {
            let mut text = format!("{name} ");
            json.write_canonical(&[], &mut text);
            text
        };
        Ok(trees.into_iter().map(canonical).collect())
    }

    #[test]
    fn yaml_is_of_the_core_schema() {
        assert_eq!(
            read("enum: [=, '!=', on, yes, y, Off, 012x, true, ~, 1, 1.5, '1', 2001-01-01]\n")
                .unwrap(),
            [
                r#"x.yaml {"enum":["=","!=","on","yes","y","Off","012x",true,null,1,1.5,"1","2001-01-01",],}"#
            ]
        );
    }

    #[test]
    fn streams_are_numbered_and_json_is_recognised_by_its_bracket() {
        assert_eq!(
            read("---\na: 1\n---\n# nothing\n---\nb: 2\n").unwrap(),
            [
                "x.yaml (document 1) {\"a\":1,}",
                "x.yaml (document 2) {\"b\":2,}"
            ]
        );
        assert_eq!(read(" {\"a\": [1]}").unwrap(), ["x.yaml {\"a\":[1,],}"]);
        assert!(read("{\"a\"").unwrap_err().contains("not JSON"));
        assert!(read("a: [").unwrap_err().contains("not YAML"));
        assert!(read("a: 1\na: 2").unwrap_err().contains("duplicate"));
    }

    #[test]
    fn aliases_and_depth_are_bounded() {
        let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
            laughs.push_str(&format!("a{n}: &a{n} [{aliases}]\n"));
        }
        assert!(read(&laughs).unwrap_err().contains("not YAML"));
        assert_eq!(
            read("a: &x [1]\nb: *x\n").unwrap(),
            [r#"x.yaml {"a":[1,],"b":[1,],}"#]
        );
        let deep = format!("a: {}1{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(read(&deep).unwrap_err().contains("not YAML"));
    }
}
