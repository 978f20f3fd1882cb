//! `column(name = "Size", path = ".spec.size")`: a column of the kind's table.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{LitStr, Meta, Path};

use crate::errors::Errors;
use crate::fault;
use crate::json_path::JsonPath;
use crate::slot::Slot;
use crate::suggest::nearest;
use crate::value;

const EXAMPLE: &str = "column(name = \"Size\", path = \".spec.size\")";
const OPTIONS: [&str; 6] = ["name", "path", "type", "format", "description", "priority"];

pub(crate) struct Column {
    name: LitStr,
    path: JsonPath,
    type_: Option<LitStr>,
    format: String,
    description: String,
    priority: i32,
}

pub(crate) fn read(meta: &Meta, errors: &mut Errors) -> Option<Column> {
    let list = value::list(meta, EXAMPLE, errors)?;
    let before = errors.len();
    let (mut name, mut path) = (Slot::empty(), Slot::empty());
    let (mut type_, mut format) = (Slot::empty(), Slot::empty());
    let (mut description, mut priority) = (Slot::empty(), Slot::empty());
    for option in &value::options(list, errors) {
        match value::name(option).as_str() {
            "name" => name.set(option, value::string(option, errors), errors),
            "path" => path.set(option, self::path(option, errors), errors),
            "type" => type_.set(option, type_of(option, errors), errors),
            "format" => format.set(option, value::string(option, errors), errors),
            "description" => description.set(option, value::string(option, errors), errors),
            "priority" => priority.set(option, value::count(option, errors), errors),
            name => errors.push(option.path(), unknown(name)),
        }
    }
    for (option, is_missing) in [("name", name.is_empty()), ("path", path.is_empty())] {
        if is_missing && errors.len() == before {
            errors.push(
                list,
                format!("`column(…)` lacks `{option}`: expected {EXAMPLE}"),
            );
        }
    }
    let text = |slot: &Slot<LitStr>| slot.get().map_or_else(String::new, LitStr::value);
    let priority = priority.get().copied().unwrap_or_default();
    Some(Column {
        format: text(&format),
        description: text(&description),
        priority: i32::try_from(priority).unwrap_or(i32::MAX),
        name: name.take()?,
        path: path.take()?,
        type_: type_.take(),
    })
}

fn path(option: &Meta, errors: &mut Errors) -> Option<JsonPath> {
    let text = value::string(option, errors)?;
    JsonPath::parse(text.clone())
        .map_err(|fault| errors.push(&text, fault))
        .ok()
}

fn type_of(option: &Meta, errors: &mut Errors) -> Option<LitStr> {
    let text = value::string(option, errors)?;
    if let Some(fault) = fault::column_type(&text.value()) {
        errors.push(&text, fault);
    }
    Some(text)
}

fn unknown(name: &str) -> String {
    match nearest(name, &OPTIONS) {
        Some(option) => format!("unknown option `{name}` of `column`: did you mean `{option}`?"),
        None => format!(
            "unknown option `{name}` of `column`: expected some of {}",
            OPTIONS.join(", ")
        ),
    }
}

impl Column {
    /// The constant; its type follows from the field unless it is stated.
    pub(crate) fn expand(&self, shape: &TokenStream, krate: &Path) -> TokenStream {
        let Self {
            name,
            format,
            description,
            priority,
            ..
        } = self;
        let path = &self.path.text;
        let found = self.path.follow(shape, krate);
        let type_ = match &self.type_ {
            Some(type_) => quote!({ let _ = #found; #type_ }),
            None => quote_spanned!(path.span()=> (#found).column_type()),
        };
        quote! {
            #krate::codegen::crd::derived::Column {
                name: #name,
                path: #path,
                type_: #type_,
                format: #format,
                description: #description,
                priority: #priority,
            }
        }
    }
}
