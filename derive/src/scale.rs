//! What `/scale` stands for: `scale(spec = "…", status = "…")`.

use syn::punctuated::Punctuated;
use syn::{LitStr, Meta, MetaList, Token};

use crate::attr::{Slot, string};
use crate::errors::Errors;
use crate::suggest::nearest;

const OPTIONS: [&str; 3] = ["spec", "status", "selector"];

/// Checks the list; what it says belongs in a manifest, which nothing here writes.
pub(crate) fn check(list: &MetaList, errors: &mut Errors) {
    let options = match list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) {
        Ok(options) => options,
        Err(error) => return errors.push_error(error),
    };
    let (mut spec, mut status, mut selector) = (Slot::empty(), Slot::empty(), Slot::empty());
    for option in &options {
        let name = option.path().require_ident().map(ToString::to_string);
        match name.as_deref() {
            Ok("spec") => spec.set(option, path(option, &["spec"], errors), errors),
            Ok("status") => status.set(option, path(option, &["status"], errors), errors),
            Ok("selector") => {
                selector.set(option, path(option, &["spec", "status"], errors), errors);
            }
            Ok(name) => errors.push(option.path(), unknown(name)),
            Err(_) => errors.push(option.path(), "expected `spec`, `status` or `selector`"),
        }
    }
    for (name, is_missing) in [("spec", spec.is_empty()), ("status", status.is_empty())] {
        if is_missing {
            let message = format!(
                "`scale(…)` lacks `{name}`: expected scale(spec = \".spec.replicas\", status = \".status.replicas\")"
            );
            errors.push(list, message);
        }
    }
}

fn path(option: &Meta, roots: &[&str], errors: &mut Errors) -> Option<LitStr> {
    let text = string(option, errors)?;
    if !is_path(&text.value(), roots) {
        let expected: Vec<String> = roots.iter().map(|root| format!("\".{root}.…\"")).collect();
        let message = format!(
            "{:?} is not a path of a field: expected {} without brackets or wildcards",
            text.value(),
            expected.join(" or ")
        );
        errors.push(&text, message);
    }
    Some(text)
}

/// A simple JSON path below one of the roots; the API takes no other for `/scale`.
fn is_path(text: &str, roots: &[&str]) -> bool {
    let Some(rest) = text.strip_prefix('.') else {
        return false;
    };
    let mut fields = rest.split('.');
    let is_field = |field: &str| {
        !field.is_empty()
            && field
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    let is_rooted = fields.next().is_some_and(|root| roots.contains(&root));
    let fields: Vec<&str> = fields.collect();
    is_rooted && !fields.is_empty() && fields.into_iter().all(is_field)
}

fn unknown(name: &str) -> String {
    match nearest(name, &OPTIONS) {
        Some(option) => format!("unknown option `{name}` of `scale`: did you mean `{option}`?"),
        None => {
            format!("unknown option `{name}` of `scale`: expected `spec`, `status` or `selector`")
        }
    }
}
