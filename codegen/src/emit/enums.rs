//! Open enums of texts or integers: plain text, with their traits from one macro of the runtime.

use quote::quote;

use super::Context;
use super::docs;
use super::text::{File, ident, literal};
use crate::Error;
use crate::ir::{OpenEnum, TypeDef};

pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDef,
    body: &OpenEnum,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(&definition.name);
    let docs = context.prose.of_enum(definition);
    let variants = body.variants.iter().map(|variant| {
        let docs = context.prose.of_variant(variant);
        let name = ident(&variant.name);
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
    file.block(&traits(definition, body));
    Ok(())
}

/// The macro call, laid out by hand: one value a line. It holds identifiers and escaped
/// literals alone.
fn traits(definition: &TypeDef, body: &OpenEnum) -> String {
    let name = match body.integers {
        true => "open_integers",
        false => "open_enum",
    };
    let mut text = format!("codegen::{name}! {{\n    {} {{\n", definition.name);
    for variant in &body.variants {
        // Of integers it is the number itself, which lowering has read as one.
        let value = match body.integers {
            true => variant.wire.clone(),
            false => literal(&variant.wire),
        };
        text.push_str(&format!("        {} = {value},\n", variant.name));
    }
    text.push_str("    }\n}\n");
    text
}
