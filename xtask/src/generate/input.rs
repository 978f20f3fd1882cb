//! Documents from files and folders.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use kubewright_codegen::Spec;

use super::Failure;

/// More than any real specification; a small compressed file must not fill the memory.
const LARGEST: u64 = 512 << 20;

/// The documents that the arguments name; none given means the committed specification.
pub(super) fn read(paths: &[PathBuf], root: &Path) -> Result<Vec<Spec>, Failure> {
    let committed = [root.join("generated/spec/openapi-v3.json.gz")];
    let paths = if paths.is_empty() { &committed } else { paths };
    let mut specs = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => read_folder(path, &mut specs)?,
            false => specs.push(read_file(path)?),
        }
    }
    Ok(specs)
}

/// Every file of a folder that is JSON by its name, in the order of the names.
fn read_folder(folder: &Path, specs: &mut Vec<Spec>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| failure(folder, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failure(folder, &error))?.path();
        if path.is_file() && is_json(&path) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!(
            "{}: no .json or .json.gz in this folder",
            folder.display()
        ));
    }
    for file in files {
        specs.push(read_file(&file)?);
    }
    Ok(())
}

fn is_json(path: &Path) -> bool {
    path.to_str()
        .is_some_and(|name| name.ends_with(".json") || name.ends_with(".json.gz"))
}

fn read_file(path: &Path) -> Result<Spec, Failure> {
    let file = fs::File::open(path).map_err(|error| failure(path, &error))?;
    let bytes = bounded(file, LARGEST).map_err(|error| failure(path, &error))?;
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => bounded(MultiGzDecoder::new(&bytes[..]), LARGEST)
            .map_err(|error| failure(path, &error))?,
        false => bytes,
    };
    Ok(Spec::new(path.display().to_string(), bytes))
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
        let specs = read(&paths, Path::new("/"))?;
        let name = |spec: &Spec| {
            Path::new(spec.name())
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        Ok(specs.iter().map(name).collect())
    }

    #[test]
    fn folders_give_their_json_in_order_and_content_tells_gzip() {
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
        let specs = read(&[path.join("a.json")], path).unwrap();
        let error = kubewright_codegen::generate(&specs, &Default::default()).unwrap_err();
        assert!(
            error.message().contains("neither Swagger"),
            "it was unpacked: {error}"
        );
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
