//! YAML as Go reads it, within limits.
//!
//! kubectl turns YAML into JSON and the JSON into structs. Here the same two steps are a tree
//! of [`Node`]s, which know their lines, and [`read`], which turns them into types. A text
//! is untrusted: its size, depth and number of nodes are bounded while it is read, so no
//! text costs more than a moment.

mod compose;
mod de;
pub(super) mod problem;
mod scalar;
mod write;

use std::rc::Rc;

use serde_json::Number;

pub(super) use self::compose::compose;
pub(super) use self::de::read;
use self::problem::YamlWarning;
pub(super) use self::write::write;

/// The largest text that is read. A thousand clusters with embedded certificates need half of it.
pub(super) const LARGEST_TEXT: usize = 8 << 20;
/// The deepest nesting that is read; a kubeconfig of kubectl has six levels.
const DEEPEST: usize = 64;
/// The largest number of nodes, copies by aliases included.
const MOST_NODES: usize = 500_000;

/// The first document of a text.
pub(super) struct Document {
    pub(super) root: Rc<Node>,
    pub(super) warnings: Vec<YamlWarning>,
}

/// A value and the line where it begins.
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: NodeValue,
    /// Levels below this node: aliases could add up to any depth.
    height: usize,
}

/// What JSON can express. Aliases share their node.
pub(super) enum NodeValue {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Sequence(Vec<Rc<Node>>),
    Mapping(Vec<(String, Rc<Node>)>),
}

impl Node {
    fn new(line: usize, value: NodeValue) -> Self {
        let below = match &value {
            NodeValue::Sequence(items) => items.iter().map(|item| item.height).max(),
            NodeValue::Mapping(entries) => entries.iter().map(|(_, value)| value.height).max(),
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {
                None
            }
        };
        Node {
            line,
            value,
            height: below.map_or(0, |below| below + 1),
        }
    }

    /// The kind of value, as a person calls it.
    fn kind(&self) -> &'static str {
        match &self.value {
            NodeValue::Null => "null",
            NodeValue::Bool(_) => "a boolean",
            NodeValue::Number(_) => "a number",
            NodeValue::String(_) => "a string",
            NodeValue::Sequence(_) => "a list",
            NodeValue::Mapping(_) => "a mapping",
        }
    }
}

#[cfg(test)]
mod tests;
