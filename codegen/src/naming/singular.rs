//! The singular of an English plural, which names the type of a list's item.

use super::words::words;

/// Words that end in `s` without being plurals: acronyms, product names and mass nouns that
/// properties of custom resources end in.
const NO_PLURALS: &[&str] = &[
    "aks",
    "alias",
    "aws",
    "bias",
    "bps",
    "canvas",
    "chaos",
    "cors",
    "css",
    "dns",
    "ebs",
    "ecs",
    "efs",
    "eks",
    "fps",
    "ftps",
    "gas",
    "gcs",
    "https",
    "ios",
    "iops",
    "jws",
    "kms",
    "kubernetes",
    "lens",
    "mtls",
    "nfs",
    "os",
    "postgres",
    "qps",
    "rds",
    "redis",
    "rps",
    "sas",
    "series",
    "smtps",
    "sns",
    "species",
    "sqs",
    "tls",
    "tos",
    "tps",
    "vfs",
    "xfs",
    "zfs",
];

/// Endings of words whose plural adds `es`.
const WITH_ES: &[&str] = &["sses", "xes", "ches", "shes", "tuses", "iases"];

/// The name of one item in a list of this name.
///
/// A name whose last word is not a plural stays as it is.
pub(crate) fn singular(name: &str) -> String {
    let last = words(name).pop().unwrap_or_default();
    if NO_PLURALS.contains(&last.as_str()) {
        return name.to_owned();
    }
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if ["us", "sis"].iter().any(|ending| name.ends_with(ending)) {
        return name.to_owned();
    }
    if WITH_ES.iter().any(|ending| name.ends_with(ending)) {
        return name[..name.len() - 2].to_owned();
    }
    match name.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn a_plural_becomes_its_singular() {
        for (plural, one) in [
            ("operations", "operation"),
            ("ipFamilies", "ipFamily"),
            ("addresses", "address"),
            ("resourceStatuses", "resourceStatus"),
            ("hostAliases", "hostAlias"),
            ("causes", "cause"),
            ("policyTypes", "policyType"),
            ("podIPs", "podIP"),
            ("urls", "url"),
            ("ids", "id"),
            ("apis", "api"),
            ("vms", "vm"),
            ("hostPaths", "hostPath"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn a_word_that_is_not_a_plural_stays() {
        for name in [
            "access",
            "analysis",
            "status",
            "s",
            "tls",
            "clientTls",
            "serverTLS",
            "aws",
            "dns",
            "https",
            "cephNfs",
            "maxIops",
            "redis",
            "alias",
            "timeSeries",
        ] {
            assert_eq!(singular(name), name);
        }
    }
}
