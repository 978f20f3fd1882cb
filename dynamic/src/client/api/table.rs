//! Lists as the server would print them.

use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::call::{Call, Reading};
use super::{Api, Object};
use crate::client::problem::ClientProblem;
use crate::model::error::Result;
use crate::model::meta::{ListMeta, null_as_default};
use crate::model::object::from_json;
use crate::model::partial::PartialObjectMetadata;
use crate::model::verbs;
use crate::wire::rest::{ListOptions, Request, TABLE};

impl<K: Object + verbs::List> Api<K> {
    /// Lists objects as a table whose columns and cells the server chooses, as kubectl
    /// prints them (KEP-1207).
    ///
    /// # Errors
    /// The server's refusal; `is_decode()` from a server that does not support tables.
    pub fn table(&self, options: &ListOptions) -> Call<Table, Reading> {
        let request = table_request(
            Request::new(Method::GET, &self.collection(), "list"),
            options,
        );
        self.call(request, Table::read)
    }
}

impl<K: Object + verbs::Get> Api<K> {
    /// One object as a table of one row.
    ///
    /// # Errors
    /// As [`Api::table`], and `is_not_found()`.
    pub fn table_of(&self, name: &str) -> Call<Table, Reading> {
        let request = table_request(
            Request::new(Method::GET, &self.object(name), "get"),
            &ListOptions::new(),
        );
        self.call(request, Table::read)
    }
}

fn table_request(request: Result<Request>, options: &ListOptions) -> Result<Request> {
    let mut request = request?;
    request.accept = TABLE;
    request.query = options.to_query()?;
    Ok(request)
}

/// Columns and rows (`meta.k8s.io/v1` `Table`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[non_exhaustive]
pub struct Table {
    /// Version and continue token of the list.
    #[serde(deserialize_with = "null_as_default")]
    pub metadata: ListMeta,
    /// The columns of the cells. Empty in the later events of a watch.
    #[serde(deserialize_with = "null_as_default")]
    pub column_definitions: Vec<TableColumn>,
    /// One for each object.
    #[serde(deserialize_with = "null_as_default")]
    pub rows: Vec<TableRow>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[non_exhaustive]
pub struct TableColumn {
    /// Heading.
    pub name: String,
    /// OpenAPI type of its cells.
    pub r#type: String,
    /// OpenAPI format of its cells.
    pub format: String,
    /// A description of the column.
    pub description: String,
    /// 0 for columns that always matter; higher ones belong to the wide form.
    pub priority: i32,
}

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TableRow {
    /// One value a column.
    #[serde(deserialize_with = "null_as_default")]
    pub cells: Vec<Value>,
    /// The object's metadata.
    #[serde(deserialize_with = "null_as_default")]
    pub object: PartialObjectMetadata,
}

impl Table {
    pub(crate) fn read(text: &str) -> Result<Self> {
        let types: crate::model::meta::TypeMeta = from_json(text)?;
        if types.kind != "Table" {
            return Err(ClientProblem::NotATable { kind: types.kind }.into());
        }
        from_json(text)
    }
}
