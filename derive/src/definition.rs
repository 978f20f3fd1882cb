//! The definition of a kind from its struct: its schema, its facts, its `crd()`.
//!
//! All of it needs a schema of each type inside. Where the attribute states an option that only a
//! definition has, a missing schema is an error at once. Otherwise the kind may well be built in or
//! defined elsewhere, and the schema is needed only when the definition is used: the compiler checks
//! bounds over a lifetime on use alone.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Field, Path};

use crate::ast::Subject;
use crate::attr::{Definition, Resource};
use crate::constructor;
use crate::errors::Errors;
use crate::expand::scope;
use crate::json_path::JsonPath;
use crate::schema::{self, Context};
use crate::schema_attr::{Level, Options};
use crate::serde_attr::Serde;

/// The implementations, or nothing where there is no definition.
pub(crate) fn expand(
    input: &DeriveInput,
    subject: &Subject<'_>,
    resource: &Resource,
    errors: &mut Errors,
) -> TokenStream {
    let Some(definition) = &resource.definition else {
        return TokenStream::new();
    };
    let parts = Parts {
        ident: subject.ident,
        krate: &resource.krate,
        bounds: match definition.is_meant {
            true => TokenStream::new(),
            false => bounds(subject, &resource.krate),
        },
    };
    let schema = parts.schema(input, errors);
    let facts = parts.facts(subject, resource, definition);
    let storage = definition
        .is_storage
        .then(|| parts.storage(&definition.versions));
    let constructor = definition
        .has_constructor
        .then(|| constructor::expand(subject.ident, subject.fields, &resource.krate));
    let ident = subject.ident;
    let krate = &resource.krate;
    let eager = definition.is_meant.then(|| {
        quote!(const _: () = { let _ = <#ident as #krate::codegen::crd::derived::Versioned>::FACTS; };)
    });
    quote!(#schema #facts #storage #constructor #eager)
}

/// A schema for each field, asked on use.
fn bounds(subject: &Subject<'_>, krate: &Path) -> TokenStream {
    let is_asked = |field: &&Field| {
        let options = Options::read(&field.attrs, Level::Field, &mut Errors::default());
        field
            .ident
            .as_ref()
            .is_some_and(|ident| ident != "metadata")
            && options.instead.is_none()
            && !Serde::read(&field.attrs).is_skipped()
    };
    let types = subject.fields.named.iter().filter(is_asked).map(|field| {
        let ty = &field.ty;
        quote_spanned!(ty.span()=> for<'schema> #ty: #krate::codegen::crd::Schema)
    });
    quote!(where #(#types),*)
}

struct Parts<'a> {
    ident: &'a Ident,
    krate: &'a Path,
    bounds: TokenStream,
}

impl Parts<'_> {
    fn schema(&self, input: &DeriveInput, errors: &mut Errors) -> TokenStream {
        let Self {
            ident,
            krate,
            bounds,
        } = self;
        let options = Options::read(&input.attrs, Level::Type, errors);
        let context = Context {
            ident,
            krate: (*krate).clone(),
            serde: Serde::read(&input.attrs),
            is_resource: true,
        };
        let shape = schema::shape(input, &options, &context, errors);
        quote! {
            #[automatically_derived]
            impl #krate::codegen::crd::Schema for #ident #bounds {
                const SHAPE: #krate::codegen::crd::Shape = #shape;
            }
        }
    }

    fn facts(
        &self,
        subject: &Subject<'_>,
        resource: &Resource,
        definition: &Definition,
    ) -> TokenStream {
        let Self {
            ident,
            krate,
            bounds,
        } = self;
        let derived = quote!(#krate::codegen::crd::derived);
        let Resource {
            group,
            version,
            kind,
            plural,
            ..
        } = resource;
        let Definition {
            singular,
            short_names,
            categories,
            is_served,
            is_storage,
            ..
        } = definition;
        let columns = self.columns(definition);
        let selectable = self.selectable(definition);
        let scale = self.scale(definition);
        let scope = scope(resource.is_namespaced);
        let has_status = resource.has_status.unwrap_or(subject.has_status);
        let is_deprecated = definition.deprecated.is_some();
        let warning = definition.deprecated.clone().unwrap_or_default();
        let others = self.other_versions(resource, definition);
        quote! {
            #[automatically_derived]
            #[allow(clippy::panic)]
            impl #krate::codegen::crd::derived::Versioned for #ident #bounds {
                const FACTS: #derived::Facts = {
                    const SCOPE: #krate::codegen::ScopeKind =
                        <#krate::codegen::#scope as #krate::codegen::Scope>::KIND;
                    let shape = <Self as #krate::codegen::crd::Schema>::SHAPE;
                    #derived::Facts {
                        group: #group,
                        version: #version,
                        kind: #kind,
                        plural: #plural,
                        singular: #singular,
                        short_names: &[#(#short_names),*],
                        categories: &[#(#categories),*],
                        scope: SCOPE,
                        is_served: #is_served,
                        is_storage: #is_storage,
                        is_deprecated: #is_deprecated,
                        deprecation_warning: #warning,
                        has_status: #has_status,
                        scale: #scale,
                        columns: &[#(#columns),*],
                        selectable: &[#(#selectable),*],
                        shape,
                        others: &[#(#others),*],
                    }
                };
            }
        }
    }

    fn columns(&self, definition: &Definition) -> impl Iterator<Item = TokenStream> {
        let (shape, krate) = (quote!(shape), self.krate);
        let columns = definition.columns.iter();
        columns.map(move |column| column.expand(&shape, krate))
    }

    /// The paths of the fields that can be selected by, each checked where it stands.
    fn selectable(&self, definition: &Definition) -> impl Iterator<Item = TokenStream> {
        let (shape, krate) = (quote!(shape), self.krate);
        definition.selectable.iter().map(move |path| {
            let at = path.text.span();
            let (text, found) = (&path.text, path.follow(&shape, krate));
            quote_spanned!(at=> { (#found).must_be_selectable(); #text })
        })
    }

    /// Another version is the same kind under the same name, which its own facts must say.
    fn other_versions(
        &self,
        resource: &Resource,
        definition: &Definition,
    ) -> impl Iterator<Item = TokenStream> {
        let krate = self.krate;
        let derived = quote!(#krate::codegen::crd::derived);
        let Resource {
            group,
            version,
            kind,
            plural,
            ..
        } = resource;
        definition.versions.iter().map(move |other| {
            quote_spanned!(other.span()=> {
                const OTHER: &#derived::Facts = &<#other as #derived::Versioned>::FACTS;
                OTHER.check_version_of(#group, #kind, #plural, #version, SCOPE);
                OTHER
            })
        })
    }

    fn scale(&self, definition: &Definition) -> TokenStream {
        let krate = self.krate;
        let Some(scale) = &definition.scale else {
            return quote!(#krate::codegen::core::option::Option::None);
        };
        let shape = quote!(shape);
        let checked = |path: &JsonPath, check: &str| {
            let at = path.text.span();
            let (text, found) = (&path.text, path.follow(&shape, krate));
            let check = Ident::new(check, at);
            quote_spanned!(at=> { (#found).#check(); #text })
        };
        let spec = checked(&scale.spec, "must_be_integer");
        let status = checked(&scale.status, "must_be_integer");
        let selector = scale.selector.as_ref();
        let selector = selector.map_or(quote!(""), |path| checked(path, "must_be_string"));
        quote! {
            #krate::codegen::core::option::Option::Some(#krate::codegen::crd::derived::Scale {
                spec: #spec,
                status: #status,
                selector: #selector,
            })
        }
    }

    /// What the stored version has: the definition, and conversions from and to the others.
    fn storage(&self, versions: &[Path]) -> TokenStream {
        let Self {
            ident,
            krate,
            bounds,
        } = self;
        let crd = quote!(#krate::codegen::crd);
        let conversions = versions.iter().map(|other| {
            quote_spanned!(other.span()=> #crd::derived::Conversion::between::<#other, #ident>())
        });
        let convert = (!versions.is_empty()).then(|| {
            quote! {
                /// Answers a conversion review; see `kubewright::crd::convert`.
                #[must_use]
                pub fn convert(review: #crd::ConversionReview) -> #crd::ConversionReview {
                    #crd::convert::<Self>(review)
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #crd::CustomResource for #ident #bounds {
                const CONVERSIONS: &'static [#crd::derived::Conversion] =
                    const { &[#(#conversions),*] };
            }
            #[automatically_derived]
            #[allow(dead_code)]
            impl #ident {
                /// The definition of this kind.
                #[must_use]
                pub fn crd() -> #crd::CustomResourceDefinition
                where
                    for<'schema> Self: #crd::CustomResource,
                {
                    <Self as #crd::CustomResource>::crd()
                }

                /// Applies the definition of this kind and waits until it can be used.
                pub fn install(client: &#krate::codegen::Client) -> #crd::Install
                where
                    for<'schema> Self: #crd::CustomResource,
                {
                    #crd::install::<Self>(client)
                }

                #convert
            }
        }
    }
}
