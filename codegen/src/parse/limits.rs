//! The limits and rules that a schema sets on a value, beyond its type.
//!
//! The server enforces them, no type can; they become documentation.

use super::{Json, Node};
use crate::Error;

/// The keywords that limit a value, with what people call them.
const KEYWORDS: &[(&str, &str)] = &[
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("multipleOf", "a multiple of"),
    ("minLength", "length at least"),
    ("maxLength", "length at most"),
    ("pattern", "pattern"),
    ("minItems", "items at least"),
    ("maxItems", "items at most"),
    ("minProperties", "entries at least"),
    ("maxProperties", "entries at most"),
];

/// Limits and rules, in the order of the keywords.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Limits {
    /// A limit in words, and its value.
    pub(crate) limits: Vec<(&'static str, String)>,
    /// CEL rules (`x-kubernetes-validations`): what they say when they are broken, else the
    /// rule itself.
    pub(crate) rules: Vec<String>,
    /// Whether the schema says that it is not to be used any more.
    pub(crate) deprecated: bool,
}

impl Limits {
    /// Leaves what `other` demands as well.
    pub(crate) fn keep_common(&mut self, other: &Self) {
        self.limits.retain(|limit| other.limits.contains(limit));
        self.rules.retain(|rule| other.rules.contains(rule));
        self.deprecated &= other.deprecated;
    }

    pub(super) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let mut limits = Vec::new();
        for (keyword, words) in KEYWORDS {
            if let Some(value) = node.get(keyword)? {
                limits.push((*words, shown(value.value)));
            }
        }
        limits.extend(format(node)?.map(|format| ("format", format)));
        Ok(Self {
            limits,
            rules: rules(node)?,
            deprecated: matches!(
                node.get("deprecated")?.map(|node| node.value),
                Some(Json::Bool(true))
            ),
        })
    }
}

/// The format of a string that no type stands for.
fn format(node: &Node<'_>) -> Result<Option<String>, Error> {
    const TYPES: [&str; 3] = ["byte", "date-time", "int-or-string"];
    let is_string = match node.get("type")?.map(|node| node.value) {
        Some(Json::String(ty)) => ty == "string",
        _ => false,
    };
    let format = node.string("format")?;
    Ok(format.filter(|format| is_string && !TYPES.contains(&format.as_str())))
}

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_value().to_string(),
    }
}

fn rules(node: &Node<'_>) -> Result<Vec<String>, Error> {
    let Some(validations) = node.get("x-kubernetes-validations")? else {
        return Ok(Vec::new());
    };
    let mut rules = Vec::new();
    for validation in validations.items()? {
        let message = validation.string("message")?;
        rules.extend(match message {
            Some(message) if !message.trim().is_empty() => Some(message),
            _ => validation.string("rule")?,
        });
    }
    Ok(rules)
}
