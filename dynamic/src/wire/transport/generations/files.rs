//! The files of certificates and keys, as they are now.

use std::path::Path;

use secrecy::SecretString;

use crate::wire::config::TlsOptions;
use crate::wire::credential::Identity;

/// Whether anything comes from a file.
pub(super) fn has_some(tls: &TlsOptions) -> bool {
    let identity = tls.identity.as_ref();
    tls.ca_file.is_some() || identity.is_some_and(|identity| identity.files.is_some())
}

/// The same options with the present content of their files, if that is another
/// ([rule C14](crate::semantics#c14)). A file that is empty or cannot be read has not changed.
pub(super) fn changed(tls: &TlsOptions) -> Option<TlsOptions> {
    let mut new = tls.clone();
    if let Some(authority) = tls.ca_file.as_deref().and_then(read) {
        new.ca = Some(authority);
    }
    if let Some(identity) = tls.identity.as_ref().and_then(present) {
        new.identity = Some(identity);
    }
    (new.ca != tls.ca || new.identity != tls.identity).then_some(new)
}

fn present(identity: &Identity) -> Option<Identity> {
    let files = identity.files.as_ref()?;
    let certificate = read(&files.certificate)?;
    let key = String::from_utf8(read(&files.key)?).ok()?;
    Some(Identity {
        certificate,
        key: SecretString::from(key),
        files: identity.files.clone(),
    })
}

/// Files this small, read this seldom, are not worth a thread.
fn read(path: &Path) -> Option<Vec<u8>> {
    match std::fs::read(path) {
        Ok(content) if !content.is_empty() => Some(content),
        Ok(_) => None,
        Err(error) => {
            let path = path.display();
            tracing::warn!(%error, %path, "the file cannot be read; its last content is used");
            None
        }
    }
}
