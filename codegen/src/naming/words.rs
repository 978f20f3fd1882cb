//! Splits names into words and joins them again, in the case that a place asks for.
//!
//! `heck` converts case. It knows nothing of Kubernetes' names, so [`readable`] first spells a
//! name the way `heck` reads it.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// The words of a name, in lower case.
///
/// A word ends at anything but a letter or digit, before a capital that follows a small
/// letter or digit, and before the last capital of a run that a small letter follows:
/// `clusterIP` → cluster ip, `HTTPGetAction` → http get action. The plural of an acronym is
/// one word: `podCIDRs` → pod cidrs.
pub(crate) fn words(name: &str) -> Vec<String> {
    let snake = snake_case(name);
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The words with `_` between them: `podCIDRs` → `pod_cidrs`.
pub(crate) fn snake_case(name: &str) -> String {
    readable(name).to_snake_case()
}

/// The words with capitals: `imagePullPolicy` → `ImagePullPolicy`.
pub(super) fn upper_camel_case(name: &str) -> String {
    readable(name).to_upper_camel_case()
}

/// The same name in ASCII, with a `_` or a capital wherever `heck` would read another word than
/// people do:
///
/// - The `s` that makes an acronym plural becomes a capital, for it belongs to the acronym:
///   `podCIDRs` → `podCIDRS`, `podIPsV4` → `podIPS_V4`.
/// - A capital after a digit begins a word: `x509CN` → `x509_CN`.
/// - A letter that Rust could only spell in another script becomes its code point, so that
///   different names stay different: `naïve` → `na_uef_ve`.
fn readable(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut readable = String::with_capacity(name.len());
    for (index, &c) in chars.iter().enumerate() {
        let next = chars.get(index + 1);
        let before_capital = next.is_some_and(char::is_ascii_uppercase);
        let is_plural = c == 's' && is_plural_of_acronym(&chars[..index], next);
        match c {
            _ if is_plural => readable.push('S'),
            _ if c.is_alphanumeric() && !c.is_ascii() => {
                readable.push_str(&format!("_u{:x}_", u32::from(c)));
            }
            _ => readable.push(c),
        }
        if before_capital && (is_plural || c.is_ascii_digit()) {
            readable.push('_');
        }
    }
    readable
}

/// Whether an `s` follows at least two capitals and ends its word.
fn is_plural_of_acronym(before: &[char], after: Option<&char>) -> bool {
    matches!(before, [.., one, two] if one.is_ascii_uppercase() && two.is_ascii_uppercase())
        && !after.is_some_and(char::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn acronyms_plurals_digits_and_symbols_split_where_a_reader_would() {
        for (name, expected) in [
            ("replicas", "replicas"),
            ("minReadySeconds", "min ready seconds"),
            // Acronyms, and their plurals: the eight names that a naive rule breaks.
            ("clusterIP", "cluster ip"),
            ("clusterIPs", "cluster ips"),
            ("externalIPs", "external ips"),
            ("hostIPs", "host ips"),
            ("podIPs", "pod ips"),
            ("podCIDRs", "pod cidrs"),
            ("nonResourceURLs", "non resource urls"),
            (
                "serverAddressByClientCIDRs",
                "server address by client cidrs",
            ),
            ("targetWWNs", "target wwns"),
            ("URLsByName", "urls by name"),
            ("podIPsV4", "pod ips v4"),
            ("podIPsAAAA", "pod ips aaaa"),
            ("HTTPGetAction", "http get action"),
            ("setHostnameAsFQDN", "set hostname as fqdn"),
            ("insecureSkipTLSVerify", "insecure skip tls verify"),
            ("datasetUUID", "dataset uuid"),
            ("hostIPC", "host ipc"),
            ("runAsUser", "run as user"),
            ("CACerts", "ca certs"),
            ("HPAReplicas", "hpa replicas"),
            // Digits belong to the word before them.
            ("stubPKCS10Request", "stub pkcs10 request"),
            ("x509CN", "x509 cn"),
            ("ipv4", "ipv4"),
            ("http2Port", "http2 port"),
            ("S3Bucket", "s3 bucket"),
            ("EC2AMI", "ec2 ami"),
            // Symbols end words.
            ("client_ca", "client ca"),
            ("x-kubernetes-int-or-string", "x kubernetes int or string"),
            ("$ref", "ref"),
            ("a.b/c d", "a b c d"),
            ("../../x", "x"),
            ("\"; std::process::exit(1);//", "std process exit 1"),
            ("naïve", "na uef ve"),
            ("", ""),
            ("--", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name:?}");
        }
    }
}
