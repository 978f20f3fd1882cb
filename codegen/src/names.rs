//! The names of an earlier generation, which the next one keeps.
//!
//! A generated name depends on the other names: it is the shortest unambiguous one, with a number
//! if two are equal. A new version of a specification could thus rename types that did not
//! change. So a generation writes down its names, by their location in the specification, and
//! the next one starts from these. Names that are no longer used are forgotten. If a new type
//! would have a name that is taken, the new type gets a number.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use crate::Error;
use crate::group_version::GroupVersion;
use crate::naming::is_identifier;

/// Names by the places in the specification that they belong to.
///
/// Its text form is a line a name, sorted, to be kept beside the output and committed; it may
/// be edited, to call a type what one wants.
///
/// ```
/// use kubewright_codegen::Names;
///
/// let names = Names::read("names.lock", r#"type "com.example.v1.Size" "example/v1" "Width""#)?;
/// assert!(names.to_string().contains("\"Width\""));
/// assert!(Names::read("names.lock", "type ?").is_err());
/// # Ok::<(), kubewright_codegen::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    modules: BTreeMap<String, String>,
    methods: BTreeMap<(String, String), String>,
    types: BTreeMap<String, TypeName>,
    members: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a type is called, and in which group-version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeName {
    pub(crate) home: String,
    pub(crate) name: String,
}

impl Names {
    /// The file of the output that holds them.
    pub const FILE: &str = "names.lock";

    /// Reads what [`Display`](fmt::Display) wrote; `origin` is what errors call the text by.
    ///
    /// # Errors
    /// When a line is not a name in that form, or gives a second thing the name of a first.
    pub fn read(origin: &str, text: &str) -> Result<Self, Error> {
        let mut names = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                let place = |message| Error::new(origin, format!("line {}", index + 1), message);
                names.read_line(line).map_err(place)?;
            }
        }
        names
            .check_types()
            .map_err(|message| Error::new(origin, "", message))?;
        Ok(names)
    }

    fn read_line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let texts = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let mut texts: Vec<String> = texts
            .collect::<Result<_, _>>()
            .map_err(|error| format!("expected quoted texts after `{word}`: {error}"))?;
        let name = texts.pop().unwrap_or_default();
        if !is_identifier(&name) {
            return Err(format!("`{name}` cannot be a name in Rust"));
        }
        let known = match (word, &mut texts[..]) {
            ("module", [gv]) => self.modules.insert(take(gv), name).is_some(),
            ("method", [gv, plural]) => {
                let key = (take(gv), take(plural));
                self.methods.insert(key, name).is_some()
            }
            ("type", [id, home]) => {
                let home = take(home);
                self.types
                    .insert(take(id), TypeName { home, name })
                    .is_some()
            }
            ("member", [id, wire]) => {
                let members = self.members.entry(take(id)).or_default();
                members.insert(take(wire), name).is_some()
            }
            _ => {
                return Err(format!(
                    "`{word}` with {} texts is unknown",
                    texts.len() + 1
                ));
            }
        };
        match known {
            true => Err("this name is given twice".to_owned()),
            false => Ok(()),
        }
    }

    fn check_types(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        match self.types.values().find(|name| !seen.insert(*name)) {
            Some(name) => Err(format!(
                "{} has two types called {}: delete one of the lines",
                name.home, name.name
            )),
            None => Ok(()),
        }
    }

    pub(crate) fn add_module(&mut self, gv: &GroupVersion, name: &str) {
        self.modules.insert(gv.api_version(), name.to_owned());
    }

    pub(crate) fn add_method(&mut self, gv: &GroupVersion, plural: &str, name: &str) {
        let key = (gv.api_version(), plural.to_owned());
        self.methods.insert(key, name.to_owned());
    }

    pub(crate) fn add_type(&mut self, id: &str, home: &GroupVersion, name: &str) {
        let name = TypeName {
            home: home.api_version(),
            name: name.to_owned(),
        };
        self.types.insert(id.to_owned(), name);
    }

    pub(crate) fn add_member(&mut self, id: &str, wire: &str, name: &str) {
        let members = self.members.entry(id.to_owned()).or_default();
        members.insert(wire.to_owned(), name.to_owned());
    }

    pub(crate) fn module(&self, gv: &GroupVersion) -> Option<&String> {
        self.modules.get(&gv.api_version())
    }

    pub(crate) fn method(&self, gv: &GroupVersion, plural: &str) -> Option<&String> {
        self.methods.get(&(gv.api_version(), plural.to_owned()))
    }

    pub(crate) fn of_type(&self, id: &str) -> Option<&TypeName> {
        self.types.get(id)
    }

    pub(crate) fn member(&self, id: &str, wire: &str) -> Option<&String> {
        self.members.get(id)?.get(wire)
    }
}

fn take(text: &mut String) -> String {
    std::mem::take(text)
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (gv, name) in &self.modules {
            line(f, "module", &[gv, name])?;
        }
        for ((gv, plural), name) in &self.methods {
            line(f, "method", &[gv, plural, name])?;
        }
        for (id, name) in &self.types {
            line(f, "type", &[id, &name.home, &name.name])?;
            for (wire, name) in self.members.get(id).into_iter().flatten() {
                line(f, "member", &[id, wire, name])?;
            }
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, word: &str, texts: &[&str]) -> fmt::Result {
    f.write_str(word)?;
    for text in texts {
        f.write_str(" \"")?;
        text.chars().try_for_each(|c| push(f, c))?;
        f.write_char('"')?;
    }
    f.write_char('\n')
}

/// A character of a JSON string; what is not plain ASCII by its code, since it may come from
/// anybody and the file is read by people.
fn push(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '"' | '\\' => write!(f, "\\{c}"),
        ' '..='~' => f.write_char(c),
        _ => c
            .encode_utf16(&mut [0; 2])
            .iter()
            .try_for_each(|unit| write!(f, "\\u{unit:04x}")),
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn what_is_written_is_read() {
        let text = r#"module "apps/v1" "apps_v1"
method "apps/v1" "deployments" "deployments"
type "a/b \"c\"\u000a\u202e\ud83d\ude00" "apps/v1" "Odd"
member "a/b \"c\"\u000a\u202e\ud83d\ude00" "proxyURL" "proxy_url_2"
"#;
        let names = Names::read("names.lock", text).unwrap();
        assert_eq!(names.to_string(), text);
        let shown = format!("# a comment\n\n  {}", text.replace('\n', "\r\n"));
        assert_eq!(Names::read("names.lock", &shown).unwrap(), names);
    }

    #[test]
    fn an_invalid_name_is_reported_with_its_line() {
        for (text, expected) in [
            (
                "\ntype \"a\" \"b\" \"fn x() {}\"",
                "names.lock#line 2: `fn x() {}` cannot be",
            ),
            ("type \"a\" \"b\" \"type\"", "cannot be a name"),
            ("type \"a\" \"B\"", "`type` with 2 texts is unknown"),
            ("kind \"a\" \"B\"", "`kind` with 2 texts is unknown"),
            ("type a", "expected quoted texts"),
            (
                "module \"a\" \"b\"\nmodule \"a\" \"c\"",
                "line 2: this name is given twice",
            ),
            (
                "type \"a\" \"v1\" \"A\"\ntype \"b\" \"v1\" \"A\"",
                "v1 has two types called A",
            ),
        ] {
            let error = Names::read("names.lock", text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
