//! Properties of the generator for any input: an error, or output that is safe.
//!
//! Safe means: files stay inside the folder; Rust files parse, and hold only the items,
//! attributes and macros that the generator writes; no text changes the direction of
//! reading. The fuzz targets try this on inputs that a machine makes up; the hostile tests
//! of the generator on those that people thought of.

use std::path::{Component, Path};

use kubewright_codegen::{Docs, Error, Manifest, Options, Output, Source, Spec, generate};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Map, Value, json};

/// Bytes as a document, and as a file of manifests.
pub(crate) fn document(data: &[u8]) {
    for spec in [Spec::new("fuzz", data), Spec::manifests("fuzz", data)] {
        match run(&[spec]) {
            Ok(output) => assert_safe(&output),
            Err(error) => assert_helpful(&error),
        }
    }
}

/// Bytes as the choices that make a schema, in each form that a document has.
pub(crate) fn schema(data: &[u8]) {
    let mut bytes = Bytes(data);
    let name = bytes.text();
    let schema = bytes.object(6);
    for document in forms(&name, &schema) {
        match run(&[Spec::new("fuzz", document)]) {
            Ok(output) => assert_safe(&output),
            Err(error) => assert_helpful(&error),
        }
    }
}

pub(crate) fn run(specs: &[Spec]) -> Result<Output, Error> {
    let mut options = Options::default();
    options.docs = Docs::Full;
    options.manifest = Manifest::Standalone {
        name: "fuzzed".to_owned(),
        runtime: Source::Registry,
        own_workspace: false,
    };
    generate(specs, &options)
}

/// One schema of a kind as Swagger 2.0, as OpenAPI v3 and as a CustomResourceDefinition.
pub(crate) fn forms(name: &str, schema: &Value) -> [String; 3] {
    let definition = format!("com.example.v1.{name}");
    let mut kind = schema.clone();
    if let Some(kind) = kind.as_object_mut() {
        let gvk = json!([{"group": "example.com", "version": "v1", "kind": name}]);
        kind.insert("x-kubernetes-group-version-kind".to_owned(), gvk);
    }
    let definitions = json!({definition: kind, "com.example.v1.Other": schema});
    let text = definitions.to_string();
    let v3: Value = text
        .replace("#/definitions/", "#/components/schemas/")
        .parse()
        .unwrap_or_default();
    [
        json!({"swagger": "2.0", "info": {"title": name, "version": name}, "definitions": definitions}),
        json!({"openapi": "3.0.0", "info": {"title": name, "version": name}, "components": {"schemas": v3}}),
        json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "spec": {
                "group": "example.com", "scope": "Namespaced",
                "names": {"kind": "Widget", "plural": "widgets", "shortNames": [name], "categories": [name]},
                "versions": [{
                    "name": "v1", "served": true, "storage": true, "deprecated": true, "deprecationWarning": name,
                    "schema": {"openAPIV3Schema": schema},
                    "additionalPrinterColumns": [{"name": name, "type": name, "description": name, "jsonPath": name}],
                }],
            },
        }),
    ]
    .map(|document| document.to_string())
}

/// An error is one line, and short, whatever was in the input.
pub(crate) fn assert_helpful(error: &Error) {
    let text = error.to_string();
    let plain = !text.chars().any(|c| c.is_control() || is_direction(c));
    assert!(plain && !text.is_empty() && text.len() < 4000, "{text:?}");
}

pub(crate) fn assert_safe(output: &Output) {
    for (path, text) in &output.files {
        let mut parts = Path::new(path).components();
        let inside = parts.all(|part| matches!(part, Component::Normal(_)));
        assert!(inside && path.is_ascii() && !path.contains('\\'), "{path}");
        let odd = text
            .chars()
            .find(|&c| is_direction(c) || (c.is_control() && c != '\n'));
        assert_eq!(
            odd, None,
            "{path} holds a character that a reader does not see"
        );
        if path.ends_with(".rs") {
            let file =
                syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            file.items
                .iter()
                .for_each(|item| assert_expected(item, path));
            let tokens: TokenStream = text.parse().expect("what syn parses is tokens");
            assert_known(tokens, path);
        }
    }
}

/// Characters that make text read otherwise than it is written.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The generator writes no other kinds of items than these.
fn assert_expected(item: &syn::Item, path: &str) {
    let expected = match item {
        syn::Item::Macro(_)
        | syn::Item::Struct(_)
        | syn::Item::Enum(_)
        | syn::Item::Type(_)
        | syn::Item::Use(_)
        | syn::Item::Mod(_)
        | syn::Item::Impl(_) => true,
        syn::Item::Trait(item) => item.ident == "Informers",
        _ => false,
    };
    assert!(expected, "{path} holds {item:?}");
}

/// The macros that generated code calls.
const MACROS: &[&str] = &[
    "emitted",
    "open_enum",
    "open_integers",
    "concat",
    "env",
    "record",
    "resource",
];
/// The attributes that generated code carries.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "default",
    "deprecated",
    "derive",
    "doc",
    "forbid",
    "inline",
    "must_use",
    "non_exhaustive",
    "resource",
    "rustfmt",
    "serde",
    "warn",
];
/// What generated code has no use for.
const NEVER: &[&str] = &[
    "unsafe",
    "extern",
    "asm",
    "process",
    "include_str",
    "include_bytes",
];

/// Whether there is nothing in the code but what the generator writes.
fn assert_known(tokens: TokenStream, path: &str) {
    let mut before = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Bracket && (before == "#" || before == "#!") {
                    let first = group
                        .stream()
                        .into_iter()
                        .next()
                        .map_or(String::new(), |first| first.to_string());
                    assert!(
                        ATTRIBUTES.contains(&first.as_str()),
                        "{path} has the attribute `{first}`"
                    );
                }
                if let Some(name) = before
                    .strip_suffix('!')
                    .filter(|name| !name.is_empty() && *name != "#")
                {
                    assert!(MACROS.contains(&name), "{path} calls `{name}!`");
                }
                before.clear();
                assert_known(group.stream(), path);
            }
            TokenTree::Ident(ident) => {
                before = ident.to_string();
                assert!(!NEVER.contains(&before.as_str()), "{path} says `{before}`");
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' => before.push('!'),
            TokenTree::Punct(punct) => before = punct.to_string(),
            TokenTree::Literal(_) => before.clear(),
        }
    }
}

/// Names and texts that try to leave their place.
pub(crate) const HOSTILE: &[&str] = &[
    "fn",
    "Self",
    "self",
    "crate",
    "a-b",
    "../../x",
    "/etc/passwd",
    "..",
    ".",
    "C:\\x",
    "con",
    "nul",
    "\"; std::process::exit(1);//",
    "*/ std::process::exit(1); /*",
    "\n#![allow(warnings)]",
    "#![feature(x)]",
    "\nunsafe fn x() {}",
    "r#\"",
    "\"#",
    "\\",
    "\\\"",
    "\\u{22}",
    "'",
    "`",
    "```\n",
    "```compile_fail\nx\n```",
    "[x](y)",
    "[`std::process`]",
    "<script>",
    "<!--",
    "${x}",
    "{",
    "}",
    "{0}",
    "%s",
    "\u{0}",
    "\u{1b}[31m",
    "\r",
    "\r\n//",
    "\u{2028}",
    "\u{061c}",
    "\u{200b}\u{200f}",
    "\u{202e}",
    "\u{2066}",
    "/* \u{202e} } \u{2066}if x\u{2069} \u{2066} begin */",
    "\u{feff}",
    "\u{e0041}",
    "\u{1f980}",
    "名前",
    "",
    " ",
    "'static",
    "'a'",
    "macro_rules! x { () => {} }",
    "include!(\"/etc/passwd\")",
    "env!(\"HOME\")",
    "client",
    "clientset",
    "lib",
    "types",
    "unknown",
    "Option",
    "Vec",
    "Box",
    "String",
    "Default",
    "Debug",
    "BTreeMap",
    "codegen",
    "meta",
    "serde",
    "std",
    "core",
    "Result",
    "Ok",
    "Some",
    "Other",
    "new",
    "default",
    "metadata",
    "spec",
    "status",
    "kind",
    "apiVersion",
    "1",
    "1a",
    "_",
    "__",
    "a_b",
    "aB",
    "AB",
    "a.b",
    "a/b",
    "~",
    "~1",
    "%2e%2e",
    "$ref",
    "=",
    "\t",
];

/// Bytes, taken from the front; when there are no more, everything ends.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A word that is known to hurt, or a few characters of the input itself.
    fn text(&mut self) -> String {
        let choice = usize::from(self.byte());
        if let Some(word) = HOSTILE.get(choice) {
            return (*word).to_owned();
        }
        let (front, rest) = self.0.split_at(self.0.len().min(choice % 24));
        self.0 = rest;
        String::from_utf8_lossy(front).into_owned()
    }

    fn value(&mut self, depth: u8) -> Value {
        match self.byte() % 8 {
            0 => Value::Null,
            1 => json!(self.byte() & 1 == 0),
            2 => json!(self.byte()),
            3 if depth > 0 => json!([self.value(depth - 1)]),
            4 if depth > 0 => json!({self.text(): self.value(depth - 1)}),
            _ => self.text().into(),
        }
    }

    fn schema(&mut self, depth: u8) -> Value {
        let mut schema = match self.byte() % 12 {
            0..=3 if depth > 0 => self.object(depth - 1),
            4 if depth > 0 => json!({"type": "array", "items": self.schema(depth - 1)}),
            5 if depth > 0 => {
                json!({"type": "object", "additionalProperties": self.schema(depth - 1)})
            }
            6 => json!({"$ref": "#/definitions/com.example.v1.Other"}),
            7 => json!({"type": "integer", "format": self.text()}),
            8 => json!({"x-kubernetes-int-or-string": true}),
            9 => json!({"x-kubernetes-preserve-unknown-fields": true}),
            10 => json!({"type": "boolean"}),
            _ => json!({"type": "string", "format": self.text()}),
        };
        let more = self.byte();
        if let Some(schema) = schema.as_object_mut() {
            self.decorate(schema, more);
        }
        schema
    }

    /// What a schema may say besides its type, one bit each.
    fn decorate(&mut self, schema: &mut Map<String, Value>, which: u8) {
        let mut say = |bit: u8, word: &str, value: Value| {
            if which & bit != 0 {
                schema.insert(word.to_owned(), value);
            }
        };
        say(1, "description", self.text().into());
        say(2, "default", self.value(2));
        say(4, "enum", (0..3).map(|_| self.value(0)).collect());
        say(8, "pattern", self.text().into());
        say(16, "nullable", true.into());
        say(
            32,
            "x-kubernetes-validations",
            json!([{"rule": self.text(), "message": self.text()}]),
        );
        say(64, "x-kubernetes-list-type", self.text().into());
        say(128, "x-kubernetes-list-map-keys", json!([self.text()]));
    }

    fn object(&mut self, depth: u8) -> Value {
        let count = self.byte() % 5;
        let mut properties = Map::new();
        for _ in 0..count {
            let name = self.text();
            properties.insert(name, self.schema(depth));
        }
        let required: Vec<&String> = properties.keys().step_by(2).collect();
        let mut object = json!({"type": "object", "required": required, "properties": properties});
        let flags = self.byte();
        if flags & 1 != 0 {
            object["x-kubernetes-preserve-unknown-fields"] = true.into();
        }
        if flags & 2 != 0 {
            object["x-kubernetes-embedded-resource"] = true.into();
        }
        object
    }
}
