//! Items of the output: rows of the server's tables, or whole objects. Both come in pages and
//! as changes, and have a name and a version.

use futures::stream::{BoxStream, StreamExt};
use kubewright::{
    List, ListOptions, Result, Table, TableColumn, TableRow, Unstructured, WatchEvent,
};

use super::Api;

/// Some items of one resource.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page<I> {
    /// What the cells of rows mean; empty for objects, and where a stream said it before.
    pub(super) columns: Vec<TableColumn>,
    pub(super) items: Vec<I>,
    /// The version at which the collection is so.
    pub(super) version: Option<String>,
    /// Where the next page begins.
    pub(super) next: Option<String>,
}

/// One change that a watch reports.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event<I> {
    Change(Change, Page<I>),
    /// Nothing happened up to this version.
    Bookmark(String),
}

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Added,
    Modified,
    Deleted,
}

impl Change {
    pub(super) fn word(self) -> &'static str {
        match self {
            Change::Added => "ADDED",
            Change::Modified => "MODIFIED",
            Change::Deleted => "DELETED",
        }
    }
}

pub(super) type Events<I> = BoxStream<'static, Result<Event<I>>>;

/// A row or an object, and how it is fetched.
pub(super) trait Item: Clone + 'static {
    async fn page(api: &Api, options: &ListOptions) -> Result<Page<Self>>;
    async fn one(api: &Api, name: &str) -> Result<Page<Self>>;
    async fn watch(api: &Api, options: &ListOptions) -> Result<Events<Self>>;

    /// Namespace, where there is one, and name.
    fn key(&self) -> (String, String);
    fn version(&self) -> Option<&str>;
}

impl Item for TableRow {
    async fn page(api: &Api, options: &ListOptions) -> Result<Page<Self>> {
        api.table(options).await.map(Page::from)
    }

    async fn one(api: &Api, name: &str) -> Result<Page<Self>> {
        api.table_of(name).await.map(Page::from)
    }

    async fn watch(api: &Api, options: &ListOptions) -> Result<Events<Self>> {
        let watch = api.watch_table(options).await?;
        Ok(watch.map(|event| event.map(Event::from)).boxed())
    }

    fn key(&self) -> (String, String) {
        let metadata = &self.object.metadata;
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        (text(&metadata.namespace), text(&metadata.name))
    }

    fn version(&self) -> Option<&str> {
        self.object.metadata.resource_version.as_deref()
    }
}

impl Item for Unstructured {
    async fn page(api: &Api, options: &ListOptions) -> Result<Page<Self>> {
        api.list(options).await.map(Page::from)
    }

    async fn one(api: &Api, name: &str) -> Result<Page<Self>> {
        api.get(name).await.map(Page::from)
    }

    async fn watch(api: &Api, options: &ListOptions) -> Result<Events<Self>> {
        let watch = api.watch(options).await?;
        Ok(watch.map(|event| event.map(Event::from)).boxed())
    }

    fn key(&self) -> (String, String) {
        let namespace = self.namespace().unwrap_or_default();
        (namespace.to_owned(), self.name().to_owned())
    }

    fn version(&self) -> Option<&str> {
        self.resource_version()
    }
}

impl<I> Page<I> {
    /// Items alone, under columns that are known.
    pub(super) fn of(columns: Vec<TableColumn>, items: Vec<I>) -> Self {
        Page {
            columns,
            items,
            version: None,
            next: None,
        }
    }
}

impl From<Table> for Page<TableRow> {
    fn from(table: Table) -> Self {
        let next = table.metadata.continue_token;
        Page {
            columns: table.column_definitions,
            items: table.rows,
            version: table.metadata.resource_version,
            next: next.filter(|token| !token.is_empty()),
        }
    }
}

impl From<List<Unstructured>> for Page<Unstructured> {
    fn from(list: List<Unstructured>) -> Self {
        Page {
            version: list.resource_version().map(str::to_owned),
            next: list.continue_token().map(str::to_owned),
            ..Page::of(Vec::new(), list.items)
        }
    }
}

impl From<Unstructured> for Page<Unstructured> {
    fn from(object: Unstructured) -> Self {
        Page {
            version: object.resource_version().map(str::to_owned),
            ..Page::of(Vec::new(), vec![object])
        }
    }
}

impl<I, T: Into<Page<I>>> From<WatchEvent<T>> for Event<I> {
    fn from(event: WatchEvent<T>) -> Self {
        match event {
            WatchEvent::Added(page) => Event::Change(Change::Added, page.into()),
            WatchEvent::Modified(page) => Event::Change(Change::Modified, page.into()),
            WatchEvent::Deleted(page) => Event::Change(Change::Deleted, page.into()),
            WatchEvent::Bookmark(bookmark) => Event::Bookmark(bookmark.resource_version),
        }
    }
}
