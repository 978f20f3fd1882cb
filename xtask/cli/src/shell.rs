//! Text for a shell to read.

use std::path::Path;

/// A path as a shell reads it back.
pub(crate) fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        path.into_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use std::path::Path;

    #[test]
    fn a_path_survives_the_shell() {
        for (path, expected) in [
            (
                "/tmp/kubewright-x1/kubeconfig",
                "/tmp/kubewright-x1/kubeconfig",
            ),
            ("/tmp/a b", "'/tmp/a b'"),
            ("/tmp/it's $(rm)", r"'/tmp/it'\''s $(rm)'"),
        ] {
            assert_eq!(quoted(Path::new(path)), expected);
        }
    }
}
