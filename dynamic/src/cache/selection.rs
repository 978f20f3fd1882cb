//! The selection of a cache: labels, fields, and the size of a page.

use std::fmt::Display;

use crate::wire::rest::ListOptions;

/// The objects that an informer keeps, and how it asks for them: selectors and the size of a
/// page. Everything else about a list is for the informer to decide.
///
/// ```
/// use kubewright::cache::Selection;
///
/// let web = Selection::new().labels("app=web").page_size(200);
/// assert_ne!(web, Selection::new());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    labels: Option<String>,
    fields: Option<String>,
    page_size: Option<u32>,
}

impl Selection {
    /// All objects.
    pub fn new() -> Self {
        Selection::default()
    }

    /// Only objects whose labels match: a selector or its text, `app=web,tier in (a,b)`.
    #[must_use]
    pub fn labels(mut self, selector: impl Display) -> Self {
        self.labels = Some(selector.to_string());
        self
    }

    /// Only objects whose fields match: a selector or its text, `spec.nodeName=node-1`.
    /// Which fields can be asked for is up to the resource.
    #[must_use]
    pub fn fields(mut self, selector: impl Display) -> Self {
        self.fields = Some(selector.to_string());
        self
    }

    /// Lists at most this many objects in one reply, and always by pages. Without it, the
    /// first list comes from the cache of the server, in one piece
    /// ([rule F3](crate::semantics#f3)).
    #[must_use]
    pub fn page_size(mut self, objects: u32) -> Self {
        self.page_size = Some(objects).filter(|&objects| objects > 0);
        self
    }

    /// The selectors as list options, and the page size: a new field must reach one of them.
    pub(super) fn into_parts(self) -> (ListOptions, Option<u32>) {
        let Selection {
            labels,
            fields,
            page_size,
        } = self;
        let mut options = ListOptions::new();
        if let Some(labels) = labels {
            options = options.labels(labels);
        }
        if let Some(fields) = fields {
            options = options.fields(fields);
        }
        (options, page_size)
    }

    /// The selectors as people write them, joined; empty where all is selected.
    pub(super) fn describe(&self) -> String {
        let selectors = [&self.labels, &self.fields].into_iter().flatten();
        let selectors: Vec<_> = selectors.map(String::as_str).collect();
        selectors.join(",")
    }
}
