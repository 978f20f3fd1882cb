//! Reading and writing by JSON pointer, in text and in maps alike.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::problem::UnstructuredProblem;
use super::whole::Whole;
use crate::model::error::Result;
use crate::model::json::{Found, Pointer, find, index};

pub(super) fn read_text<T: DeserializeOwned>(text: &str, pointer: &str) -> Result<Option<T>> {
    let pointer = parse(pointer)?;
    match find(text, &pointer).map_err(|source| UnstructuredProblem::NotJson { source })? {
        Found::Text(found) => decoded(serde_json::from_str(found), found == "null", &pointer),
        Found::Nothing => Ok(None),
        Found::Blocked { tokens } => Err(blocked(&pointer, tokens).into()),
    }
}

pub(super) fn read_map<T: DeserializeOwned>(
    map: &Map<String, Value>,
    pointer: &str,
) -> Result<Option<T>> {
    let pointer = parse(pointer)?;
    let Some((first, rest)) = pointer.tokens().split_first() else {
        return decoded(T::deserialize(Whole(map)), false, &pointer);
    };
    let mut here = map.get(first);
    for (followed, token) in rest.iter().enumerate() {
        here = match here {
            Some(Value::Object(map)) => map.get(token),
            Some(Value::Array(array)) => index(token).and_then(|index| array.get(index)),
            None | Some(Value::Null) => return Ok(None),
            Some(_) => return Err(blocked(&pointer, followed + 1).into()),
        };
    }
    here.map_or(Ok(None), |found| {
        decoded(T::deserialize(found), found.is_null(), &pointer)
    })
}

/// A null that the type has no use for is the same as nothing ([rule D1](crate::semantics#d1)).
fn decoded<T>(
    result: serde_json::Result<T>,
    is_null: bool,
    pointer: &Pointer,
) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(_) if is_null => Ok(None),
        Err(source) => Err(UnstructuredProblem::Unreadable {
            pointer: pointer.to_string(),
            source,
        }
        .into()),
    }
}

pub(super) fn write(map: &mut Map<String, Value>, pointer: &str, value: Value) -> Result<()> {
    let pointer = parse(pointer)?;
    // The way is checked before anything is made, so that a failure leaves no trace.
    check_way(map, &pointer)?;
    let Some((first, rest)) = pointer.tokens().split_first() else {
        return Err(UnstructuredProblem::WholeWritten.into());
    };
    let mut here = map.entry(first.as_str()).or_insert(Value::Null);
    for token in rest {
        here = step(here, token);
    }
    *here = value;
    Ok(())
}

/// One step down for writing; what is missing becomes an object.
fn step<'a>(here: &'a mut Value, token: &str) -> &'a mut Value {
    if here.is_null() {
        *here = Value::Object(Map::new());
    }
    match here {
        Value::Array(array) => {
            let index = if token == "-" {
                array.len()
            } else {
                index(token).unwrap_or(array.len())
            };
            if index >= array.len() {
                array.push(Value::Null);
            }
            let index = index.min(array.len() - 1);
            &mut array[index]
        }
        Value::Object(map) => map.entry(token).or_insert(Value::Null),
        // The way was checked: nothing else stands on it.
        other => other,
    }
}

fn check_way(map: &Map<String, Value>, pointer: &Pointer) -> Result<(), UnstructuredProblem> {
    let Some((first, rest)) = pointer.tokens().split_first() else {
        return Ok(());
    };
    let mut here = map.get(first);
    for (followed, token) in rest.iter().enumerate() {
        here = match here {
            None | Some(Value::Null) => return Ok(()),
            Some(Value::Object(map)) => map.get(token),
            Some(Value::Array(array)) => match index(token) {
                Some(index) if index < array.len() => array.get(index),
                Some(index) if index == array.len() => None,
                _ if token == "-" => None,
                _ => return Err(no_such_index(pointer, followed + 1, array.len())),
            },
            Some(_) => return Err(blocked(pointer, followed + 1)),
        };
    }
    Ok(())
}

pub(super) fn remove(map: &mut Map<String, Value>, pointer: &str) -> Result<Option<Value>> {
    let pointer = parse(pointer)?;
    let Some((last, way)) = pointer.tokens().split_last() else {
        return Err(UnstructuredProblem::WholeRemoved.into());
    };
    let Some((first, middle)) = way.split_first() else {
        return Ok(map.remove(last));
    };
    let parent = middle
        .iter()
        .try_fold(map.get_mut(first), |here, token| match here {
            Some(Value::Object(map)) => Some(map.get_mut(token)),
            Some(Value::Array(array)) => Some(index(token).and_then(|index| array.get_mut(index))),
            _ => None,
        });
    Ok(match parent.flatten() {
        Some(Value::Object(map)) => map.remove(last),
        Some(Value::Array(array)) => match index(last) {
            Some(index) if index < array.len() => Some(array.remove(index)),
            _ => None,
        },
        _ => None,
    })
}

fn parse(pointer: &str) -> Result<Pointer, UnstructuredProblem> {
    Pointer::parse(pointer).ok_or_else(|| UnstructuredProblem::NotAPointer {
        pointer: pointer.to_owned(),
    })
}

fn blocked(pointer: &Pointer, tokens: usize) -> UnstructuredProblem {
    UnstructuredProblem::Blocked {
        at: pointer.prefix(tokens).to_string(),
        pointer: pointer.to_string(),
    }
}

fn no_such_index(pointer: &Pointer, tokens: usize, len: usize) -> UnstructuredProblem {
    UnstructuredProblem::NoSuchIndex {
        at: pointer.prefix(tokens).to_string(),
        len,
        pointer: pointer.to_string(),
    }
}

/// The type of a value, in words for messages.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
