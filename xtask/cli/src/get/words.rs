//! The words on the command line, before discovery decides what they mean.
//!
//! Two forms, never mixed: resources and then names (`po,svc web api`), or one
//! `resource/name` a word (`po/web svc/api`).

use kubewright::{ResourceArg, RestMapper};

use super::failure::Failure;

/// One resource, or category, and the names asked of it; without names, all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// As it was typed.
    pub(super) word: String,
    pub(super) resource: ResourceArg,
    pub(super) names: Vec<String>,
}

impl Ask {
    /// Whether the word is a category, which comes before a resource of that name.
    pub(super) fn is_category(&self, mapper: &RestMapper) -> bool {
        !mapper.category(&self.word).is_empty()
    }
}

/// Reads the words of the command line.
pub(super) fn read(words: &[String]) -> Result<Vec<Ask>, Failure> {
    let Some((first, rest)) = words.split_first() else {
        return Err(Failure::usage("name a resource to get"));
    };
    let mut asks = Vec::new();
    for word in first.split(',') {
        asks.push(ask(word)?);
    }
    if asks.iter().any(|ask| !ask.names.is_empty()) {
        return each_by_name(words);
    }
    if let Some(word) = rest.iter().find(|word| word.contains('/')) {
        return Err(Failure::usage(format!(
            "`{word}` is not a name: give each object as resource/name, or one resource and then only names"
        )));
    }
    for ask in &mut asks {
        ask.names = rest.to_vec();
    }
    Ok(asks)
}

fn each_by_name(words: &[String]) -> Result<Vec<Ask>, Failure> {
    let asks: Vec<Ask> = words
        .iter()
        .map(|word| ask(word))
        .collect::<Result<_, _>>()?;
    match asks.iter().find(|ask| ask.names.is_empty()) {
        Some(bare) => Err(Failure::usage(format!(
            "`{}` has no name: if one object is given as resource/name, all must be",
            bare.word
        ))),
        None => Ok(asks),
    }
}

fn ask(word: &str) -> Result<Ask, Failure> {
    let resource: ResourceArg = word
        .parse()
        .map_err(|error| Failure::usage(format!("{error}")))?;
    let names = resource.name().map(str::to_owned).into_iter().collect();
    Ok(Ask {
        word: word.to_owned(),
        resource,
        names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Vec<(String, Vec<String>)>, String> {
        let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        match read(&words) {
            Ok(asks) => Ok(asks.into_iter().map(|ask| (ask.word, ask.names)).collect()),
            Err(failure) => Err(failure.to_string()),
        }
    }

    #[test]
    fn resources_come_first_and_names_are_asked_of_each() {
        for (line, expected) in [
            ("po", vec![("po", vec![])]),
            ("po,svc", vec![("po", vec![]), ("svc", vec![])]),
            ("po,svc a", vec![("po", vec!["a"]), ("svc", vec!["a"])]),
            ("deploy web api", vec![("deploy", vec!["web", "api"])]),
            (
                "apps/v1/deployments web",
                vec![("apps/v1/deployments", vec!["web"])],
            ),
            ("v1/pods", vec![("v1/pods", vec![])]),
            (
                "po/a svc/b",
                vec![("po/a", vec!["a"]), ("svc/b", vec!["b"])],
            ),
        ] {
            let asks = typed(line).unwrap();
            let asks: Vec<_> = asks
                .iter()
                .map(|(word, names)| (&**word, names.iter().map(|name| &**name).collect()))
                .collect();
            assert_eq!(asks, expected, "{line}");
        }
    }

    #[test]
    fn the_two_forms_do_not_mix() {
        for line in [
            "po/a svc",
            "po a svc/b",
            "po/a,svc/b c",
            "po,",
            "a/b/c/d",
            "",
        ] {
            assert!(typed(line).is_err(), "{line}");
        }
        let error = typed("po web svc/b").unwrap_err();
        assert!(error.contains("`svc/b` is not a name"), "{error}");
    }
}
