//! OpenAPI and CustomResourceDefinitions to Rust: types, resources, clients.
//!
//! One pure function, [`generate`], takes documents and returns files as text. It reads neither
//! disk nor network; its caller does. A document goes through parse → merge → lower → passes →
//! emit, with one intermediate form (the `ir` module) in the middle: the quirks of specifications
//! end before it, and the looks of code begin after it.
//!
//! Input is hostile until proven otherwise: names, descriptions and values of a spec only
//! ever become identifiers made of ASCII letters and digits, escaped literals, or comments
//! without a way out. Broken input is one [`Error`] with document and JSON pointer.
//!
//! ```
//! use kubewright_codegen::{Options, Spec, generate};
//!
//! let spec = Spec::new("tiny.json", r##"{
//!     "swagger": "2.0",
//!     "info": {"title": "Tiny", "version": "v1"},
//!     "definitions": {
//!         "com.example.v1.Size": {
//!             "type": "object",
//!             "required": ["width"],
//!             "properties": {"width": {"type": "integer", "format": "int32"}}
//!         }
//!     }
//! }"##);
//! let output = generate(&[spec], &Options::default())?;
//! assert!(output.files["src/example_v1/types.rs"].contains("pub width: i32,"));
//! # Ok::<(), kubewright_codegen::Error>(())
//! ```

mod emit;
mod error;
mod fixups;
mod group_version;
mod identifiers;
mod ir;
mod lower;
mod merge;
mod names;
mod naming;
mod options;
mod output;
mod parse;
mod passes;
mod pipeline;
mod spec;
mod stock;

pub use error::Error;
pub use names::Names;
pub use openapiv3;
pub use options::{Docs, Filter, Layout, Manifest, Options, Source, StockCrate};
pub use output::{Kind, Output, Summary};
pub use spec::Spec;

/// Turns the documents of one API into the files of a crate.
///
/// The same documents give the same bytes, in whatever order they and their keys come.
///
/// # Errors
///
/// When a document is neither JSON nor YAML, no OpenAPI of a known version and no
/// CustomResourceDefinition, or contradicts itself or another one; when a `$ref` leads
/// nowhere; when manifests hold no definition; when nothing is left to generate. Nothing is
/// returned then: there is no partial output.
pub fn generate(specs: &[Spec], options: &Options) -> Result<Output, Error> {
    pipeline::run(specs, options)
}
