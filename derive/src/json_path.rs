//! JSON paths as definitions use them, taken apart far enough to follow them through a type.
//!
//! `.status.conditions[?(@.type=="Ready")].status` is the segments `status`, `conditions`, an
//! item, `status`: which item a filter finds is only known at run time.

use std::fmt;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{LitStr, Path};

/// A path that was stated, and its segments.
pub(crate) struct JsonPath {
    pub(crate) text: LitStr,
    segments: Vec<Segment>,
}

#[derive(Debug, PartialEq)]
enum Segment {
    Field(String),
    Item,
}

impl JsonPath {
    /// Takes a path apart; what is wrong with it otherwise.
    pub(crate) fn parse(text: LitStr) -> Result<Self, String> {
        let segments = segments(&text.value())?;
        Ok(Self { text, segments })
    }

    /// A path without brackets, which is all that some places take.
    pub(crate) fn is_plain(&self) -> bool {
        !self.text.value().contains(['[', '\\'])
    }

    /// The first field.
    pub(crate) fn root(&self) -> &str {
        match self.segments.first() {
            Some(Segment::Field(name)) => name,
            _ => "",
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.segments.len()
    }

    /// The shape that the path leads to, or one message at the path.
    pub(crate) fn follow(&self, shape: &TokenStream, krate: &Path) -> TokenStream {
        let at = self.text.span();
        // A panic is shown where its path begins.
        let core = spanned(quote!(#krate::codegen::core), at);
        let segments = self.segments.iter().map(|segment| match segment {
            Segment::Field(name) => quote!(#krate::codegen::crd::Segment::Field(#name)),
            Segment::Item => quote!(#krate::codegen::crd::Segment::Item),
        });
        let faults = (0..self.segments.len()).map(|number| {
            let message = self.fault(number);
            quote_spanned!(at=> #core::result::Result::Err(#number) => #core::panic!("{}", #message),)
        });
        quote_spanned! {at=>
            match #shape.at(&[#(#segments),*]) {
                #core::result::Result::Ok(found) => found,
                #(#faults)*
                #core::result::Result::Err(_) => #shape,
            }
        }
    }

    fn fault(&self, number: usize) -> String {
        let before: String = self.segments[..number]
            .iter()
            .map(ToString::to_string)
            .collect();
        let place = match before.is_empty() {
            true => "the struct".to_owned(),
            false => format!("`{before}`"),
        };
        match &self.segments[number] {
            Segment::Field(name) => {
                format!("{place} has no field that is written as `{name}` in JSON")
            }
            Segment::Item => format!("{place} is not a list, so it has no items"),
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

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Field(name) => write!(f, ".{name}"),
            Segment::Item => f.write_str("[]"),
        }
    }
}

fn segments(text: &str) -> Result<Vec<Segment>, String> {
    let fault = || format!("{text:?} is not a path of a field: expected one as in \".spec.size\"");
    let mut rest = text;
    let mut segments = Vec::new();
    while !rest.is_empty() {
        let (segment, left) = match rest.as_bytes()[0] {
            b'.' => field(&rest[1..]).ok_or_else(fault)?,
            b'[' if !segments.is_empty() => bracket(rest).ok_or_else(fault)?,
            _ => return Err(fault()),
        };
        segments.push(segment);
        rest = left;
    }
    if segments.is_empty() {
        return Err(fault());
    }
    Ok(segments)
}

/// A name up to the next dot or bracket; a dot of its own has a backslash before it.
fn field(rest: &str) -> Option<(Segment, &str)> {
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

fn named(name: String, rest: &str) -> Option<(Segment, &str)> {
    (!name.is_empty()).then_some((Segment::Field(name), rest))
}

/// `['name']`, or anything else in brackets, which finds items.
fn bracket(rest: &str) -> Option<(Segment, &str)> {
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
            return inside(&rest[1..at]).map(|segment| (segment, &rest[at + 1..]));
        }
    }
    None
}

fn inside(text: &str) -> Option<Segment> {
    let text = text.trim();
    for quote in ['\'', '"'] {
        if let Some(name) = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return (!name.is_empty()).then(|| Segment::Field(name.to_owned()));
        }
    }
    (!text.is_empty()).then_some(Segment::Item)
}

#[cfg(test)]
mod tests {
    use super::segments;

    fn shown(path: &str) -> Option<String> {
        let segments = segments(path).ok()?;
        Some(segments.iter().map(ToString::to_string).collect())
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
    fn invalid_paths_are_found() {
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
