//! The attributes of serde that decide the JSON.
//!
//! The schema must be that of what serde writes, so its attributes are read here. One that
//! serde itself would refuse is left for serde to report.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

/// `#[serde(…)]` on a struct, an enum, a variant or a field.
#[derive(Default)]
pub(crate) struct Serde(Vec<Meta>);

impl Serde {
    pub(crate) fn read(attributes: &[Attribute]) -> Self {
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let options = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
            .filter_map(|attribute| attribute.parse_args_with(parser).ok())
            .flatten();
        Self(options.collect())
    }

    /// Whether an option is there, whatever it says.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.get(option).is_some()
    }

    /// The option itself, to point at.
    pub(crate) fn get(&self, option: &str) -> Option<&Meta> {
        self.0.iter().find(|meta| meta.path().is_ident(option))
    }

    /// `option = "text"`.
    pub(crate) fn text(&self, option: &str) -> Option<LitStr> {
        text(self.get(option)?)
    }

    /// What a thing is called when it is written: `option = "…"`, or its `serialize` part.
    pub(crate) fn written(&self, option: &str) -> Option<String> {
        let metas = self.0.iter().filter(|meta| meta.path().is_ident(option));
        metas
            .filter_map(|meta| side(meta, "serialize"))
            .next()
            .map(|text| text.value())
    }

    /// The option, where what is written is called otherwise than what is read.
    pub(crate) fn two_names(&self, option: &str) -> Option<&Meta> {
        let meta = self.get(option)?;
        let (written, read) = (side(meta, "serialize"), side(meta, "deserialize"));
        let (written, read) = (written.map(|t| t.value()), read.map(|t| t.value()));
        (written != read).then_some(meta)
    }

    /// Whether the thing is neither written nor read.
    pub(crate) fn is_skipped(&self) -> bool {
        self.has("skip") || (self.has("skip_serializing") && self.has("skip_deserializing"))
    }

    /// Whether a field may be absent when it is read, or is so when it is written.
    pub(crate) fn may_be_absent(&self) -> bool {
        const OPTIONS: [&str; 4] = [
            "default",
            "skip_serializing_if",
            "skip_serializing",
            "skip_deserializing",
        ];
        OPTIONS.iter().any(|option| self.has(option))
    }
}

/// `option = "…"`, or the part of `option(serialize = "…", deserialize = "…")`.
fn side(meta: &Meta, part: &str) -> Option<LitStr> {
    match meta {
        Meta::Path(_) => None,
        Meta::NameValue(_) => text(meta),
        Meta::List(list) => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .ok()?
            .iter()
            .filter(|meta| meta.path().is_ident(part))
            .find_map(text),
    }
}

fn text(meta: &Meta) -> Option<LitStr> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}
