//! A query parameter of an operation whose reply is text or a stream.

use super::{Json, Node};
use crate::Error;

/// A parameter and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) holds: Holds,
    pub(crate) description: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Flag,
    Number,
    Text,
}

impl Holds {
    fn of(schema: &Node<'_>) -> Result<Self, Error> {
        let ty = schema.get("type")?;
        Ok(match ty.map(|node| node.value) {
            Some(Json::String(ty)) if ty == "boolean" => Self::Flag,
            Some(Json::String(ty)) if ty == "integer" => Self::Number,
            _ => Self::Text,
        })
    }
}

impl Parameter {
    /// The query parameters of a path or of an operation; `root` resolves shared ones.
    pub(super) fn of_query(root: &Node<'_>, holder: &Node<'_>) -> Result<Vec<Self>, Error> {
        let Some(parameters) = holder.get("parameters")? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for parameter in parameters.items()? {
            found.extend(match parameter.get("$ref")? {
                Some(shared) => Self::shared(root, shared.text()?)?,
                None => Self::parse(&parameter)?,
            });
        }
        Ok(found)
    }

    fn shared(root: &Node<'_>, target: &str) -> Result<Option<Self>, Error> {
        if let Some(name) = target.strip_prefix("#/parameters/") {
            return match root.get("parameters")? {
                Some(shared) => shared
                    .get(name)?
                    .map_or(Ok(None), |node| Self::parse(&node)),
                None => Ok(None),
            };
        }
        let Some(name) = target.strip_prefix("#/components/parameters/") else {
            return Ok(None);
        };
        let Some(components) = root.get("components")? else {
            return Ok(None);
        };
        match components.get("parameters")? {
            Some(shared) => shared
                .get(name)?
                .map_or(Ok(None), |node| Self::parse(&node)),
            None => Ok(None),
        }
    }

    /// `None` for what is not of the query. v3 puts the type into a schema, v2 beside it.
    fn parse(node: &Node<'_>) -> Result<Option<Self>, Error> {
        if node.string("in")?.as_deref() != Some("query") {
            return Ok(None);
        }
        let Some(name) = node.string("name")? else {
            return Ok(None);
        };
        let holds = match node.get("schema")? {
            Some(schema) => Holds::of(&schema)?,
            None => Holds::of(node)?,
        };
        let description = node.string("description")?;
        Ok(Some(Self {
            name,
            holds,
            description,
        }))
    }
}
