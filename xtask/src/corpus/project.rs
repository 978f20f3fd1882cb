//! The projects of a corpus: each a folder of definitions, or a form of Kubernetes' OpenAPI.

use std::fs;
use std::path::{Path, PathBuf};

use kubewright_cli::parts::Failure;
use kubewright_codegen::Spec;
use serde_json::Value;

/// Documents that are generated together.
pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) documents: Vec<Document>,
}

/// One file.
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    /// What it holds: one value for each document of a YAML stream.
    pub(crate) values: Vec<Value>,
}

impl Project {
    /// Whether it is made of CustomResourceDefinitions.
    pub(crate) fn is_custom(&self) -> bool {
        self.definitions().next().is_some()
    }

    /// Its CustomResourceDefinitions.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = &Value> {
        self.values()
            .filter(|value| value["kind"] == "CustomResourceDefinition")
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.documents.iter().flat_map(|document| &document.values)
    }

    pub(crate) fn specs(&self) -> Vec<Spec> {
        let documents = self.documents.iter();
        documents
            .map(|document| document.spec(document.bytes.clone()))
            .collect()
    }
}

impl Document {
    /// The same document with these bytes.
    pub(crate) fn spec(&self, bytes: Vec<u8>) -> Spec {
        Spec::new(self.path.display().to_string(), bytes)
    }

    fn read(path: PathBuf) -> Result<Self, Failure> {
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let values = match serde_json::from_slice(&bytes) {
            Ok(value) => vec![value],
            Err(_) => serde_saphyr::from_slice_multiple(&bytes)
                .map_err(|error| format!("{}: {error}", path.display()))?,
        };
        Ok(Self {
            path,
            bytes,
            values,
        })
    }
}

/// The projects of a folder, or those with these names.
pub(crate) fn all(corpus: &Path, names: &[String]) -> Result<Vec<Project>, Failure> {
    let openapi = [
        ("kubernetes-v2", "kubernetes/swagger-v2.json"),
        ("kubernetes-v3", "kubernetes/v3"),
    ];
    let mut found: Vec<(String, PathBuf)> = openapi
        .iter()
        .map(|(name, path)| ((*name).to_owned(), corpus.join(path)))
        .filter(|(_, path)| path.exists())
        .collect();
    for path in entries(&corpus.join("crds"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        found.push((name.into_owned(), path.clone()));
    }
    let wanted = |name: &String| names.is_empty() || names.contains(name);
    let projects: Vec<Project> = found
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .map(|(name, path)| read(name, &path))
        .collect::<Result<_, _>>()?;
    match projects.is_empty() {
        true => Err(format!("{}: there is no project of this name", corpus.display()).into()),
        false => Ok(projects),
    }
}

fn read(name: String, path: &Path) -> Result<Project, Failure> {
    let files = match path.is_dir() {
        true => entries(path)?,
        false => vec![path.to_owned()],
    };
    let documents = files
        .into_iter()
        .map(Document::read)
        .collect::<Result<_, _>>()?;
    Ok(Project { name, documents })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
