//! Files that are too large, endless or in another encoding.

use std::fs;
use std::time::{Duration, Instant};

use super::*;

/// The problem of a text, which must not take long to find.
fn refused(path: &Path) -> String {
    let started = Instant::now();
    let problem = text(path).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(20));
    problem.to_string()
}

#[test]
fn a_large_file_is_not_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    fs::write(&path, "a".repeat(LARGEST_TEXT + 1)).unwrap();
    assert!(refused(&path).contains("8 MiB"));
    assert!(bytes(File::CertificateAuthority, &path).is_err());
    fs::write(&path, "a".repeat(LARGEST_TEXT)).unwrap();
    assert!(text(&path).is_ok());
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_refused() {
    assert!(refused(Path::new("/dev/zero")).contains("8 MiB"));
    assert!(bytes(File::Token, Path::new("/dev/zero")).is_err());
}

#[test]
fn utf_16_is_read_and_other_encodings_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let text_of = |unit: fn(u16) -> [u8; 2]| {
        let units = "\u{feff}é".encode_utf16();
        units.flat_map(unit).collect::<Vec<u8>>()
    };
    for encoded in [text_of(u16::to_le_bytes), text_of(u16::to_be_bytes)] {
        fs::write(&path, encoded).unwrap();
        assert_eq!(text(&path).unwrap(), "é");
    }
    fs::write(&path, b"\xff\xfe\x00\xd8").unwrap();
    assert!(refused(&path).contains("UTF-16"));
    fs::write(&path, b"caf\xe9").unwrap();
    assert!(refused(&path).contains("UTF-8"));
}

#[test]
fn a_folder_is_not_a_missing_file() {
    let folder = tempfile::tempdir().unwrap();
    let problem = text(folder.path()).unwrap_err();
    assert!(!problem.is_missing_file(), "{problem}");
}
