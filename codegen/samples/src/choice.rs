//! Unions as structural schemas spell them: branches that require properties.
//!
//! `oneOf: [{required: [a]}, {required: [b]}]` says that exactly one is there; a branch of
//! `not: {anyOf: [required…]}` says that none may be. Branches about values are not
//! understood here.

use std::collections::BTreeSet;

use serde_json::Value;

/// What a union decided about the properties of an object.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Choice<'a> {
    pub(crate) wanted: BTreeSet<&'a str>,
    pub(crate) unwanted: BTreeSet<&'a str>,
}

/// Decides the unions of a schema, one branch each.
pub(crate) fn decide<'a>(schema: &'a Value, rng: &mut fastrand::Rng) -> Choice<'a> {
    let mut choice = Choice::default();
    unions(schema, rng, &mut choice);
    let wanted = std::mem::take(&mut choice.wanted);
    choice.unwanted.retain(|name| !wanted.contains(name));
    choice.wanted = wanted;
    choice
}

fn unions<'a>(schema: &'a Value, rng: &mut fastrand::Rng, choice: &mut Choice<'a>) {
    for word in ["oneOf", "anyOf"] {
        let branches = schema[word].as_array().map_or(&[][..], Vec::as_slice);
        if branches.is_empty() {
            continue;
        }
        let chosen = rng.usize(..branches.len());
        choice.wanted.extend(required(&branches[chosen]));
        let others = branches.iter().enumerate().filter(|(at, _)| *at != chosen);
        if word == "oneOf" {
            choice
                .unwanted
                .extend(others.flat_map(|(_, branch)| required(branch)));
        }
    }
    choice.unwanted.extend(required(&schema["not"]));
    for part in schema["allOf"].as_array().into_iter().flatten() {
        unions(part, rng, choice);
    }
}

fn required(branch: &Value) -> impl Iterator<Item = &str> {
    branch["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_branch_is_wanted_and_the_others_are_not() {
        let schema = json!({"oneOf": [{"not": {"anyOf": [{"required": ["a"]}]}}, {"required": ["a"]}, {"required": ["b"]}]});
        let mut seen = BTreeSet::new();
        for seed in 0..50 {
            let choice = decide(&schema, &mut fastrand::Rng::with_seed(seed));
            assert!(choice.wanted.len() <= 1 && choice.wanted.is_disjoint(&choice.unwanted));
            assert_eq!(choice.wanted.len() + choice.unwanted.len(), 2);
            seen.extend(choice.wanted);
        }
        assert_eq!(seen, BTreeSet::from(["a", "b"]));
    }
}
