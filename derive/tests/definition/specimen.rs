//! A kind that uses everything: each option of the derives, each way in which serde writes.
//!
//! Its manifest is a golden file, and the conformance suite holds values of it to the
//! servers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::net::Ipv4Addr;
use std::time::Duration;

use kubewright_dynamic::crd::{Schema as HandWritten, Shape};
use kubewright_dynamic::meta::{
    Bytes, Condition, IntOrString, LabelSelector, MicroTime, Quantity, RawExtension, Time,
};
use kubewright_dynamic::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One of everything.
///
/// With a second paragraph.
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
pub struct Specimen {
    pub metadata: ObjectMeta,
    pub spec: Spec,
    pub status: Option<Status>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[schema(
    rule("self.numbers.count >= 0", message = "a count is not negative", reason = "FieldValueInvalid", field_path = ".numbers.count"),
    rule("has(self.type)", message_expression = "'never'", optional_old_self = false)
)]
pub struct Spec {
    pub plain: String,
    /// A keyword as a name.
    pub r#type: Name,
    #[serde(rename = "an-odd-name")]
    #[schema(immutable)]
    pub odd_name: Option<bool>,
    pub numbers: Numbers,
    pub texts: Texts,
    pub lists: Lists,
    pub maps: Maps,
    pub known: Known,
    pub unions: Unions,
    pub open: Open,
    #[serde(flatten)]
    pub spread: Spread,
    #[serde(flatten)]
    pub choice: Choice,
    #[serde(skip)]
    pub unseen: Unseen,
}

/// Serde does not see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unseen;

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    #[schema(default = 3, min = 0, max = 100, multiple_of = 1)]
    pub count: i32,
    #[schema(exclusive_min = -1, exclusive_max = 1000)]
    pub between: i64,
    #[schema(min = -0.5, exclusive_max = 1.5)]
    pub share: f64,
    pub small: u8,
    pub large: u32,
    #[schema(default)]
    #[serde(default = "seven")]
    pub seven: i16,
}

fn seven() -> i16 {
    7
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    #[schema(min_length = 1, max_length = 63, pattern = "^[a-z]+$", default = "none")]
    pub name: String,
    #[schema(format = "uuid")]
    pub id: Option<String>,
    #[schema(description = "Not what the comment says.")]
    /// What the comment says.
    pub described: Cow<'static, str>,
    pub letter: char,
    #[schema(default = Mood::Calm)]
    pub mood: Mood,
    /// A type of another crate, written as a string.
    #[serde(with = "minutes")]
    #[schema(like = "String", pattern = "^[0-9]+m$")]
    pub minutes: Duration,
    pub hex: Hex,
}

mod minutes {
    use super::{Deserialize, Duration};
    use serde::{Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Duration, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{}m", value.as_secs() / 60))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(d)?;
        let minutes = text.strip_suffix('m').and_then(|text| text.parse::<u64>().ok());
        let minutes = minutes.ok_or_else(|| D::Error::custom("expected minutes, as in 5m"))?;
        Ok(Duration::from_secs(minutes * 60))
    }
}

/// A schema by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hex(pub String);

impl HandWritten for Hex {
    const SHAPE: Shape = Shape::string().pattern("^[0-9a-f]*$").described("Hexadecimal.");
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mood {
    Calm,
    #[serde(rename = "")]
    Nothing,
    VeryBad,
}

/// A name is a string.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(max_length = 20)]
pub struct Name(#[schema(pattern = "^[a-z]*$")] pub String);

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lists {
    pub atomic: Vec<String>,
    #[schema(list_type = "atomic", min_items = 0, max_items = 5)]
    pub stated: VecDeque<i32>,
    #[schema(list_type = "set", items(max_length = 5))]
    pub set: Vec<String>,
    pub unique: BTreeSet<String>,
    #[schema(list_type = "map", map_keys("name", "number"))]
    pub ports: Vec<Port>,
    pub nested: Vec<Vec<i64>>,
    pub pair: [bool; 2],
    pub nullable: Vec<Option<i64>>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Port {
    pub name: String,
    #[schema(default = 80)]
    pub number: u16,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Maps {
    #[schema(values(max_length = 5), max_properties = 10)]
    pub labels: BTreeMap<String, String>,
    #[schema(map_type = "atomic")]
    pub numbered: HashMap<u8, Vec<i32>>,
    pub nested: BTreeMap<String, BTreeMap<String, bool>>,
}

/// Types that have a schema already, and types that have none.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(map_type = "granular", min_properties = 1)]
pub struct Known {
    pub time: Time,
    pub micro: MicroTime,
    pub quantity: Quantity,
    pub port: IntOrString,
    pub bytes: Bytes,
    pub selector: LabelSelector,
    #[schema(list_type = "map", map_keys("type"))]
    pub conditions: Vec<Condition>,
    pub metadata: ObjectMeta,
    pub address: Ipv4Addr,
    pub duration: Duration,
    pub anything: Value,
    pub object: Map<String, Value>,
    pub raw: RawExtension,
    #[schema(any)]
    pub any: Foreign,
    #[schema(preserve_unknown)]
    pub foreign: Vec<Option<Foreign>>,
    #[schema(embedded)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedded: Option<Value>,
    pub part: Part,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<Box<Tree>>,
    #[schema(nullable = true)]
    pub boxed: Box<i32>,
    pub generic: Page<Name>,
}

/// A type that has no schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foreign {
    pub any: i32,
}

/// Some of it is known.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(preserve_unknown)]
pub struct Part {
    pub known: bool,
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A recursion, and its end.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    pub name: String,
    #[schema(preserve_unknown)]
    pub branches: Vec<Tree>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unions {
    pub external: External,
    pub internal: Internal,
    pub adjacent: Adjacent,
    pub untagged: Untagged,
    pub number_or_text: NumberOrText,
    pub optional: Option<External>,
    pub mood: Option<Mood>,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum External {
    /// A circle.
    Circle { outer_radius: u8 },
    /// A square.
    Square(Square),
    Name(String),
    Nothing {},
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[schema(rule("self.side != 13", message = "an unlucky side"))]
pub struct Square {
    pub side: u8,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Internal {
    BigCircle { radius: u8, color: Option<String> },
    Square(Square),
    #[serde(rename_all = "UPPERCASE")]
    Loud { noise: bool, color: Option<String> },
    Nothing,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value")]
pub enum Adjacent {
    Circle { radius: u8 },
    Sum { radius: u8, more: Vec<i32> },
    Nothing,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Circle { radius: u8 },
    Named { name: String, deep: bool },
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NumberOrText {
    Number(i32),
    Text(String),
}

/// Names, and any other.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Open {
    Known,
    #[serde(untagged)]
    Other(String),
}

/// Fields that are the struct's that holds it.
#[derive(Schema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[schema(rule("self.spread != 'bad'", message = "badly spread"))]
pub struct Spread {
    pub spread: String,
    #[schema(default)]
    pub list: Vec<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<i32>,
}

/// An enum among the fields of a struct.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "which")]
pub enum Choice {
    One { one: i32 },
    Two { two: i32 },
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    pub count: i32,
    pub selector: Option<String>,
}
