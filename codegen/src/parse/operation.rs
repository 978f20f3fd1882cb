//! One operation of a path: the members that resources, verbs and bodies are read from.

use super::{GroupVersionKind, Json, Node, Parameter, Reference};
use crate::Error;

/// An HTTP method on a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) path: String,
    pub(crate) method: Method,
    /// `x-kubernetes-action`; absent in the specs of some aggregated servers.
    pub(crate) action: Option<String>,
    pub(crate) kind: Option<GroupVersionKind>,
    /// The definition that the request body must be.
    pub(crate) request: Option<Reference>,
    /// The definition that a successful reply is.
    pub(crate) response: Option<Reference>,
    /// Whether the reply is text or a stream, not an object.
    pub(crate) raw_response: bool,
    /// Whether a patch may be a strategic merge.
    pub(crate) strategic: bool,
    /// The query parameters, where the reply is not an object.
    pub(crate) parameters: Vec<Parameter>,
}

const STRATEGIC: &str = "application/strategic-merge-patch+json";

/// The methods that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Delete,
    Get,
    Patch,
    Post,
    Put,
    /// HEAD, OPTIONS and others: only proxies have them.
    Other,
}

impl Operation {
    /// Every operation under `paths`; `root` resolves shared parameters.
    pub(crate) fn parse_all(root: &Node<'_>) -> Result<Vec<Self>, Error> {
        let Some(paths) = root.get("paths")? else {
            return Ok(Vec::new());
        };
        let mut operations = Vec::new();
        for (path, item) in paths.entries()? {
            for (key, node) in item.entries()? {
                if let Some(method) = Method::parse(key) {
                    let mut operation = Self::parse(root, path, method, &node)?;
                    if operation.raw_response {
                        for holder in [&item, &node] {
                            operation
                                .parameters
                                .extend(Parameter::of_query(root, holder)?);
                        }
                    }
                    operations.push(operation);
                }
            }
        }
        Ok(operations)
    }

    fn parse(root: &Node<'_>, path: &str, method: Method, node: &Node<'_>) -> Result<Self, Error> {
        let (response, raw_response) = response(node)?;
        Ok(Self {
            path: path.to_owned(),
            method,
            action: node.string("x-kubernetes-action")?,
            kind: GroupVersionKind::set(node)?.into_iter().next(),
            request: request(root, node)?,
            response,
            raw_response,
            strategic: accepts(node, STRATEGIC)?,
            parameters: Vec::new(),
        })
    }
}

impl Method {
    fn parse(key: &str) -> Option<Self> {
        Some(match key {
            "delete" => Self::Delete,
            "get" => Self::Get,
            "patch" => Self::Patch,
            "post" => Self::Post,
            "put" => Self::Put,
            "head" | "options" | "trace" => Self::Other,
            _ => return None,
        })
    }
}

/// The body's definition: `requestBody` in v3, the parameter that is `in: body` in v2.
fn request(root: &Node<'_>, node: &Node<'_>) -> Result<Option<Reference>, Error> {
    if let Some(body) = node.get("requestBody")? {
        return content(&body);
    }
    let Some(parameters) = node.get("parameters")? else {
        return Ok(None);
    };
    for parameter in parameters.items()? {
        let found = match parameter.get("$ref")? {
            Some(shared) => shared_body(root, shared.text()?)?,
            None => body_parameter(&parameter)?,
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether an operation takes a media type: `requestBody` in v3, `consumes` in v2.
fn accepts(node: &Node<'_>, media: &str) -> Result<bool, Error> {
    if let Some(body) = node.get("requestBody")? {
        let content = body.get("content")?;
        return Ok(content.is_some_and(|content| matches!(content.get(media), Ok(Some(_)))));
    }
    Ok(node.strings("consumes")?.iter().any(|taken| taken == media))
}

fn shared_body(root: &Node<'_>, target: &str) -> Result<Option<Reference>, Error> {
    let Some(name) = target.strip_prefix("#/parameters/") else {
        return Ok(None);
    };
    let Some(parameters) = root.get("parameters")? else {
        return Ok(None);
    };
    parameters
        .get(name)?
        .map_or(Ok(None), |parameter| body_parameter(&parameter))
}

fn body_parameter(node: &Node<'_>) -> Result<Option<Reference>, Error> {
    match node.string("in")?.as_deref() {
        Some("body") => schema_reference(node),
        _ => Ok(None),
    }
}

/// The definition of the first successful reply, and whether that reply is not an object.
fn response(node: &Node<'_>) -> Result<(Option<Reference>, bool), Error> {
    let Some(responses) = node.get("responses")? else {
        return Ok((None, false));
    };
    for code in ["200", "201", "202"] {
        let Some(reply) = responses.get(code)? else {
            continue;
        };
        let found = match schema_reference(&reply)? {
            None => content(&reply)?,
            found => found,
        };
        return Ok((found.clone(), found.is_none()));
    }
    Ok((None, false))
}

/// v3 spells one schema per media type; they are the same one.
fn content(node: &Node<'_>) -> Result<Option<Reference>, Error> {
    let Some(content) = node.get("content")? else {
        return Ok(None);
    };
    for (_, media) in content.entries()? {
        if let Some(found) = schema_reference(&media)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn schema_reference(node: &Node<'_>) -> Result<Option<Reference>, Error> {
    match node.get("schema")? {
        Some(schema) if matches!(schema.value, Json::Object(_)) => Reference::of(&schema),
        _ => Ok(None),
    }
}
