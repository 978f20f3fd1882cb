//! Errors are values: their wording is in one place, beside what it is about.

use syn::visit::{self, Visit};

use super::sources;

/// Where the value of an error is put together, no text is.
#[test]
fn the_wording_of_an_error_is_not_made_where_it_arises() {
    let mut wrong = Vec::new();
    let is_place_of_wording = |path: &std::path::Path| path.ends_with("problem.rs");
    for (path, text) in sources("dynamic/src") {
        if is_place_of_wording(&path) {
            continue;
        }
        let worded = Worded::of(&syn::parse_file(&text).expect("Rust"));
        wrong.extend(
            worded
                .into_iter()
                .map(|what| format!("{}: {what}", path.display())),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The list of all messages has those of every problem.
#[test]
fn every_problem_is_in_the_list_of_messages() {
    let sources = sources("dynamic/src");
    let is_list = |path: &std::path::Path| path.ends_with("src/messages.rs");
    let list = sources.iter().find(|(path, _)| is_list(path));
    let (_, list) = list.expect("the list of messages");
    let mut missing = Vec::new();
    for text in sources.values() {
        // Tests may have problems of their own.
        let code = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        for (kind, method) in [("Problem", "problems"), ("Activity", "activities")] {
            let implemented = code
                .lines()
                .filter_map(|line| line.strip_prefix("impl ")?.strip_prefix(kind));
            let names =
                implemented.filter_map(|rest| rest.strip_prefix(" for ")?.split([' ', '{']).next());
            missing.extend(
                names
                    .map(|name| format!("{method}::<{name}>"))
                    .filter(|entry| !list.contains(entry)),
            );
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn wording_is_found_in_constructors_and_in_problems() {
    let worded = |text: &str| Worded::of(&syn::parse_file(text).expect("Rust"));
    for text in [
        r#"fn f() -> E { Error::request(format!("no {x}")) }"#,
        r#"fn f() -> E { Error::decode("no") }"#,
        r#"fn f() -> E { ListProblem::Odd { why: format!("no {x}") }.into() }"#,
        r#"fn f() -> E { g(CacheProblem::Odd(format!("no {x}"))) }"#,
        "impl Error { fn of(message: impl Into<String>) -> Self { todo!() } }",
        "impl Error { fn of(message: &str) -> Self { todo!() } }",
    ] {
        assert_eq!(worded(text).len(), 1, "{text}");
    }
    for text in [
        "fn f() -> E { ListProblem::Odd { position: 3 }.into() }",
        "fn f() -> E { Error::from(Odd) }",
        "impl Error { fn is(&self, reason: &str) -> bool { todo!() } }",
        r#"#[cfg(test)] mod tests { fn f() -> E { Error::decode("no") } }"#,
    ] {
        assert_eq!(worded(text), Vec::<String>::new(), "{text}");
    }
}

/// Collects the places where a text becomes an error.
#[derive(Default)]
struct Worded {
    found: Vec<String>,
    /// Within the value of a problem.
    problem: Option<String>,
}

impl Worded {
    fn of(file: &syn::File) -> Vec<String> {
        let mut worded = Worded::default();
        worded.visit_file(file);
        worded.found
    }

    /// Visits the parts of a value, in which no text may be formatted if it is a problem.
    fn within(&mut self, path: &syn::Path, visit: impl FnOnce(&mut Self)) {
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        let is_problem = names.iter().any(|name| name.ends_with("Problem"));
        let outer = match is_problem {
            true => self.problem.replace(names.join("::")),
            false => self.problem.clone(),
        };
        visit(self);
        self.problem = outer;
    }
}

impl<'ast> Visit<'ast> for Worded {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = |attribute: &syn::Attribute| {
            let condition = attribute.meta.require_list();
            condition.is_ok_and(|condition| condition.tokens.to_string().contains("test"))
        };
        if !module.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        let is_error = matches!(&*block.self_ty, syn::Type::Path(of) if of.path.is_ident("Error"));
        for item in &block.items {
            let syn::ImplItem::Fn(function) = item else {
                continue;
            };
            if is_error && block.trait_.is_none() && makes_an_error_of_text(&function.sig) {
                self.found
                    .push(format!("Error::{} takes a text", function.sig.ident));
            }
        }
        visit::visit_item_impl(self, block);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let syn::Expr::Path(function) = &*call.func else {
            return visit::visit_expr_call(self, call);
        };
        let names: Vec<_> = function
            .path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        let of_text = matches!(
            names.iter().map(String::as_str).collect::<Vec<_>>()[..],
            [
                ..,
                "Error",
                "new" | "request" | "config" | "decode" | "other" | "msg"
            ]
        );
        // `std::io::Error::other` and the like are somebody else's.
        if of_text && names[0] == "Error" {
            self.found.push(names.join("::"));
        }
        self.within(&function.path, |worded| {
            visit::visit_expr_call(worded, call);
        });
    }

    fn visit_expr_struct(&mut self, value: &'ast syn::ExprStruct) {
        self.within(&value.path, |worded| {
            visit::visit_expr_struct(worded, value);
        });
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if let Some(problem) = self
            .problem
            .as_ref()
            .filter(|_| called.path.is_ident("format"))
        {
            self.found
                .push(format!("a text is formatted for {problem}"));
        }
        visit::visit_macro(self, called);
    }
}

/// Whether a function has no error yet, and is given a text.
fn makes_an_error_of_text(signature: &syn::Signature) -> bool {
    let typed = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(&*typed.ty),
        syn::FnArg::Receiver(_) => None,
    });
    let mut texts = Texts(false);
    typed.for_each(|given| texts.visit_type(given));
    signature.receiver().is_none() && texts.0
}

/// Whether a type is made of text.
struct Texts(bool);

impl<'ast> Visit<'ast> for Texts {
    fn visit_ident(&mut self, name: &'ast syn::Ident) {
        self.0 |= name == "String" || name == "str";
    }
}
