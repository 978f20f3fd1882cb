//! JSON paths as definitions use them, taken apart far enough to follow them through a type.
//!
//! `.status.conditions[?(@.type=="Ready")].status` is the steps `status`, `conditions`, an
//! item, `status`: which item a filter finds is only known at run time.

use std::fmt;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{LitStr, Path};

/// A path that was stated, and its steps.
pub(crate) struct JsonPath {
    pub(crate) text: LitStr,
    steps: Vec<Step>,
}

#[derive(Debug, PartialEq)]
enum Step {
    Field(String),
    Item,
}

impl JsonPath {
    /// Takes a path apart; what is wrong with it otherwise.
    pub(crate) fn parse(text: LitStr) -> Result<Self, String> {
        let steps = steps(&text.value())?;
        Ok(Self { text, steps })
    }

    /// A path without brackets, which is all that some places take.
    pub(crate) fn is_plain(&self) -> bool {
        !self.text.value().contains(['[', '\\'])
    }

    /// The first field.
    pub(crate) fn root(&self) -> &str {
        match self.steps.first() {
            Some(Step::Field(name)) => name,
            _ => "",
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The shape that the path leads to, or one message at the path.
    pub(crate) fn follow(&self, shape: &TokenStream, krate: &Path) -> TokenStream {
        let at = self.text.span();
        // A panic is shown where its path begins.
        let core = spanned(quote!(#krate::codegen::core), at);
        let steps = self.steps.iter().map(|step| match step {
            Step::Field(name) => quote!(#krate::codegen::crd::Step::Field(#name)),
            Step::Item => quote!(#krate::codegen::crd::Step::Item),
        });
        let faults = (0..self.steps.len()).map(|number| {
            let message = self.fault(number);
            quote_spanned!(at=> #core::result::Result::Err(#number) => #core::panic!("{}", #message),)
        });
        quote_spanned! {at=>
            match #shape.at(&[#(#steps),*]) {
                #core::result::Result::Ok(found) => found,
                #(#faults)*
                #core::result::Result::Err(_) => #shape,
            }
        }
    }

    fn fault(&self, number: usize) -> String {
        let before: String = self.steps[..number]
            .iter()
            .map(ToString::to_string)
            .collect();
        let place = match before.is_empty() {
            true => "the struct".to_owned(),
            false => format!("`{before}`"),
        };
        match &self.steps[number] {
            Step::Field(name) => {
                format!("{place} has no field that is written as `{name}` in JSON")
            }
            Step::Item => format!("{place} is not a list, so it has no items"),
        }
    }
}

/// The same tokens, at another place.
fn spanned(tokens: TokenStream, at: Span) -> TokenStream {
    let at_place = |mut token: TokenTree| {
        token.set_span(at);
        token
    };
    tokens.into_iter().map(at_place).collect()
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Field(name) => write!(f, ".{name}"),
            Step::Item => f.write_str("[]"),
        }
    }
}

fn steps(text: &str) -> Result<Vec<Step>, String> {
    let fault = || format!("{text:?} is not a path of a field: expected one as in \".spec.size\"");
    let mut rest = text;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, left) = match rest.as_bytes()[0] {
            b'.' => field(&rest[1..]).ok_or_else(fault)?,
            b'[' if !steps.is_empty() => bracket(rest).ok_or_else(fault)?,
            _ => return Err(fault()),
        };
        steps.push(step);
        rest = left;
    }
    if steps.is_empty() {
        return Err(fault());
    }
    Ok(steps)
}

/// A name up to the next dot or bracket; a dot of its own has a backslash before it.
fn field(rest: &str) -> Option<(Step, &str)> {
    let mut name = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => name.push(chars.next()?.1),
            '.' | '[' => return named(name, &rest[at..]),
            c if c.is_ascii_alphanumeric() || "_-$/".contains(c) => name.push(c),
            _ => return None,
        }
    }
    named(name, "")
}

fn named(name: String, rest: &str) -> Option<(Step, &str)> {
    (!name.is_empty()).then_some((Step::Field(name), rest))
}

/// `['name']`, or anything else in brackets, which finds items.
fn bracket(rest: &str) -> Option<(Step, &str)> {
    let mut depth = 0;
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth -= 1,
            (None, _) => {}
        }
        if depth == 0 {
            return inside(&rest[1..at]).map(|step| (step, &rest[at + 1..]));
        }
    }
    None
}

fn inside(text: &str) -> Option<Step> {
    let text = text.trim();
    for quote in ['\'', '"'] {
        if let Some(name) = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return (!name.is_empty()).then(|| Step::Field(name.to_owned()));
        }
    }
    (!text.is_empty()).then_some(Step::Item)
}

#[cfg(test)]
mod tests {
    use super::steps;

    fn shown(path: &str) -> Option<String> {
        let steps = steps(path).ok()?;
        Some(steps.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn paths_are_taken_apart() {
        for (path, expected) in [
            (".spec.size", ".spec.size"),
            (
                ".status.conditions[?(@.type==\"Ready]\")].status",
                ".status.conditions[].status",
            ),
            (".spec.ports[0].name", ".spec.ports[].name"),
            (".metadata.labels['a.b/c']", ".metadata.labels.a.b/c"),
            (
                ".metadata.annotations.a\\.b/c",
                ".metadata.annotations.a.b/c",
            ),
        ] {
            assert_eq!(shown(path).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_found() {
        for path in [
            "",
            ".",
            "spec",
            ".spec.",
            ".spec..size",
            ".a[",
            "[0]",
            ".a[]",
            ".a b",
            ".a\\",
        ] {
            assert_eq!(shown(path), None, "{path}");
        }
    }
}
