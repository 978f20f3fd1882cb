//! A line for each object: its name, or a value in it.

use std::io::{self, Write};

use kubewright::Unstructured;

use super::cells::visible;
use super::item::{Change, Page};
use super::path::Path;
use super::sections::Section;
use super::show::Show;

/// What each line says.
#[derive(Clone, Debug)]
pub(super) enum Word {
    /// `deployment.apps/web`, which `get` reads again.
    Name,
    Path(Path),
}

/// Writes lines as objects come.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub(super) word: Word,
    /// A terminal looks on: values are made harmless.
    pub(super) escape: bool,
}

impl Show<Unstructured> for Lines {
    fn page(
        &mut self,
        out: &mut dyn Write,
        section: &Section,
        _change: Option<Change>,
        page: Page<Unstructured>,
    ) -> io::Result<()> {
        for object in page.items {
            let line = match &self.word {
                Word::Name => format!("{}/{}", section.kind(), object.name()),
                Word::Path(path) => path.text(&object.into()),
            };
            let harmless = visible(&line);
            writeln!(out, "{}", if self.escape { &harmless } else { &*line })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sections::for_test;
    use super::*;
    use serde_json::json;

    fn shown(word: Word) -> String {
        let object = |name: &str, replicas: u32| {
            let spec = json!({"metadata": {"name": name}, "spec": {"replicas": replicas}});
            Unstructured::try_from(spec).unwrap()
        };
        let page = Page::of(Vec::new(), vec![object("web", 3), object("api", 1)]);
        let mut out = Vec::new();
        let section = for_test("apps", "Deployment", None);
        let mut lines = Lines { word, escape: true };
        lines.page(&mut out, &section, None, page).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_object_is_a_line() {
        assert_eq!(
            shown(Word::Name),
            "deployment.apps/web\ndeployment.apps/api\n"
        );
        let path = |path: &str| Word::Path(path.parse().unwrap());
        assert_eq!(shown(path(".spec.replicas")), "3\n1\n");
        assert_eq!(shown(path(".spec.missing")), "\n\n");
    }
}
