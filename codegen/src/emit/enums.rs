//! Open enums of texts or integers: plain text, with their traits from one macro of the runtime.

use quote::quote;

use super::text::{File, ident, literal};
use super::{Context, NamedType, docs};
use crate::Error;
use crate::ir::OpenEnum;

pub(super) fn emit(
    context: &Context<'_>,
    named: NamedType<'_>,
    body: &OpenEnum,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(named.name);
    let docs = context.prose.of_enum(named);
    let variants = named.variants(body).map(|(variant, name)| {
        let docs = context.prose.of_variant(variant);
        let name = ident(name);
        quote!(#docs #name,)
    });
    let other = docs::line("A value that was not known when this was generated.");
    let of = match body.integers {
        true => quote!(i64),
        false => quote!(meta::Unknown),
    };
    file.items(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
            Other(#of),
        }
    })?;
    file.block(&traits(named, body));
    Ok(())
}

/// The macro call, laid out by hand: one value a line. It holds identifiers and escaped
/// literals alone.
fn traits(named: NamedType<'_>, body: &OpenEnum) -> String {
    let call = match body.integers {
        true => "open_integers",
        false => "open_enum",
    };
    let mut text = format!("codegen::{call}! {{\n    {} {{\n", named.name);
    for (variant, name) in named.variants(body) {
        // Of integers it is the number itself, which lowering has read as one.
        let value = match body.integers {
            true => variant.wire.clone(),
            false => literal(&variant.wire),
        };
        text.push_str(&format!("        {name} = {value},\n"));
    }
    text.push_str("    }\n}\n");
    text
}
