//! `rule("self.min <= self.max", message = "…")`: a rule in CEL.
//!
//! The expression is the server's to check; here it is looked at far enough to find what
//! is cut off.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitStr, Meta, Token};

use crate::errors::Errors;
use crate::fault;
use crate::slot::Slot;
use crate::suggest::nearest;
use crate::value;

const EXAMPLE: &str = "rule(\"self.min <= self.max\", message = \"min must not exceed max\")";
const OPTIONS: [&str; 5] = [
    "message",
    "message_expression",
    "reason",
    "field_path",
    "optional_old_self",
];

struct Parts {
    rule: LitStr,
    options: Vec<Meta>,
}

impl Parse for Parts {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let rule = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let options = Punctuated::<Meta, Token![,]>::parse_terminated(input)?;
        Ok(Self {
            rule,
            options: options.into_iter().collect(),
        })
    }
}

/// The constant of a rule, without the path before it.
pub(crate) fn read(meta: &Meta, errors: &mut Errors) -> Option<TokenStream> {
    let list = value::list(meta, EXAMPLE, errors)?;
    let Ok(parts) = list.parse_args::<Parts>() else {
        errors.push(list, format!("expected {EXAMPLE}"));
        return None;
    };
    if let Some(fault) = fault_of(&parts.rule.value()) {
        errors.push(&parts.rule, fault);
    }
    let mut message = Slot::empty();
    let mut expression = Slot::empty();
    let mut reason = Slot::empty();
    let mut field_path = Slot::empty();
    let mut optional_old_self = Slot::empty();
    for option in &parts.options {
        let text = |fault: fn(&str) -> Option<String>, errors: &mut Errors| {
            let text = value::string(option, errors)?;
            if let Some(fault) = fault(&text.value()) {
                errors.push(&text, fault);
            }
            Some(text)
        };
        match value::name(option).as_str() {
            "message" => message.set(option, text(fault::message, errors), errors),
            "message_expression" => expression.set(option, text(fault_of, errors), errors),
            "reason" => reason.set(option, text(fault::reason, errors), errors),
            "field_path" => field_path.set(option, text(fault_of_path, errors), errors),
            "optional_old_self" => {
                optional_old_self.set(option, value::flag(option, errors), errors);
            }
            name => errors.push(option.path(), unknown(name)),
        }
    }
    let rule = &parts.rule;
    let text = |slot: &Slot<LitStr>| slot.get().map_or_else(String::new, LitStr::value);
    let (message, expression) = (text(&message), text(&expression));
    let (reason, field_path) = (text(&reason), text(&field_path));
    let optional_old_self = optional_old_self.get().copied().unwrap_or_default();
    Some(quote! {
        Rule {
            rule: #rule,
            message: #message,
            message_expression: #expression,
            reason: #reason,
            field_path: #field_path,
            optional_old_self: #optional_old_self,
        }
    })
}

fn fault_of_path(path: &str) -> Option<String> {
    (!path.starts_with('.')).then(|| format!("{path:?} is not a path: expected \".field\""))
}

/// What is wrong with an expression as far as brackets and quotes go.
fn fault_of(rule: &str) -> Option<String> {
    if rule.trim().is_empty() {
        return Some("the rule is empty".to_owned());
    }
    let mut open = Vec::new();
    let mut chars = rule.chars();
    while let Some(c) = chars.next() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(c) => {
                return Some(format!("the rule has a `{c}` that nothing opens"));
            }
            '"' | '\'' => loop {
                match chars.next() {
                    None => return Some(format!("the rule has a {c} that nothing closes")),
                    Some('\\') => drop(chars.next()),
                    Some(end) if end == c => break,
                    Some(_) => {}
                }
            },
            _ => {}
        }
    }
    let missing = open.pop()?;
    Some(format!("the rule lacks a `{missing}`"))
}

fn unknown(name: &str) -> String {
    match nearest(name, &OPTIONS) {
        Some(option) => format!("unknown option `{name}` of `rule`: did you mean `{option}`?"),
        None => format!(
            "unknown option `{name}` of `rule`: expected some of {}",
            OPTIONS.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::fault_of;

    #[test]
    fn what_is_cut_off_is_found() {
        assert_eq!(fault_of("self.all(x, x in ['a)', \"]\\\"\"])"), None);
        for (rule, part) in [
            ("", "empty"),
            ("self.all(x", "`)`"),
            ("self[1)", "`)`"),
            ("a == 'b", "'"),
            ("}", "`}`"),
        ] {
            assert!(
                fault_of(rule).is_some_and(|fault| fault.contains(part)),
                "{rule}"
            );
        }
    }
}
