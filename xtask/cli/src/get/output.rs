//! The values of `-o`.

use std::str::FromStr;

use super::path::Path;
use super::template::Template;

/// A form of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Table {
        wide: bool,
    },
    Json,
    Yaml,
    Name,
    /// One value of each object, a line an object.
    Path(Path),
    /// Values of the whole output, as kubectl's jsonpath.
    Template(Template),
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (form, detail) = match text.split_once('=') {
            Some((form, detail)) => (form, Some(detail)),
            None => (text, None),
        };
        match (form, detail) {
            ("table" | "", None) => Ok(Output::Table { wide: false }),
            ("wide", None) => Ok(Output::Table { wide: true }),
            ("json", None) => Ok(Output::Json),
            ("yaml", None) => Ok(Output::Yaml),
            ("name", None) => Ok(Output::Name),
            ("path", Some(path)) => path.parse().map(Output::Path),
            ("jsonpath", Some(template)) => template.parse().map(Output::Template),
            ("path", None) => Err("expected a path, as in path=.spec.replicas".to_owned()),
            ("jsonpath", None) => Err("expected a template, as in jsonpath={.spec.replicas}".to_owned()),
            _ => Err("expected table, wide, json, yaml, name, path=.spec.replicas or jsonpath={.spec.replicas}".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_known_and_others_are_refused_with_the_choices() {
        for (text, expected) in [
            ("table", Output::Table { wide: false }),
            ("wide", Output::Table { wide: true }),
            ("json", Output::Json),
            ("yaml", Output::Yaml),
            ("name", Output::Name),
            ("path=.spec", Output::Path(".spec".parse().unwrap())),
            ("jsonpath={.a}", Output::Template("{.a}".parse().unwrap())),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in [
            "xml",
            "json=x",
            "path",
            "jsonpath",
            "path=",
            "custom-columns=A:.b",
        ] {
            assert!(text.parse::<Output>().is_err(), "{text}");
        }
    }
}
