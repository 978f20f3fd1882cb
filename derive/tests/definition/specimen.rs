//! A kind that uses everything: each option of the derives, each way in which serde writes.
//!
//! Its manifest is a golden file, and the conformance suite holds values of it to the
//! servers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::net::Ipv4Addr;
use std::time::Duration;

use kubewright::crd::{Schema as HandWritten, Shape};
use kubewright::meta::{
    Bytes, Condition, IntOrString, LabelSelector, MicroTime, Quantity, RawExtension, Time,
};
use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One of everything.
///
/// With a second paragraph.
#[allow(
    clippy::duplicated_attributes,
    reason = "two columns with one option are no duplicates"
)]
#[derive(Resource, Clone, Debug, Serialize, Deserialize)]
#[resource(
    group = "museum.example.com",
    version = "v2",
    kind = "Specimen",
    plural = "specimina",
    singular = "specimen",
    namespaced,
    shortname("sp", "spec"),
    category = "all",
    category("museum"),
    status,
    storage,
    served = true,
    deprecated = "use v3",
    scale(
        spec = ".spec.numbers.count",
        status = ".status.count",
        selector = ".status.selector"
    ),
    selectable(".spec.plain", ".spec.numbers.count"),
    column(
        name = "Count",
        path = ".spec.numbers.count",
        type = "integer",
        format = "int32",
        description = "How many.",
        priority = 1
    ),
    column(name = "Since", path = ".spec.known.time"),
    column(name = "First", path = ".spec.lists.ports[0].name"),
    column(name = "Label", path = ".spec.maps.labels['a.b/c']"),
    column(name = "Whole", path = ".spec.known", type = "string", priority = 2)
)]
#[schema(rule("self.metadata.name.size() < 100", message = "too long a name"))]
pub(crate) struct Specimen {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: Spec,
    pub(crate) status: Option<Status>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[schema(
    rule(
        "self.numbers.count >= 0",
        message = "a count is not negative",
        reason = "FieldValueInvalid",
        field_path = ".numbers.count"
    ),
    rule(
        "has(self.type)",
        message_expression = "'never'",
        optional_old_self = false
    )
)]
pub(crate) struct Spec {
    pub(crate) plain: String,
    /// A keyword as a name.
    pub(crate) r#type: Name,
    #[serde(rename = "an-odd-name")]
    #[schema(immutable)]
    pub(crate) odd_name: Option<bool>,
    pub(crate) numbers: Numbers,
    pub(crate) texts: Texts,
    pub(crate) lists: Lists,
    pub(crate) maps: Maps,
    pub(crate) known: Known,
    pub(crate) unions: Unions,
    pub(crate) open: Open,
    #[serde(flatten)]
    pub(crate) spread: Spread,
    #[serde(flatten)]
    pub(crate) choice: Choice,
    #[serde(skip)]
    pub(crate) unseen: Unseen,
}

/// Serde does not see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unseen;

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Numbers {
    #[schema(default = 3, min = 0, max = 100, multiple_of = 1)]
    pub(crate) count: i32,
    #[schema(exclusive_min = -1, exclusive_max = 1000)]
    pub(crate) between: i64,
    #[schema(min = -0.5, exclusive_max = 1.5)]
    pub(crate) share: f64,
    pub(crate) small: u8,
    pub(crate) large: u32,
    #[schema(default)]
    #[serde(default = "seven")]
    pub(crate) seven: i16,
}

fn seven() -> i16 {
    7
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Texts {
    #[schema(
        min_length = 1,
        max_length = 63,
        pattern = "^[a-z]+$",
        default = "none"
    )]
    pub(crate) name: String,
    #[schema(format = "uuid")]
    pub(crate) id: Option<String>,
    #[schema(description = "Not what the comment says.")]
    /// What the comment says.
    pub(crate) described: Cow<'static, str>,
    pub(crate) letter: char,
    #[schema(default = Mood::Calm)]
    pub(crate) mood: Mood,
    /// A type of another crate, written as a string.
    #[serde(with = "minutes")]
    #[schema(like = "String", pattern = "^[0-9]+m$")]
    pub(crate) minutes: Duration,
    pub(crate) hex: Hex,
}

mod minutes {
    use super::{Deserialize, Duration};
    use serde::{Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Duration, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{}m", value.as_secs() / 60))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(d)?;
        let minutes = text
            .strip_suffix('m')
            .and_then(|text| text.parse::<u64>().ok());
        let minutes = minutes.ok_or_else(|| D::Error::custom("expected minutes, as in 5m"))?;
        Ok(Duration::from_secs(minutes * 60))
    }
}

/// A schema by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hex(pub(crate) String);

impl HandWritten for Hex {
    const SHAPE: Shape = Shape::string()
        .pattern("^[0-9a-f]*$")
        .described("Hexadecimal.");
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Mood {
    Calm,
    #[serde(rename = "")]
    Nothing,
    VeryBad,
}

/// A name is a string.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(max_length = 20)]
pub(crate) struct Name(#[schema(pattern = "^[a-z]*$")] pub(crate) String);

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lists {
    pub(crate) atomic: Vec<String>,
    #[schema(list_type = "atomic", min_items = 0, max_items = 5)]
    pub(crate) stated: VecDeque<i32>,
    #[schema(list_type = "set", items(max_length = 5))]
    pub(crate) set: Vec<String>,
    pub(crate) unique: BTreeSet<String>,
    #[schema(list_type = "map", map_keys("name", "number"))]
    pub(crate) ports: Vec<Port>,
    pub(crate) nested: Vec<Vec<i64>>,
    pub(crate) pair: [bool; 2],
    pub(crate) nullable: Vec<Option<i64>>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Port {
    pub(crate) name: String,
    #[schema(default = 80)]
    pub(crate) number: u16,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Maps {
    #[schema(values(max_length = 5), max_properties = 10)]
    pub(crate) labels: BTreeMap<String, String>,
    #[schema(map_type = "atomic")]
    pub(crate) numbered: HashMap<u8, Vec<i32>>,
    pub(crate) nested: BTreeMap<String, BTreeMap<String, bool>>,
}

/// Types that have a schema already, and types that have none.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(map_type = "granular", min_properties = 1)]
pub(crate) struct Known {
    pub(crate) time: Time,
    pub(crate) micro: MicroTime,
    pub(crate) quantity: Quantity,
    pub(crate) port: IntOrString,
    pub(crate) bytes: Bytes,
    pub(crate) selector: LabelSelector,
    #[schema(list_type = "map", map_keys("type"))]
    pub(crate) conditions: Vec<Condition>,
    pub(crate) metadata: ObjectMeta,
    pub(crate) address: Ipv4Addr,
    pub(crate) duration: Duration,
    pub(crate) anything: Value,
    pub(crate) object: Map<String, Value>,
    pub(crate) raw: RawExtension,
    #[schema(any)]
    pub(crate) any: Foreign,
    #[schema(preserve_unknown)]
    pub(crate) foreign: Vec<Option<Foreign>>,
    #[schema(embedded)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) embedded: Option<Value>,
    pub(crate) part: Part,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tree: Option<Box<Tree>>,
    #[schema(nullable = true)]
    pub(crate) boxed: Box<i32>,
    pub(crate) generic: Page<Name>,
}

/// A type that has no schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Foreign {
    pub(crate) any: i32,
}

/// Some of it is known.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(preserve_unknown)]
pub(crate) struct Part {
    pub(crate) known: bool,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// A recursion, and its end.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tree {
    pub(crate) name: String,
    #[schema(preserve_unknown)]
    pub(crate) branches: Vec<Tree>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Unions {
    pub(crate) external: External,
    pub(crate) internal: Internal,
    pub(crate) adjacent: Adjacent,
    pub(crate) untagged: Untagged,
    pub(crate) number_or_text: NumberOrText,
    pub(crate) optional: Option<External>,
    pub(crate) mood: Option<Mood>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum External {
    /// A circle.
    Circle {
        outer_radius: u8,
    },
    /// A square.
    Square(Square),
    Name(String),
    Nothing {},
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(rule("self.side != 13", message = "an unlucky side"))]
pub(crate) struct Square {
    pub(crate) side: u8,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(crate) enum Internal {
    BigCircle {
        radius: u8,
        color: Option<String>,
    },
    Square(Square),
    #[serde(rename_all = "UPPERCASE")]
    Loud {
        noise: bool,
        color: Option<String>,
    },
    Nothing,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value")]
pub(crate) enum Adjacent {
    Circle { radius: u8 },
    Sum { radius: u8, more: Vec<i32> },
    Nothing,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Untagged {
    Circle { radius: u8 },
    Named { name: String, deep: bool },
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum NumberOrText {
    Number(i32),
    Text(String),
}

/// Names, and any other.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Open {
    Known,
    #[serde(untagged)]
    Other(String),
}

/// Fields that are the struct's that holds it.
#[derive(Schema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[schema(rule("self.spread != 'bad'", message = "badly spread"))]
pub(crate) struct Spread {
    pub(crate) spread: String,
    #[schema(default)]
    pub(crate) list: Vec<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) absent: Option<i32>,
}

/// An enum among the fields of a struct.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "which")]
pub(crate) enum Choice {
    One { one: i32 },
    Two { two: i32 },
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Status {
    pub(crate) count: i32,
    pub(crate) selector: Option<String>,
}
