//! Open enums: plain text, with their traits from one macro of the runtime.

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
    file.items(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
            Other(String),
        }
    })?;
    file.block(&traits(definition, body));
    Ok(())
}

/// The macro call, laid out by hand: one value a line. It holds identifiers and escaped
/// literals alone.
fn traits(definition: &TypeDef, body: &OpenEnum) -> String {
    let mut text = format!("codegen::open_enum! {{\n    {} {{\n", definition.name);
    for variant in &body.variants {
        text.push_str(&format!(
            "        {} = {},\n",
            variant.name,
            literal(&variant.wire)
        ));
    }
    text.push_str("    }\n}\n");
    text
}
