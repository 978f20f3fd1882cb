//! Certificates and keys as text, in files that people put together.

use rustls::pki_types::pem::{self, PemObject, SectionKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::wire::transport::problem::TransportProblem;

const BEGIN: &[u8] = b"-----BEGIN ";

/// The blocks of a file, each from its first line on. A block without an end does not take the
/// next one with it.
fn blocks(pem: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_begin = |at: &usize| {
        pem[*at..].starts_with(BEGIN) && (*at == 0 || matches!(pem[at - 1], b'\n' | b'\r'))
    };
    let mut begins: Vec<usize> = (0..pem.len()).filter(is_begin).collect();
    begins.push(pem.len());
    let ends = begins.clone().into_iter().skip(1);
    begins
        .into_iter()
        .zip(ends)
        .map(|(from, to)| &pem[from..to])
}

/// What is between `-----BEGIN ` and the dashes.
fn label(block: &[u8]) -> &[u8] {
    let rest = block.strip_prefix(BEGIN).unwrap_or_default();
    let end = rest.windows(5).position(|dashes| dashes == b"-----");
    &rest[..end.unwrap_or_default()]
}

/// Each certificate, or why it cannot be decoded.
pub(super) fn certificates(
    pem: &[u8],
) -> impl Iterator<Item = Result<CertificateDer<'static>, pem::Error>> {
    blocks(pem)
        .filter(|block| label(block) == b"CERTIFICATE")
        .map(CertificateDer::from_pem_slice)
}

/// The first private key, whose label may say something else than what it is.
pub(super) fn key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, TransportProblem> {
    let mut keys = blocks(pem).filter(|block| label(block).ends_with(b"PRIVATE KEY"));
    let block = keys.next().ok_or(TransportProblem::NoKey)?;
    if is_encrypted(block) {
        return Err(TransportProblem::EncryptedKey);
    }
    // The decoder's error could quote the key: it is not kept.
    let section = <(SectionKind, Vec<u8>)>::from_pem_slice(block);
    let (_, der) = section.map_err(|_| TransportProblem::NoKey)?;
    PrivateKeyDer::try_from(der).map_err(|_| TransportProblem::NoKey)
}

fn is_encrypted(block: &[u8]) -> bool {
    let has = |text: &[u8]| block.windows(text.len()).any(|window| window == text);
    label(block).starts_with(b"ENCRYPTED") || has(b"Proc-Type: 4,ENCRYPTED")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(pem: &str) -> Vec<Option<Vec<u8>>> {
        certificates(pem.as_bytes())
            .map(|found| found.ok().map(|der| der.to_vec()))
            .collect()
    }

    #[test]
    fn a_block_that_is_cut_does_not_take_the_next_one_with_it() {
        let good = "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n";
        let cut = "-----BEGIN CERTIFICATE-----\nYWFhYWFh\n";
        let text = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
        let other =
            "-----BEGIN TRUSTED CERTIFICATE-----\nYQ==\n-----END TRUSTED CERTIFICATE-----\n";
        let all = format!("Bag Attributes\n{cut}{good}{text}{other}{good}");
        let a = Some(b"a".to_vec());
        assert_eq!(decoded(&all), [None, a.clone(), None, a]);
        assert_eq!(decoded(&format!("x{good}")), []);
        assert_eq!(decoded(""), []);
    }

    #[test]
    fn a_key_with_a_password_is_not_taken_for_a_malformed_one() {
        for pem in [
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nYQ==\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nYQ==\n-----END RSA PRIVATE KEY-----\n",
        ] {
            let problem = key(pem.as_bytes()).unwrap_err();
            assert!(
                matches!(problem, TransportProblem::EncryptedKey),
                "{problem}"
            );
        }
    }

    #[test]
    fn a_key_is_read_as_what_it_is() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let pkcs8 = pair.serialize_pem();
        let mislabelled = pkcs8.replace(" PRIVATE KEY", " EC PRIVATE KEY");
        let before = "-----BEGIN EC PARAMETERS-----\nYQ==\n-----END EC PARAMETERS-----\n";
        for pem in [pkcs8.clone(), mislabelled, format!("{before}{pkcs8}")] {
            assert_eq!(
                key(pem.as_bytes()).unwrap().secret_der(),
                pair.serialized_der()
            );
        }
    }
}
