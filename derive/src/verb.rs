//! The verbs of the API and their markers.

use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::{MetaList, Token};

use crate::errors::Errors;
use crate::suggest::nearest;

/// A verb, by the name that the API server gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    List,
    Watch,
    Create,
    Update,
    Patch,
    Delete,
    DeleteCollection,
}

impl Verb {
    pub(crate) const ALL: [Self; 8] = [
        Self::Get,
        Self::List,
        Self::Watch,
        Self::Create,
        Self::Update,
        Self::Patch,
        Self::Delete,
        Self::DeleteCollection,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
        }
    }

    /// The trait that stands for the verb.
    pub(crate) fn marker(self) -> Ident {
        let name = match self {
            Self::Get => "Get",
            Self::List => "List",
            Self::Watch => "Watch",
            Self::Create => "Create",
            Self::Update => "Replace",
            Self::Patch => "Patch",
            Self::Delete => "Delete",
            Self::DeleteCollection => "DeleteCollection",
        };
        Ident::new(name, Span::call_site())
    }

    /// Reads `verbs(get, list)`.
    pub(crate) fn read_list(list: &MetaList, errors: &mut Errors) -> Vec<Self> {
        let names = match list.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated) {
            Ok(names) => names,
            Err(error) => {
                errors.push_error(error);
                return Vec::new();
            }
        };
        let mut verbs = Vec::new();
        for name in &names {
            match Self::named(name) {
                Ok(verb) if verbs.contains(&verb) => {
                    errors.push(name, format!("the verb `{name}` is given twice"));
                }
                Ok(verb) => verbs.push(verb),
                Err(message) => errors.push(name, message),
            }
        }
        verbs
    }

    fn named(name: &Ident) -> Result<Self, String> {
        let text = name.to_string();
        Self::ALL
            .into_iter()
            .find(|verb| verb.name() == text)
            .ok_or_else(|| unknown(&text))
    }
}

fn unknown(name: &str) -> String {
    let names = Verb::ALL.map(Verb::name);
    // What the client's method is called, and Kubernetes' verb is not.
    let meant = if name == "replace" {
        Some("update")
    } else {
        nearest(name, &names)
    };
    match meant {
        Some(verb) => format!("unknown verb `{name}`: did you mean `{verb}`?"),
        None => format!(
            "unknown verb `{name}`: expected some of {}",
            names.join(", ")
        ),
    }
}
