//! Lays out items as text.

use proc_macro2::{Ident, Literal, Span, TokenStream};

use crate::Error;

/// A file under construction: items with blank lines between.
pub(super) struct File {
    text: String,
    glued: bool,
}

impl File {
    pub(super) fn new(mark: String) -> Self {
        Self {
            text: mark,
            glued: true,
        }
    }

    /// Inner documentation, right below the mark.
    pub(super) fn inner_docs(&mut self, lines: &[String]) {
        for line in lines {
            self.text.push_str("//!");
            if !line.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.glued = false;
    }

    /// Items, each set apart by a blank line.
    pub(super) fn items(&mut self, tokens: TokenStream) -> Result<(), Error> {
        for item in parse(tokens)?.items {
            let spaced = matches!(item, syn::Item::Impl(_));
            let text = layout(vec![item]);
            self.block(&if spaced { apart(&text) } else { text });
        }
        Ok(())
    }

    /// Items without blank lines between them, such as imports.
    pub(super) fn group(&mut self, tokens: TokenStream) -> Result<(), Error> {
        let file = parse(tokens)?;
        if !file.items.is_empty() {
            self.block(&layout(file.items));
        }
        Ok(())
    }

    /// Text that is laid out already.
    pub(super) fn block(&mut self, text: &str) {
        if !std::mem::take(&mut self.glued) || self.text.lines().count() > 0 {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Sets the documented members of an `impl` apart. Literals hold no line breaks, so what looks
/// like the end of a member is one.
fn apart(text: &str) -> String {
    text.replace("\n    }\n    ///", "\n    }\n\n    ///")
}

fn layout(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

fn parse(tokens: TokenStream) -> Result<syn::File, Error> {
    syn::parse2(tokens).map_err(|error| {
        Error::new(
            "",
            "",
            format!("the generator wrote invalid Rust: {error}; please report this as a bug"),
        )
    })
}

/// An identifier; the naming passes see to it that it is one.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A string literal as it stands in code.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Text for a comment: one line, no control or invisible characters.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|&c| !crate::error::is_invisible(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(80)
        .collect()
}
