//! From a tree to types, as Go's `encoding/json` fills structs.
//!
//! `null` is the zero value of whatever is expected, and an empty string is an optional
//! string that is not set. An error knows the path and the line of the value.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::slice;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, de};

use super::problem::YamlProblem;
use super::{MOST_NODES, Node, NodeValue};

/// Reads a value of a type.
pub(in super::super) fn read<T: for<'de> Deserialize<'de>>(node: &Node) -> Result<T, YamlProblem> {
    let left = Cell::new(MOST_NODES);
    T::deserialize(Reader { node, left: &left }).map_err(|error| error.problem(node.line))
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    /// How many more nodes may be read: an alias can stand for a tree, many times.
    left: &'a Cell<usize>,
}

impl<'a> Reader<'a> {
    fn child(self, node: &'a Node) -> Result<Self, ReadError> {
        let left = self.left.get().checked_sub(1).ok_or(ReadError::TooMany)?;
        self.left.set(left);
        Ok(Reader { node, ..self })
    }

    fn is_empty(self) -> bool {
        match &self.node.value {
            NodeValue::Null => true,
            NodeValue::String(text) => text.is_empty(),
            _ => false,
        }
    }

    fn wrong<'de, V: Visitor<'de>>(self, visitor: &V) -> ReadError {
        ReadError::Type {
            path: Vec::new(),
            line: Some(self.node.line),
            expected: expected(visitor),
            found: self.node.kind(),
        }
    }
}

/// An error on its way up, where it collects its path.
#[derive(Debug)]
enum ReadError {
    TooMany,
    Type {
        /// Innermost first.
        path: Vec<Segment>,
        line: Option<usize>,
        expected: &'static str,
        found: &'static str,
    },
}

#[derive(Debug)]
enum Segment {
    Key(String),
    Index(usize),
}

impl ReadError {
    fn at(mut self, segment: impl FnOnce() -> Segment, node: &Node) -> Self {
        if let ReadError::Type { path, line, .. } = &mut self {
            path.push(segment());
            line.get_or_insert(node.line);
        }
        self
    }

    fn problem(self, root: usize) -> YamlProblem {
        match self {
            ReadError::TooMany => YamlProblem::TooMany,
            ReadError::Type {
                path,
                line,
                expected,
                found,
            } => YamlProblem::Type {
                key: joined(&path),
                line: line.unwrap_or(root),
                expected,
                found,
            },
        }
    }
}

fn joined(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path.iter().rev() {
        match segment {
            Segment::Index(index) => text += &format!("[{index}]"),
            Segment::Key(key) if text.is_empty() => text += key,
            Segment::Key(key) => text += &format!(".{key}"),
        }
    }
    text
}

/// What a type wants, in the words of YAML.
fn expected(expected: &dyn Expected) -> &'static str {
    match expected.to_string().as_str() {
        "a boolean" => "true or false",
        "a sequence" => "a list",
        text if text.starts_with("struct ") || text.contains("map") => "a mapping",
        _ => "a string",
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value does not have the type that is expected")
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    /// The message of a type may repeat the value, and is dropped.
    fn custom<T: fmt::Display>(_: T) -> Self {
        ReadError::Type {
            path: Vec::new(),
            line: None,
            expected: "another value",
            found: "one that is not allowed",
        }
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Str(_) => "a string",
            Unexpected::Seq => "a list",
            Unexpected::Map => "a mapping",
            _ => "null",
        };
        ReadError::Type {
            path: Vec::new(),
            line: None,
            expected: expected(wanted),
            found,
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.value {
            NodeValue::Null => visitor.visit_unit(),
            NodeValue::Bool(value) => visitor.visit_bool(*value),
            NodeValue::String(text) => visitor.visit_str(text),
            NodeValue::Number(number) => number
                .deserialize_any(visitor)
                .map_err(|_: serde_json::Error| de::Error::custom("number")),
            NodeValue::Sequence(items) => visitor.visit_seq(Items::new(self, items)),
            NodeValue::Mapping(entries) => visitor.visit_map(Entries::new(self, entries)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node.value {
            NodeValue::Null => visitor.visit_bool(false),
            NodeValue::Bool(value) => visitor.visit_bool(value),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.value {
            NodeValue::Null => visitor.visit_str(""),
            NodeValue::String(text) => visitor.visit_str(text),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.is_empty() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.value {
            NodeValue::Sequence(items) => visitor.visit_seq(Items::new(self, items)),
            NodeValue::Null => visitor.visit_seq(Items::new(self, &[])),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.value {
            NodeValue::Mapping(entries) => visitor.visit_map(Entries::new(self, entries)),
            NodeValue::Null => visitor.visit_map(Entries::new(self, &[])),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier
    }
}

struct Items<'a> {
    parent: Reader<'a>,
    items: std::iter::Enumerate<slice::Iter<'a, Rc<Node>>>,
}

impl<'a> Items<'a> {
    fn new(parent: Reader<'a>, items: &'a [Rc<Node>]) -> Self {
        Items {
            parent,
            items: items.iter().enumerate(),
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(self.parent.child(node)?);
        read.map(Some)
            .map_err(|error| error.at(|| Segment::Index(index), node))
    }
}

struct Entries<'a> {
    parent: Reader<'a>,
    entries: slice::Iter<'a, (String, Rc<Node>)>,
    /// The entry whose key was read.
    current: Option<&'a (String, Rc<Node>)>,
}

impl<'a> Entries<'a> {
    fn new(parent: Reader<'a>, entries: &'a [(String, Rc<Node>)]) -> Self {
        Entries {
            parent,
            entries: entries.iter(),
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        self.current = self.entries.next();
        let Some((key, _)) = self.current else {
            return Ok(None);
        };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let (key, node) = self.current.ok_or(ReadError::TooMany)?;
        seed.deserialize(self.parent.child(node)?)
            .map_err(|error| error.at(|| Segment::Key(key.clone()), node))
    }
}
