//! Types as they are written: what an `Option` holds, whether a type contains another.
//!
//! A macro sees names alone; an alias of `Option` is not recognised, which the constants
//! that are written know better and say.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

const POINTERS: [&str; 3] = ["Box", "Rc", "Arc"];
const LISTS: [&str; 5] = ["Vec", "VecDeque", "LinkedList", "BTreeSet", "HashSet"];
const MAPS: [&str; 2] = ["BTreeMap", "HashMap"];

/// What is in `Option<…>`.
pub(crate) fn in_option(ty: &Type) -> Option<&Type> {
    let segment = last_segment(ty)?;
    (segment.ident == "Option").then(|| argument(segment))?
}

/// Whether the last part of a type's path is a name.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == name)
}

/// Whether a type names another anywhere.
pub(crate) fn mentions(ty: &Type, ident: &Ident) -> bool {
    fn any(tokens: TokenStream, ident: &Ident) -> bool {
        // A name with a path in front is another type, or the compiler reports it.
        let mut is_qualified = false;
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(found) => {
                let is_it = found == *ident && !is_qualified;
                is_qualified = false;
                is_it
            }
            TokenTree::Group(group) => any(group.stream(), ident),
            TokenTree::Punct(punct) => {
                is_qualified = punct.as_char() == ':';
                false
            }
            TokenTree::Literal(_) => false,
        })
    }
    any(ty.to_token_stream(), ident)
}

/// The shape of a type with another shape in place of what is innermost: what `Vec<T>` and
/// `Option<BTreeMap<String, T>>` hold is `T`.
pub(crate) fn around(ty: &Type, shape: &TokenStream, leaf: &TokenStream) -> TokenStream {
    let Some(segment) = last_segment(ty) else {
        return leaf.clone();
    };
    let name = segment.ident.to_string();
    let Some(inner) = argument(segment) else {
        return leaf.clone();
    };
    let inner = around(inner, shape, leaf);
    let at = ty.span();
    match name.as_str() {
        "Option" => quote_spanned!(at=> #inner.or_null()),
        name if POINTERS.contains(&name) => inner,
        name if LISTS.contains(&name) => quote_spanned!(at=> #shape::array(const { &#inner })),
        name if MAPS.contains(&name) => quote_spanned!(at=> #shape::map(const { &#inner })),
        _ => quote!(#leaf),
    }
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(ty) => ty.path.segments.last(),
        // A type that came through another macro.
        Type::Group(ty) => last_segment(&ty.elem),
        Type::Paren(ty) => last_segment(&ty.elem),
        _ => None,
    }
}

/// The last type among the arguments: of a map, what it maps to.
fn argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let is_map = MAPS.contains(&segment.ident.to_string().as_str());
    let mut types = types.skip(usize::from(is_map));
    types.next()
}
