//! Documents from files and folders.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use kubewright_codegen::{Names, Spec};
use kubewright_envtest::facts::OPENAPI_V3;

use super::Failure;

/// More than any real specification; a small compressed file must not fill the memory.
const LARGEST: u64 = 512 << 20;

/// What stock Kubernetes is called where a document is named.
const STOCK: &str = "stock Kubernetes";

/// The names of the types of `kubewright-generated`.
const STOCK_NAMES: &str = include_str!("../../stock-names.lock");

/// The OpenAPI of stock Kubernetes, without prose.
pub(super) fn stock() -> Result<Spec, Failure> {
    let text = unpacked(OPENAPI_V3).map_err(|error| failure(Path::new(STOCK), &error))?;
    Ok(Spec::new(STOCK, text))
}

/// The names that the types of stock Kubernetes have in `kubewright-generated`.
pub(super) fn stock_names() -> Result<Names, Failure> {
    Names::read(Names::FILE, STOCK_NAMES).map_err(|error| error.to_string())
}

/// The names that an earlier run gave what it wrote into this folder.
pub(super) fn names(out: &Path) -> Result<Names, Failure> {
    let path = out.join(Names::FILE);
    match path.exists() {
        true => {
            let text = String::from_utf8(read_file(&path)?);
            let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
            Names::read(&path.display().to_string(), &text).map_err(|error| error.to_string())
        }
        false => Ok(Names::default()),
    }
}

/// OpenAPI documents: files, and what is JSON by its name in folders. Of a folder, what
/// describes no API is passed over; a file that somebody named must.
pub(super) fn documents(paths: &[PathBuf]) -> Result<Vec<Spec>, Failure> {
    read(paths, &["json"], [Spec::new, Spec::found])
}

/// Manifests: files, and what is YAML or JSON by its name in folders.
pub(super) fn manifests(paths: &[PathBuf]) -> Result<Vec<Spec>, Failure> {
    read(paths, &["yaml", "yml", "json"], [Spec::manifests; 2])
}

fn read(
    paths: &[PathBuf],
    endings: &[&str],
    [named, found]: [fn(String, Vec<u8>) -> Spec; 2],
) -> Result<Vec<Spec>, Failure> {
    let mut specs = Vec::new();
    for path in paths {
        let (files, spec) = match path.is_dir() {
            true => (files_of(path, endings)?, found),
            false => (vec![path.clone()], named),
        };
        for file in files {
            specs.push(spec(file.display().to_string(), read_file(&file)?));
        }
    }
    Ok(specs)
}

/// The files of a folder with one of these endings, zipped or not, in the order of the names.
fn files_of(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| failure(folder, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failure(folder, &error))?.path();
        if path.is_file() && ends_with(&path, endings) {
            files.push(path);
        }
    }
    files.sort();
    match files.is_empty() {
        true => Err(format!(
            "{}: no .{} (or .gz of it) in this folder",
            folder.display(),
            endings.join(", .")
        )),
        false => Ok(files),
    }
}

fn ends_with(path: &Path, endings: &[&str]) -> bool {
    path.to_str().is_some_and(|name| {
        let name = name.strip_suffix(".gz").unwrap_or(name);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.contains(&ending))
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = fs::File::open(path).map_err(|error| failure(path, &error))?;
    let bytes = bounded(file, LARGEST).map_err(|error| failure(path, &error))?;
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => unpacked(&bytes).map_err(|error| failure(path, &error)),
        false => Ok(bytes),
    }
}

fn unpacked(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    bounded(MultiGzDecoder::new(bytes), LARGEST)
}

fn bounded(reader: impl std::io::Read, largest: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(largest + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > largest {
        true => Err(std::io::Error::other(format!(
            "larger than {} MiB",
            largest >> 20
        ))),
        false => Ok(bytes),
    }
}

fn failure(path: &Path, error: &std::io::Error) -> Failure {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn names(paths: &[&Path]) -> Result<Vec<String>, Failure> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        Ok(file_names(&documents(&paths)?))
    }

    fn file_names(specs: &[Spec]) -> Vec<String> {
        let name = |spec: &Spec| {
            Path::new(spec.name())
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        specs.iter().map(name).collect()
    }

    #[test]
    fn folders_give_their_json_in_order_and_gzip_is_recognised_by_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("b.json"), "{}").unwrap();
        fs::write(path.join("notes.txt"), "not read").unwrap();
        let mut zipped = GzEncoder::new(
            fs::File::create(path.join("a.json")).unwrap(),
            Compression::fast(),
        );
        zipped.write_all(b"{\"a\": 1}").unwrap();
        zipped.finish().unwrap();
        assert_eq!(
            names(&[path, &path.join("b.json")]).unwrap(),
            ["a.json", "b.json", "b.json"]
        );
        let specs = documents(&[path.join("a.json")]).unwrap();
        let error = kubewright_codegen::generate(&specs, &Default::default()).unwrap_err();
        assert!(
            error.message().contains("neither Swagger"),
            "it was unpacked: {error}"
        );
    }

    #[test]
    fn folders_of_manifests_give_their_yaml_too() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "c.yml",
            "a.yaml",
            "b.json",
            "d.yaml.gz",
            "README.md",
            "yaml",
        ] {
            fs::write(folder.path().join(name), "a: 1").unwrap();
        }
        let specs = manifests(&[folder.path().to_owned()]).unwrap();
        assert_eq!(
            file_names(&specs),
            ["a.yaml", "b.json", "c.yml", "d.yaml.gz"]
        );
        let error = kubewright_codegen::generate(&specs, &Default::default()).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("no CustomResourceDefinition"), "{text}");
        assert!(text.contains("4 documents are something else"), "{text}");
    }

    #[test]
    fn of_a_folder_only_documents_of_an_api_are_read() {
        let generate = |path: PathBuf| {
            let specs = documents(&[path]).unwrap();
            kubewright_codegen::generate(&specs, &Default::default())
        };
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("VERSION.json"), r#"{"kubernetes": "v1"}"#).unwrap();
        fs::write(path("list.json"), "[]").unwrap();
        let nothing = generate(folder.path().to_owned()).unwrap_err().to_string();
        assert!(
            nothing.contains("this file and 1 others in the folder hold no OpenAPI document"),
            "{nothing}"
        );

        let api = r#"{"swagger": "2.0", "definitions": {"a.v1.Size": {"type": "object"}}}"#;
        fs::write(path("api.json"), api).unwrap();
        let output = generate(folder.path().to_owned()).unwrap();
        assert_eq!((output.summary.structs, output.summary.skipped), (1, 2));
        let named = generate(path("VERSION.json")).unwrap_err().to_string();
        assert!(named.contains("neither Swagger"), "{named}");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(
            names(&[&path.join("gone.json")])
                .unwrap_err()
                .contains("gone.json")
        );
        assert!(names(&[path]).unwrap_err().contains("no .json"));
        fs::write(path.join("torn.json"), [0x1f, 0x8b, 8, 0]).unwrap();
        assert!(
            names(&[&path.join("torn.json")])
                .unwrap_err()
                .contains("torn.json")
        );
    }

    #[test]
    fn what_unpacks_without_end_is_cut_off() {
        assert!(bounded(std::io::repeat(b' '), 100).is_err());
        assert_eq!(bounded(&b"ab"[..], 2).unwrap(), b"ab");
    }
}
