//! The values of options: texts, flags, numbers, lists; each with one message for an invalid one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Expr, ExprLit, ExprUnary, Ident, Lit, LitBool, LitInt, LitStr, Meta, MetaList, MetaNameValue,
    Token, UnOp,
};

use crate::errors::Errors;

/// An option's name as it was written.
pub(crate) fn name(meta: &Meta) -> String {
    meta.path()
        .get_ident()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Reads `name = "text"`.
pub(crate) fn string(meta: &Meta, errors: &mut Errors) -> Option<LitStr> {
    if let Some(text) = maybe_string(meta) {
        return Some(text);
    }
    errors.push(meta, format!("expected {} = \"…\"", name(meta)));
    None
}

fn maybe_string(meta: &Meta) -> Option<LitStr> {
    match meta {
        Meta::NameValue(pair) => literal(&pair.value),
        _ => None,
    }
}

fn literal(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}

/// Reads `name = "text"` or `name("text", "text")`.
pub(crate) fn strings(meta: &Meta, errors: &mut Errors) -> Vec<LitStr> {
    match meta {
        Meta::NameValue(pair) => {
            if let Some(text) = literal(&pair.value) {
                return vec![text];
            }
        }
        Meta::List(list) => {
            let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
            match list.parse_args_with(parser) {
                Ok(texts) if !texts.is_empty() => return texts.into_iter().collect(),
                _ => {}
            }
        }
        Meta::Path(_) => {}
    }
    let name = name(meta);
    errors.push(
        meta,
        format!("expected {name} = \"…\" or {name}(\"…\", \"…\")"),
    );
    Vec::new()
}

/// Reads `name` or `name = true`.
pub(crate) fn flag(meta: &Meta, errors: &mut Errors) -> Option<bool> {
    match meta {
        Meta::Path(_) => return Some(true),
        Meta::NameValue(pair) => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Bool(LitBool { value, .. }),
                ..
            }) = &pair.value
            {
                return Some(*value);
            }
        }
        Meta::List(_) => {}
    }
    let name = name(meta);
    errors.push(meta, format!("expected `{name}` alone, or {name} = false"));
    None
}

/// Reads `name(…)`.
pub(crate) fn list<'a>(meta: &'a Meta, example: &str, errors: &mut Errors) -> Option<&'a MetaList> {
    if let Meta::List(list) = meta {
        return Some(list);
    }
    errors.push(meta, format!("expected {example}"));
    None
}

/// The options inside `name(…)`.
pub(crate) fn options(list: &MetaList, errors: &mut Errors) -> Vec<Meta> {
    match list.parse_args_with(Punctuated::<AnyMeta, Token![,]>::parse_terminated) {
        Ok(options) => options.into_iter().map(|option| option.0).collect(),
        Err(error) => {
            errors.push_error(error);
            Vec::new()
        }
    }
}

/// An option, which may be called `type`.
struct AnyMeta(Meta);

impl Parse for AnyMeta {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![type]) {
            return input.parse().map(Self);
        }
        let name = input.call(Ident::parse_any)?;
        Ok(Self(Meta::NameValue(MetaNameValue {
            path: name.into(),
            eq_token: input.parse()?,
            value: input.parse()?,
        })))
    }
}

/// Reads `name = 3`.
pub(crate) fn count(meta: &Meta, errors: &mut Errors) -> Option<u64> {
    let number = match meta {
        Meta::NameValue(pair) => integer(&pair.value),
        _ => None,
    };
    let count = number.and_then(|number| u64::try_from(number).ok());
    if count.is_none() {
        let message = format!("expected {} = 3: a whole number from zero on", name(meta));
        errors.push(meta, message);
    }
    count
}

/// A number, and how it is compared with others.
pub(crate) struct Number {
    pub(crate) tokens: TokenStream,
    pub(crate) value: f64,
}

/// Reads `name = -1` or `name = 0.5`.
pub(crate) fn number(meta: &Meta, errors: &mut Errors) -> Option<Number> {
    let number = match meta {
        Meta::NameValue(pair) => number_of(&pair.value),
        _ => None,
    };
    if number.is_none() {
        let message = format!("expected {} = 3 or {0} = 0.5: a number", name(meta));
        errors.push(meta, message);
    }
    number
}

fn number_of(value: &Expr) -> Option<Number> {
    if let Some(whole) = integer(value) {
        return Some(Number {
            tokens: quote!(Int(#whole)),
            value: whole as f64,
        });
    }
    let float = float(value)?;
    Some(Number {
        tokens: quote!(Float(#float)),
        value: float,
    })
}

/// A whole number, perhaps negative.
pub(crate) fn integer(value: &Expr) -> Option<i64> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => parse(number, ""),
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => match &**expr {
            Expr::Lit(ExprLit {
                lit: Lit::Int(number),
                ..
            }) => parse(number, "-"),
            _ => None,
        },
        _ => None,
    }
}

/// With its sign, because `i64::MIN` has no positive twin.
fn parse(number: &LitInt, sign: &str) -> Option<i64> {
    format!("{sign}{}", number.base10_digits()).parse().ok()
}

/// A number with a fraction, perhaps negative.
pub(crate) fn float(value: &Expr) -> Option<f64> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Float(number),
            ..
        }) => number
            .base10_parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => float(expr).map(|number| -number),
        _ => None,
    }
}
