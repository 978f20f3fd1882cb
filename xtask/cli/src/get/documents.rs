//! Whole objects as JSON, YAML or a filled template.
//!
//! `metadata.managedFields` is left out unless it is asked for: it is longer than the rest
//! and meant for machines.

use std::io::{self, Write};

use kubewright::Unstructured;
use serde_json::{Value, json};

use super::cells::visible;
use super::encode;
use super::item::{Change, Page};
use super::sections::Section;
use super::show::Show;
use super::template::Template;

/// A form of document, and what goes into it.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) syntax: Syntax,
    pub(super) managed_fields: bool,
    /// A terminal looks on: values are made harmless.
    pub(super) escape: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Syntax {
    Json,
    Yaml,
    Template(Template),
}

impl Form {
    fn manifest(&self, mut object: Unstructured) -> Value {
        if let (false, Some(Value::Object(metadata))) =
            (self.managed_fields, object.get_mut("metadata"))
        {
            metadata.remove("managedFields");
        }
        object.into()
    }

    fn write(&self, out: &mut dyn Write, document: &Value) -> io::Result<()> {
        match &self.syntax {
            Syntax::Json => writeln!(out, "{}", encode::json(document)?),
            Syntax::Yaml => write!(out, "{}", encode::yaml(document)?),
            Syntax::Template(template) => {
                let text = template.fill(document);
                let harmless = visible(&text);
                write!(out, "{}", if self.escape { &harmless } else { &*text })
            }
        }
    }

    fn write_list(&self, out: &mut dyn Write, objects: Vec<Unstructured>) -> io::Result<()> {
        // Opened one at a time: a tree of all would be many times their text.
        let manifests = objects.into_iter().map(|object| self.manifest(object));
        match &self.syntax {
            Syntax::Json => encode::json_list(out, manifests),
            Syntax::Yaml => encode::yaml_list(out, manifests),
            Syntax::Template(_) => {
                let items: Vec<_> = manifests.collect();
                self.write(
                    out,
                    &json!({"apiVersion": "v1", "kind": "List", "items": items}),
                )
            }
        }
    }
}

/// One document of all: of the only object that was asked for, or a `v1` `List`.
pub(super) struct Whole {
    form: Form,
    single: bool,
    objects: Vec<Unstructured>,
}

impl Whole {
    pub(super) fn new(form: Form, single: bool) -> Self {
        Whole {
            form,
            single,
            objects: Vec::new(),
        }
    }
}

impl Show<Unstructured> for Whole {
    fn page(
        &mut self,
        _out: &mut dyn Write,
        _section: &Section,
        _change: Option<Change>,
        page: Page<Unstructured>,
    ) -> io::Result<()> {
        self.objects.extend(page.items);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, whole: bool) -> io::Result<()> {
        let mut objects = std::mem::take(&mut self.objects);
        match (self.single, objects.pop()) {
            (true, None) => Ok(()),
            (true, Some(object)) => self.form.write(out, &self.form.manifest(object)),
            (false, None) if !whole => Ok(()),
            (false, last) => {
                objects.extend(last);
                self.form.write_list(out, objects)
            }
        }
    }
}

/// A document for each change, as it comes.
pub(super) struct Changes {
    form: Form,
    /// Documents say what happened to the object.
    events: bool,
    /// Between YAML documents, not before the first.
    separate: bool,
}

impl Changes {
    pub(super) fn new(form: Form, events: bool) -> Self {
        Changes {
            form,
            events,
            separate: false,
        }
    }

    fn document(&self, change: Option<Change>, object: Unstructured) -> Value {
        let manifest = self.form.manifest(object);
        match change.filter(|_| self.events) {
            Some(change) => json!({"type": change.word(), "object": manifest}),
            None => manifest,
        }
    }
}

impl Show<Unstructured> for Changes {
    fn page(
        &mut self,
        out: &mut dyn Write,
        _section: &Section,
        change: Option<Change>,
        page: Page<Unstructured>,
    ) -> io::Result<()> {
        for object in page.items {
            if self.separate && matches!(self.form.syntax, Syntax::Yaml) {
                writeln!(out, "---")?;
            }
            self.separate = true;
            self.form.write(out, &self.document(change, object))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sections::for_test;
    use super::*;

    fn form(syntax: Syntax) -> Form {
        Form {
            syntax,
            managed_fields: false,
            escape: true,
        }
    }

    fn object(name: &str) -> Unstructured {
        let metadata = json!({"name": name, "managedFields": [{"manager": "me"}]});
        Unstructured::try_from(json!({
            "kind": "ConfigMap", "apiVersion": "v1", "metadata": metadata, "data": {"a": "1"},
        }))
        .unwrap()
    }

    fn shown(mut show: impl Show<Unstructured>, names: &[&str], whole: bool) -> String {
        let mut out = Vec::new();
        let section = for_test("", "ConfigMap", None);
        for name in names {
            let page = Page::of(Vec::new(), vec![object(name)]);
            show.page(&mut out, &section, Some(Change::Added), page)
                .unwrap();
        }
        show.finish(&mut out, whole).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_object_stands_alone_and_several_are_a_list() {
        let template = || {
            Syntax::Template(
                "{.kind} {.items[*].metadata.name}{.metadata.name}"
                    .parse()
                    .unwrap(),
            )
        };
        let whole = |single| Whole::new(form(template()), single);
        assert_eq!(shown(whole(true), &["a"], true), "ConfigMap a");
        assert_eq!(shown(whole(false), &["a"], true), "List a");
        assert_eq!(shown(whole(false), &["a", "b"], false), "List a b");
        assert_eq!(shown(whole(false), &[], true), "List ");
    }

    #[test]
    fn nothing_is_written_for_an_object_that_could_not_be_had() {
        for single in [true, false] {
            assert_eq!(
                shown(Whole::new(form(Syntax::Json), single), &[], false),
                ""
            );
        }
    }

    #[test]
    fn managed_fields_are_shown_on_request() {
        let text = shown(Whole::new(form(Syntax::Yaml), true), &["a"], true);
        assert_eq!(
            text,
            "apiVersion: v1\ndata:\n  a: \"1\"\nkind: ConfigMap\nmetadata:\n  name: a\n"
        );
        let all = Form {
            managed_fields: true,
            ..form(Syntax::Yaml)
        };
        let text = shown(Whole::new(all, true), &["a"], true);
        assert!(text.contains("managedFields:\n  - manager: me\n"), "{text}");
    }

    #[test]
    fn changes_are_documents_of_their_own() {
        let text = shown(Changes::new(form(Syntax::Yaml), true), &["a", "b"], true);
        assert_eq!(text.matches("type: ADDED").count(), 2);
        assert_eq!(text.matches("---\n").count(), 1);
        let text = shown(Changes::new(form(Syntax::Json), false), &["a", "b"], true);
        assert_eq!(text.matches("\n}\n").count(), 2);
    }

    #[test]
    fn a_terminal_gets_no_control_sequences() {
        let syntax = Syntax::Template("{.metadata.name}".parse().unwrap());
        let text = |escape| {
            let form = Form {
                escape,
                ..form(syntax.clone())
            };
            shown(Whole::new(form, true), &["\u{1b}[2J"], true)
        };
        assert_eq!(text(true), "^[[2J");
        assert_eq!(text(false), "\u{1b}[2J");
    }
}
