//! Properties of types that are read by tables, for any input: they accept, refuse,
//! write, copy and compare as serde_json does.
//!
//! The fuzz targets try this on texts and objects that a machine makes up; the fidelity
//! tests on the seeds, and on every kind.

use std::fmt::Debug;
use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use kubewright::codegen::serde::{Serialize, de::DeserializeOwned};
use kubewright::codegen::table::abi::Record;
use kubewright::codegen::table::{self, Map};
use kubewright::codegen::{Json, OrArray, OrBool, OrStringArray, open_enum, record};
use kubewright::meta::{
    Bytes, FieldsV1, IntOrString, MicroTime, Nullable, ObjectMeta, Quantity, RawExtension, Time,
};
use kubewright_generated::apiextensions_v1::CustomResourceDefinition;
use kubewright_generated::core_v1::Pod;
use kubewright_samples::{Fill, Kinds, Temper, Way, harm};

/// Bytes as a text of each type.
pub(crate) fn text(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        KINDS.iter().for_each(|kind| kind.hold(text));
    }
}

/// Bytes as choices: a type, the seed of an object, and the harm that comes to it.
pub(crate) fn object(data: &[u8]) {
    let Some(([choice, seed @ ..], harms)) = data.split_first_chunk::<9>() else {
        return;
    };
    let kind = &KINDS[usize::from(*choice) % KINDS.len()];
    let made = kind.make(u64::from_le_bytes(*seed));
    let mut text = made.to_string();
    kind.hold(&text);
    for harm in harms.chunks_exact(4) {
        text = harmed(text, harm);
    }
    kind.hold(&text);
}

/// Damages a text as four bytes say: how, where, and with what.
fn harmed(text: String, harm: &[u8]) -> String {
    let (at, what) = (usize::from(u16::from_le_bytes([harm[1], harm[2]])), harm[3]);
    let end = text.len().min(at);
    let at = (0..=end)
        .rfind(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let next = text[at..].chars().next().map_or(0, char::len_utf8);
    let (front, back) = (&text[..at], &text[at + next..]);
    match harm[0] % 5 {
        0 => front.to_owned(),
        1 => format!("{front}{back}"),
        2 => format!("{front}{}{back}", PARTS[usize::from(what) % PARTS.len()]),
        3 => format!("{front}{}{back}", char::from(what)),
        _ => match serde_json::from_str::<Json>(&text) {
            Ok(value) => harm::swapped(&value, at as u64, 1)
                .map(|value| value.to_string())
                .collect(),
            Err(_) => text,
        },
    }
}

/// What texts of JSON are made of, and what they stumble over.
const PARTS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "false",
    "0",
    "-",
    "-0",
    "1.0",
    "1e3",
    "1e400",
    "0.1e-7",
    "9007199254740993",
    "9223372036854775808",
    "18446744073709551616",
    "\\u0000",
    "\\ud800",
    "\\ud83d\\ude00",
    " ",
    "\n",
    "\u{0}",
    "\u{1f}",
    "\"a\":",
    "\"a\":{}",
    "{\"a\":[null,1]},",
    "\"2026-01-02T03:04:05.678Z\"",
    "\"1.5Gi\"",
    "\"aGk=\"",
];

/// One type, forgotten.
struct Kind {
    name: &'static str,
    agree: fn(&str) -> Result<bool, String>,
}

const KINDS: &[Kind] = &[
    Kind::of::<Everything>("Everything"),
    Kind::of::<Pod>("Pod"),
    Kind::of::<CustomResourceDefinition>("CustomResourceDefinition"),
];

impl Kind {
    const fn of<T>(name: &'static str) -> Self
    where
        T: Record + Clone + PartialEq + Debug + Serialize + DeserializeOwned,
    {
        let agree = |text: &str| {
            let way = Way::<T> {
                read: |text| table::from_json(text).map_err(|error| error.to_string()),
                write: table::to_json,
            };
            way.agree(text)
        };
        Self { name, agree }
    }

    fn hold(&self, text: &str) {
        if let Err(error) = (self.agree)(text) {
            panic!("{}: {error} of {text:?}", self.name);
        }
    }

    /// An object that the schema allows.
    fn make(&self, seed: u64) -> Json {
        let mut all = SCHEMAS.all.iter();
        let kind = all.find(|kind| kind.kind == self.name).expect("a schema");
        let fill = match seed {
            0 => Fill::Everything,
            seed => Fill::Part(seed),
        };
        SCHEMAS.make(kind, Temper::Wild, fill)
    }
}

/// The schemas of the types.
static SCHEMAS: LazyLock<Kinds> = LazyLock::new(|| {
    let packed = include_bytes!("../envtest/facts/openapi-v3.json.gz");
    let mut text = String::new();
    GzDecoder::new(&packed[..])
        .read_to_string(&mut text)
        .expect("it is packed text");
    let mut kinds = Kinds::of_openapi(&text.parse().expect("it is JSON"));
    kinds.extend(Kinds::of_definition(
        &EVERYTHING.parse().expect("it is JSON"),
    ));
    kinds
});

/// The schema of [`Everything`], as a custom resource has it.
const EVERYTHING: &str = include_str!("everything.json");

/// A field of every sort that tables know.
struct Everything {
    metadata: ObjectMeta,
    text: String,
    flag: Option<bool>,
    small: i32,
    large: Option<i64>,
    share: Option<f64>,
    null_or_number: Option<Nullable<i64>>,
    null_or_share: Option<Nullable<f64>>,
    port: Option<IntOrString>,
    amount: Option<Quantity>,
    time: Option<Time>,
    moment: Option<MicroTime>,
    bytes: Option<Bytes>,
    fields: Option<FieldsV1>,
    raw: Option<RawExtension>,
    any: Option<Json>,
    colour: Option<Colour>,
    colours: Vec<Colour>,
    inline: Inner,
    perhaps: Option<Box<Inner>>,
    nothing: Option<Box<Nothing>>,
    list: Vec<String>,
    lists: Vec<Vec<i64>>,
    holes: Vec<Option<i32>>,
    inners: Vec<Inner>,
    map: Map<String>,
    maps: Map<Map<Quantity>>,
    gaps: Map<Option<String>>,
    by_name: Map<Inner>,
    schema_or_bool: Option<OrBool<Inner>>,
    schema_or_array: Option<OrArray<Inner>>,
    schema_or_strings: Map<OrStringArray<Inner>>,
    itself: Option<Box<Everything>>,
    rest: Map<Json>,
}

record! {
    Everything {
        "metadata" metadata, "text" text, "flag" flag, "small" small, "large" large, "share" share,
        "nullOrNumber" null_or_number, "nullOrShare" null_or_share, "port" port, "amount" amount, "time" time,
        "moment" moment, "bytes" bytes, "fields" fields, "raw" raw, "any" any, "colour" colour, "colours" colours [always],
        "inline" inline, "perhaps" perhaps, "nothing" nothing, "list" list, "lists" lists, "holes" holes, "inners" inners,
        "map" map [secret], "maps" maps, "gaps" gaps, "byName" by_name, "schemaOrBool" schema_or_bool,
        "schemaOrArray" schema_or_array, "schemaOrStrings" schema_or_strings, "itself" itself,
        .. rest except "apiVersion" "kind"
    }
}

struct Inner {
    name: Option<String>,
    size: u64,
    more: Vec<Inner>,
    rest: Map<String>,
}

record! { Inner { "name" name, "size" size [always], "more" more, .. rest } }

struct Nothing {}

record! { Nothing {} }

#[derive(Clone, Debug)]
enum Colour {
    Red,
    Empty,
    Other(String),
}

open_enum! { Colour { Red = "red", Empty = "" } }
