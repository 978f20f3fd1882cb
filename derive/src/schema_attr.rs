//! `#[schema(…)]`: restrictions of a type, a field, or the items of a list.
//!
//! Each option becomes one call on the constant of the type, with the span of the option, so
//! that what the constant finds wrong is reported there. What can be seen without knowing the
//! type is reported here.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Meta, Path, Type, parse_quote};

use crate::errors::Errors;
use crate::fault;
use crate::rule;
use crate::suggest::nearest;
use crate::value::{self, Number};

/// What the options are written on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Type,
    Field,
    /// `items(…)` and `values(…)`.
    Inner,
}

const LIMITS: [&str; 17] = [
    "min",
    "max",
    "exclusive_min",
    "exclusive_max",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "format",
    "min_items",
    "max_items",
    "min_properties",
    "max_properties",
    "list_type",
    "map_keys",
    "map_type",
    "rule",
];
const OF_FIELDS: [&str; 10] = [
    "default",
    "immutable",
    "items",
    "values",
    "like",
    "preserve_unknown",
    "embedded",
    "any",
    "description",
    "nullable",
];
const OF_TYPES: [&str; 3] = ["preserve_unknown", "description", "crate"];
const OF_INNER: [&str; 2] = ["items", "values"];

/// The options of one type, field or item.
#[derive(Default)]
pub(crate) struct Options {
    given: BTreeMap<String, Span>,
    calls: Vec<Call>,
    rules: Vec<TokenStream>,
    numbers: BTreeMap<String, f64>,
    pub(crate) description: Option<String>,
    pub(crate) krate: Option<Path>,
    /// What takes the place of the type's own schema.
    pub(crate) instead: Option<Instead>,
    pub(crate) default: Option<Meta>,
    pub(crate) nullable: Option<bool>,
    inner: Vec<(Span, Options)>,
    keeps_unknown: Option<Span>,
    list_type: Option<LitStr>,
    map_keys: Option<(Span, Vec<LitStr>)>,
}

/// What takes the place of a type's own schema.
pub(crate) enum Instead {
    Like(Box<Type>),
    /// The constructor of what is innermost in the type.
    Leaf(&'static str),
}

struct Call {
    at: Span,
    method: &'static str,
    argument: TokenStream,
}

impl Options {
    pub(crate) fn read(attributes: &[Attribute], level: Level, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("schema") {
                match &attribute.meta {
                    Meta::List(list) => {
                        for meta in value::options(list, errors) {
                            options.read_option(&meta, level, errors);
                        }
                    }
                    other => errors.push(other, "expected #[schema(…)]"),
                }
            }
        }
        options.check(errors);
        options
    }

    fn read_option(&mut self, meta: &Meta, level: Level, errors: &mut Errors) {
        let name = value::name(meta);
        if !known(level).any(|known| known == name) {
            return errors.push(meta.path(), unknown(&name, level));
        }
        let at = meta.path().span();
        if self.given.insert(name.clone(), at).is_some() && name != "rule" {
            return errors.push(meta.path(), format!("`{name}` is given twice"));
        }
        match name.as_str() {
            "rule" => self.rules.extend(rule::read(meta, errors)),
            "items" | "values" => self.read_inner(meta, errors),
            "default" => self.default = Some(meta.clone()),
            "description" => self.description = value::string(meta, errors).map(|t| t.value()),
            "crate" => self.krate = value::string(meta, errors).and_then(|t| path(&t, errors)),
            "nullable" => self.nullable = value::flag(meta, errors),
            "immutable" => self.call_if(meta, "unchanging", errors),
            "like" => self.read_like(meta, errors),
            "embedded" => self.read_leaf(meta, "embedded_object", errors),
            "any" => self.read_leaf(meta, "any", errors),
            "preserve_unknown" if level == Level::Type => {
                let flag = value::flag(meta, errors);
                self.keeps_unknown = flag.filter(|flag| *flag).map(|_| at);
            }
            "preserve_unknown" => self.read_leaf(meta, "any_object", errors),
            _ => self.read_limit(&name, meta, errors),
        }
    }

    fn read_limit(&mut self, name: &str, meta: &Meta, errors: &mut Errors) {
        match name {
            "min" => self.number(meta, "minimum", errors),
            "max" => self.number(meta, "maximum", errors),
            "exclusive_min" => self.number(meta, "above", errors),
            "exclusive_max" => self.number(meta, "below", errors),
            "multiple_of" => self.number(meta, "multiple_of", errors),
            "min_length" => self.count(meta, "min_length", errors),
            "max_length" => self.count(meta, "max_length", errors),
            "min_items" => self.count(meta, "min_items", errors),
            "max_items" => self.count(meta, "max_items", errors),
            "min_properties" => self.count(meta, "min_properties", errors),
            "max_properties" => self.count(meta, "max_properties", errors),
            "pattern" => self.text(meta, "pattern", fault::pattern, errors),
            "format" => self.text(meta, "format", fault::format, errors),
            "map_type" => self.text(meta, "map_type", fault::map_type, errors),
            "list_type" => self.list_type = checked(meta, fault::list_type, errors),
            _ => {
                let keys = value::strings(meta, errors);
                self.map_keys = Some((meta.path().span(), keys));
            }
        }
    }

    fn call(&mut self, meta: &Meta, method: &'static str, argument: TokenStream) {
        self.calls.push(Call {
            at: meta.path().span(),
            method,
            argument,
        });
    }

    fn call_if(&mut self, meta: &Meta, method: &'static str, errors: &mut Errors) {
        if value::flag(meta, errors) == Some(true) {
            self.call(meta, method, TokenStream::new());
        }
    }

    fn number(&mut self, meta: &Meta, method: &'static str, errors: &mut Errors) {
        let Some(Number { tokens, value }) = value::number(meta, errors) else {
            return;
        };
        if method == "multiple_of" && value <= 0.0 {
            return errors.push(meta, "`multiple_of` must be above zero");
        }
        self.numbers.insert(value::name(meta), value);
        self.call(meta, method, quote!(LIMIT::#tokens));
    }

    fn count(&mut self, meta: &Meta, method: &'static str, errors: &mut Errors) {
        if let Some(count) = value::count(meta, errors) {
            self.numbers.insert(value::name(meta), count as f64);
            self.call(meta, method, quote!(#count));
        }
    }

    fn text(&mut self, meta: &Meta, method: &'static str, check: Check, errors: &mut Errors) {
        if let Some(text) = checked(meta, check, errors) {
            self.call(meta, method, quote!(#text));
        }
    }

    fn read_inner(&mut self, meta: &Meta, errors: &mut Errors) {
        let example = format!("{}(max_length = 63, …)", value::name(meta));
        let Some(list) = value::list(meta, &example, errors) else {
            return;
        };
        let mut inner = Options::default();
        for meta in value::options(list, errors) {
            inner.read_option(&meta, Level::Inner, errors);
        }
        inner.check(errors);
        self.inner.push((meta.path().span(), inner));
    }

    fn read_like(&mut self, meta: &Meta, errors: &mut Errors) {
        let Some(text) = value::string(meta, errors) else {
            return;
        };
        match text.parse() {
            Ok(ty) => self.put_instead(meta, Instead::Like(Box::new(ty)), errors),
            Err(_) => errors.push(&text, format!("{:?} is not a type", text.value())),
        }
    }

    fn read_leaf(&mut self, meta: &Meta, constructor: &'static str, errors: &mut Errors) {
        if value::flag(meta, errors) == Some(true) {
            self.put_instead(meta, Instead::Leaf(constructor), errors);
        }
    }

    fn put_instead(&mut self, meta: &Meta, instead: Instead, errors: &mut Errors) {
        if self.instead.is_some() {
            let message = "`like`, `preserve_unknown`, `embedded` and `any` each replace the whole schema: keep one";
            errors.push(meta, message);
        }
        self.instead = Some(instead);
    }

    /// What can be wrong with options together.
    fn check(&mut self, errors: &mut Errors) {
        for (least, most) in [
            ("min", "max"),
            ("min_length", "max_length"),
            ("min_items", "max_items"),
            ("min_properties", "max_properties"),
        ] {
            if let (Some(a), Some(b)) = (self.numbers.get(least), self.numbers.get(most))
                && a > b
            {
                let at = self.given[most];
                errors.push_at(
                    at,
                    format!("`{most}` is less than `{least}`, so no value is valid"),
                );
            }
        }
        for (one, other) in [("min", "exclusive_min"), ("max", "exclusive_max")] {
            if self.given.contains_key(one)
                && let Some(at) = self.given.get(other)
            {
                errors.push_at(
                    *at,
                    format!("`{one}` and `{other}` are the same limit: keep one"),
                );
            }
        }
        self.check_list(errors);
    }

    fn check_list(&mut self, errors: &mut Errors) {
        let list_type = self.list_type.clone();
        let is_map = list_type.as_ref().is_some_and(|text| text.value() == "map");
        match (list_type, &self.map_keys) {
            (Some(text), None) if is_map => {
                let message = "a list of type \"map\" needs map_keys(\"…\"): the fields that identify its items";
                errors.push(text, message);
            }
            (Some(text), Some((at, _))) if !is_map => {
                let message = format!(
                    "`map_keys` is for lists of type \"map\", not {:?}",
                    text.value()
                );
                errors.push_at(*at, message);
            }
            (_, Some((at, keys))) => self.calls.push(Call {
                at: *at,
                method: "as_map_of",
                argument: quote!(const { &[#(#keys),*] }),
            }),
            (Some(text), None) => self.calls.push(Call {
                at: text.span(),
                method: match text.value().as_str() {
                    "set" => "as_set",
                    _ => "as_atomic_list",
                },
                argument: TokenStream::new(),
            }),
            (None, None) => {}
        }
    }

    /// The calls on a shape, in the order in which they were written.
    pub(crate) fn apply(&self, base: &TokenStream, krate: &Path) -> TokenStream {
        let mut shape = base.clone();
        for (at, inner) in &self.inner {
            let inner = inner.apply(&call(*at, &shape, "inner", &TokenStream::new()), krate);
            shape = call(*at, &shape, "with_inner", &quote!(const { &#inner }));
        }
        if let Some(at) = self.keeps_unknown {
            shape = call(at, &shape, "keeping_unknown", &TokenStream::new());
        }
        for Call {
            at,
            method,
            argument,
        } in &self.calls
        {
            shape = call(*at, &shape, method, &with_crate(argument, krate));
        }
        if !self.rules.is_empty() {
            let rules = &self.rules;
            shape = quote!(#shape.ruled(const { &[#(#krate::codegen::crd::derived::#rules),*] }));
        }
        match self.nullable {
            Some(true) => quote!(#shape.or_null()),
            Some(false) => quote!(#shape.not_null()),
            None => shape,
        }
    }
}

/// A call on a shape that is all of one place, so that a fault is shown at that place alone.
pub(crate) fn call(
    at: Span,
    shape: &TokenStream,
    method: &str,
    argument: &TokenStream,
) -> TokenStream {
    let method = syn::Ident::new(method, at);
    quote_spanned!(at=> { let shape = #shape; shape.#method(#argument) })
}

/// Fills in the path of `Limit`, which is not known while options are read.
fn with_crate(argument: &TokenStream, krate: &Path) -> TokenStream {
    let limit: TokenStream = quote!(#krate::codegen::crd::Limit);
    argument
        .clone()
        .into_iter()
        .flat_map(|token| match &token {
            proc_macro2::TokenTree::Ident(ident) if ident == "LIMIT" => limit.clone(),
            _ => token.into(),
        })
        .collect()
}

type Check = fn(&str) -> Option<String>;

fn checked(meta: &Meta, check: Check, errors: &mut Errors) -> Option<LitStr> {
    let text = value::string(meta, errors)?;
    match check(&text.value()) {
        None => Some(text),
        Some(fault) => {
            errors.push(&text, fault);
            None
        }
    }
}

fn path(text: &LitStr, errors: &mut Errors) -> Option<Path> {
    let path = text.parse();
    if path.is_err() {
        let message = format!(
            "{:?} is not a path: expected crate = \"a::path\"",
            text.value()
        );
        errors.push(text, message);
    }
    path.ok()
}

/// The path of the library, if the options name no other.
pub(crate) fn default_crate() -> Path {
    parse_quote!(::kubewright)
}

fn known(level: Level) -> impl Iterator<Item = &'static str> {
    let own: &[&str] = match level {
        Level::Type => &OF_TYPES,
        Level::Field => &OF_FIELDS,
        Level::Inner => &OF_INNER,
    };
    LIMITS.iter().chain(own).copied()
}

fn unknown(name: &str, level: Level) -> String {
    let known: Vec<&str> = known(level).collect();
    match nearest(name, &known) {
        Some(option) => format!("unknown option `{name}`: did you mean `{option}`?"),
        None => format!(
            "unknown option `{name}`: expected some of {}",
            known.join(", ")
        ),
    }
}
