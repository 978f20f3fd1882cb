//! The `/scale` subresource: `scale(spec = "…", status = "…")`.

use syn::{LitStr, Meta, MetaList};

use crate::errors::Errors;
use crate::json_path::JsonPath;
use crate::slot::Slot;
use crate::suggest::nearest;
use crate::value;

const OPTIONS: [&str; 3] = ["spec", "status", "selector"];

/// The paths; those of a bare `scale` are the usual ones.
pub(crate) struct Scale {
    pub(crate) spec: JsonPath,
    pub(crate) status: JsonPath,
    pub(crate) selector: Option<JsonPath>,
    /// Whether the attribute states the paths.
    pub(crate) is_stated: bool,
}

impl Scale {
    /// `.spec.replicas` and `.status.replicas`, at the place of the option.
    pub(crate) fn usual(meta: &Meta) -> Option<Self> {
        let at = syn::spanned::Spanned::span(meta);
        let path = |text| JsonPath::parse(LitStr::new(text, at)).ok();
        Some(Self {
            spec: path(".spec.replicas")?,
            status: path(".status.replicas")?,
            selector: None,
            is_stated: false,
        })
    }
}

pub(crate) fn read(list: &MetaList, errors: &mut Errors) -> Option<Scale> {
    let (mut spec, mut status, mut selector) = (Slot::empty(), Slot::empty(), Slot::empty());
    let before = errors.len();
    for option in &value::options(list, errors) {
        match value::name(option).as_str() {
            "spec" => spec.set(option, path(option, &["spec"], errors), errors),
            "status" => status.set(option, path(option, &["status"], errors), errors),
            "selector" => {
                selector.set(option, path(option, &["spec", "status"], errors), errors);
            }
            "" => errors.push(option.path(), "expected `spec`, `status` or `selector`"),
            name => errors.push(option.path(), unknown(name)),
        }
    }
    let is_unreadable = errors.len() > before && spec.is_empty() && status.is_empty();
    for (name, is_missing) in [("spec", spec.is_empty()), ("status", status.is_empty())] {
        if is_missing && !is_unreadable {
            let message = format!(
                "`scale(…)` lacks `{name}`: expected scale(spec = \".spec.replicas\", status = \".status.replicas\")"
            );
            errors.push(list, message);
        }
    }
    Some(Scale {
        spec: spec.take()?,
        status: status.take()?,
        selector: selector.take(),
        is_stated: true,
    })
}

/// A simple JSON path below one of the roots; the API takes no other for `/scale`.
fn path(option: &Meta, roots: &[&str], errors: &mut Errors) -> Option<JsonPath> {
    let text = value::string(option, errors)?;
    let path = JsonPath::parse(text.clone()).ok();
    let path =
        path.filter(|path| path.is_plain() && path.len() > 1 && roots.contains(&path.root()));
    if path.is_none() {
        let expected: Vec<String> = roots.iter().map(|root| format!("\".{root}.…\"")).collect();
        let message = format!(
            "{:?} is not a path of a field: expected {} without brackets or wildcards",
            text.value(),
            expected.join(" or ")
        );
        errors.push(&text, message);
    }
    path
}

fn unknown(name: &str) -> String {
    match nearest(name, &OPTIONS) {
        Some(option) => format!("unknown option `{name}` of `scale`: did you mean `{option}`?"),
        None => {
            format!("unknown option `{name}` of `scale`: expected `spec`, `status` or `selector`")
        }
    }
}
