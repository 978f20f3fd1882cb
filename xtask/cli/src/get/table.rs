//! The server's tables as text, in the columns that kubectl's users know.
//!
//! Three spaces stand between columns, headings are in capitals and come once. A column is
//! as wide as its widest cell so far: pages are shown as they come, and later ones keep the
//! width of earlier ones unless they need more.

use std::io::{self, Write};

use anstyle::Style;
use kubewright::meta::Map;
use kubewright::{ApiResource, ObjectMeta, TableColumn, TableRow};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::cells;
use super::item::{Change, Page};
use super::sections::Section;
use super::show::Show;

/// Which columns there are besides the server's.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The server's columns of lower priority too.
    pub(super) wide: bool,
    /// The namespace in front, for kinds that have one.
    pub(super) namespaces: bool,
    /// `deployment.apps/` before names.
    pub(super) kinds: bool,
    /// What happened, in front of all.
    pub(super) events: bool,
    /// A column for each of these labels.
    pub(super) labels: Vec<String>,
    /// All labels, at the end.
    pub(super) all_labels: bool,
    pub(super) headers: bool,
    /// How headings look.
    pub(super) heading: Style,
}

/// Writes tables, one a section, with an empty line between.
pub(super) struct Tables {
    layout: Layout,
    current: Option<Current>,
}

/// The table that is being written.
struct Current {
    resource: ApiResource,
    columns: Vec<TableColumn>,
    widths: Vec<usize>,
}

impl Tables {
    pub(super) fn new(layout: Layout) -> Self {
        Tables {
            layout,
            current: None,
        }
    }
}

impl Show<TableRow> for Tables {
    fn page(
        &mut self,
        out: &mut dyn Write,
        section: &Section,
        change: Option<Change>,
        page: Page<TableRow>,
    ) -> io::Result<()> {
        if page.items.is_empty() {
            return Ok(());
        }
        let table = &mut self.current;
        let begins = table
            .as_ref()
            .is_none_or(|table| table.resource != section.resource);
        if begins && table.is_some() && self.layout.headers {
            writeln!(out)?;
        }
        let columns_change = |table: &Current| {
            !page.columns.is_empty() && !same_columns(&table.columns, &page.columns)
        };
        let with_headings = begins || table.as_ref().is_some_and(columns_change);
        if with_headings {
            *table = Some(Current {
                resource: section.resource.clone(),
                columns: page.columns,
                widths: Vec::new(),
            });
        }
        match table {
            Some(table) => table.write(
                out,
                &self.layout,
                section,
                change,
                &page.items,
                with_headings,
            ),
            None => Ok(()),
        }
    }
}

/// Descriptions may differ from page to page for all that a reader sees.
fn same_columns(a: &[TableColumn], b: &[TableColumn]) -> bool {
    let same = |a: &TableColumn, b: &TableColumn| a.name == b.name && a.priority == b.priority;
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

impl Current {
    fn write(
        &mut self,
        out: &mut dyn Write,
        layout: &Layout,
        section: &Section,
        change: Option<Change>,
        rows: &[TableRow],
        with_headings: bool,
    ) -> io::Result<()> {
        let headings =
            (with_headings && layout.headers).then(|| layout.headings(section, &self.columns));
        let rows: Vec<_> = rows
            .iter()
            .map(|row| layout.cells(section, &self.columns, row, change))
            .collect();
        for line in headings.iter().chain(&rows) {
            self.widen(line);
        }
        if let Some(headings) = headings {
            let style = layout.heading;
            writeln!(out, "{style}{}{style:#}", self.line(&headings))?;
        }
        for row in rows {
            writeln!(out, "{}", self.line(&row))?;
        }
        Ok(())
    }

    fn widen(&mut self, cells: &[String]) {
        self.widths.resize(cells.len().max(self.widths.len()), 0);
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = (*width).max(cell.width());
        }
    }

    /// The cells, filled up to their columns but for the last.
    fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (at, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            line.push_str(cell);
            if at + 1 < cells.len() {
                // A column and the space behind it are never less than six wide.
                let fill = (width + 3).max(6) - cell.width();
                line.extend(std::iter::repeat_n(' ', fill));
            }
        }
        line
    }
}

impl Layout {
    fn headings(&self, section: &Section, columns: &[TableColumn]) -> Vec<String> {
        let mut cells = self.front(section, "EVENT", "NAMESPACE");
        let shown = columns.iter().filter(|column| self.shows(column));
        cells.extend(shown.map(|column| cells::line(&column.name).to_uppercase()));
        // Of `app.kubernetes.io/name`, the name.
        let labels = self.labels.iter().map(|label| label.rsplit('/').next());
        cells.extend(labels.map(|label| label.unwrap_or_default().to_uppercase()));
        cells.extend(self.all_labels.then(|| "LABELS".to_owned()));
        cells
    }

    fn cells(
        &self,
        section: &Section,
        columns: &[TableColumn],
        row: &TableRow,
        change: Option<Change>,
    ) -> Vec<String> {
        let ObjectMeta {
            namespace, labels, ..
        } = &row.object.metadata;
        let event = change.map(Change::word).unwrap_or_default();
        let mut cells = self.front(section, event, namespace.as_deref().unwrap_or_default());
        let shown = columns.iter().zip(&row.cells);
        let shown = shown.filter(|(column, _)| self.shows(column));
        cells.extend(shown.map(|(column, cell)| self.cell(section, column, cell)));
        let label = |label: &String| {
            labels
                .get(label)
                .map_or(String::new(), |value| cells::line(value))
        };
        cells.extend(self.labels.iter().map(label));
        cells.extend(self.all_labels.then(|| all_of(labels)));
        cells
    }

    /// What stands before the server's columns.
    fn front(&self, section: &Section, event: &str, namespace: &str) -> Vec<String> {
        let with_namespace = self.namespaces && section.is_namespaced();
        let event = self.events.then(|| event.to_owned());
        let namespace = with_namespace.then(|| cells::line(namespace));
        event.into_iter().chain(namespace).collect()
    }

    fn cell(&self, section: &Section, column: &TableColumn, cell: &Value) -> String {
        let text = cells::text(cell);
        if self.kinds && is_name(column) {
            format!("{}/{text}", section.kind())
        } else {
            text
        }
    }

    fn shows(&self, column: &TableColumn) -> bool {
        self.wide || column.priority == 0
    }
}

fn all_of(labels: &Map<String>) -> String {
    let mut all: Vec<_> = labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    if all.is_empty() {
        return "<none>".to_owned();
    }
    // By the whole text, as kubectl sorts them.
    all.sort();
    cells::line(&all.join(","))
}

/// The column that names the object is marked by its format (KEP-1207).
fn is_name(column: &TableColumn) -> bool {
    column.r#type == "string" && column.format == "name"
}

#[cfg(test)]
mod tests;
