//! Reading the files of a configuration.

use std::fs::File as OpenFile;
use std::io::{self, Read};
use std::path::Path;

use super::problem::{ConfigProblem, File};
use super::yaml::LARGEST_TEXT;
use super::yaml::problem::YamlProblem;

/// A file's content, if it is not larger than any such file can be.
pub(super) fn bytes(what: File, path: &Path) -> Result<Vec<u8>, ConfigProblem> {
    let failed = |source| ConfigProblem::file(what, path, source);
    let content = limited(path).map_err(failed)?;
    if content.len() > LARGEST_TEXT {
        return Err(failed(io::Error::from(io::ErrorKind::FileTooLarge)));
    }
    Ok(content)
}

/// The text of a kubeconfig. Like Go's YAML, it may be UTF-16 with a byte order mark, which is
/// what the shell of Windows writes.
pub(super) fn text(path: &Path) -> Result<String, ConfigProblem> {
    let failed = |source| ConfigProblem::file(File::Kubeconfig, path, source);
    let content = limited(path).map_err(failed)?;
    if content.len() > LARGEST_TEXT {
        return Err(ConfigProblem::NotAKubeconfig(YamlProblem::TooLarge));
    }
    decoded(content).ok_or(ConfigProblem::NotText)
}

/// One byte more than the limit shows that there is more; a device may have no end.
fn limited(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let limit = u64::try_from(LARGEST_TEXT).unwrap_or(u64::MAX);
    OpenFile::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut content)?;
    Ok(content)
}

fn decoded(content: Vec<u8>) -> Option<String> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let pairs = content[2..].chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    match content.as_slice() {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8(content).ok(),
    }
}

#[cfg(test)]
mod tests;
