//! Splitting a name into words.

/// The words of a name, lower-cased.
///
/// A word ends at anything that is no letter or digit, before a capital that follows a small
/// letter or digit, and before the last capital of a run that a small letter follows:
/// `clusterIP` → cluster ip, `HTTPGetAction` → http get action. The plural of an acronym is
/// one word: `podCIDRs` → pod cidrs.
pub(crate) fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if starts_word(&chars, index) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        push_letter(c, &mut word);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// ASCII as it is; what an identifier could hold only in other scripts as its code point,
/// so that different names stay different.
fn push_letter(c: char, word: &mut String) {
    if c.is_ascii_alphanumeric() {
        word.push(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        word.push_str(&format!("u{:x}", u32::from(c)));
    }
}

fn starts_word(chars: &[char], index: usize) -> bool {
    let c = chars[index];
    let Some(&before) = index.checked_sub(1).and_then(|index| chars.get(index)) else {
        return true;
    };
    if !c.is_ascii_alphanumeric() || !before.is_ascii_alphanumeric() {
        return true;
    }
    if !c.is_ascii_uppercase() {
        return false;
    }
    let next_is_small = chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
    if before.is_ascii_uppercase() {
        return next_is_small && !is_plural_acronym(chars, index);
    }
    true
}

/// Whether the capital at `index` ends a run of capitals that a lone `s` makes plural.
fn is_plural_acronym(chars: &[char], index: usize) -> bool {
    chars.get(index + 1) == Some(&'s')
        && !chars.get(index + 2).is_some_and(char::is_ascii_lowercase)
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
