//! Which servers these are: the Go module that pins them, and the names it gives them.

/// The release of Kubernetes that [`Binaries::build`](super::Binaries::build) makes.
pub const KUBERNETES: &str = "v1.37.2";

/// The release of etcd beside it.
pub const ETCD: &str = "v3.7.3";

/// The module, so that a user of the crate can build what its own tests ran against.
pub(super) const GO_MOD: &str = include_str!("../../control-plane/go.mod");
pub(super) const GO_SUM: &str = include_str!("../../control-plane/go.sum");

/// A program: where it comes from, the name that Go gives it and the one people know.
pub(super) struct Program {
    pub(super) package: &'static str,
    pub(super) built_as: &'static str,
    pub(super) name: &'static str,
}

pub(super) const PROGRAMS: [Program; 2] = [
    Program {
        package: "go.etcd.io/etcd/server/v3",
        built_as: "server",
        name: "etcd",
    },
    Program {
        package: "k8s.io/kubernetes/cmd/kube-apiserver",
        built_as: "kube-apiserver",
        name: "kube-apiserver",
    },
];

/// The folder of these releases on this platform, inside of the cache.
pub(super) fn folder_name() -> String {
    format!(
        "kubernetes-{KUBERNETES}-etcd-{ETCD}-{}-{}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// What the linker writes into the programs. A release script stamps the version; the
/// module proxy serves sources that nobody stamped.
pub(super) fn linker_flags() -> String {
    let mut numbers = KUBERNETES.trim_start_matches('v').split('.');
    let major = numbers.next().unwrap_or_default();
    let minor = numbers.next().unwrap_or_default();
    let stamps = [
        ("gitVersion", KUBERNETES),
        ("gitMajor", major),
        ("gitMinor", minor),
        ("gitCommit", ""),
        ("gitTreeState", "archive"),
    ];
    stamps
        .iter()
        .fold("-s -w".to_owned(), |flags, (name, value)| {
            format!("{flags} -X k8s.io/component-base/version.{name}={value}")
        })
}

#[cfg(test)]
mod tests {
    use super::{ETCD, GO_MOD, GO_SUM, KUBERNETES, PROGRAMS, linker_flags};

    #[test]
    fn the_module_pins_what_the_constants_say() {
        assert!(GO_MOD.contains(&format!("\tk8s.io/kubernetes {KUBERNETES} ")));
        assert!(GO_MOD.contains(&format!("\tgo.etcd.io/etcd/server/v3 {ETCD} ")));
        for program in PROGRAMS {
            assert!(GO_MOD.contains(&format!("\t{}\n", program.package)));
        }
    }

    #[test]
    fn every_replaced_module_is_of_the_same_release() {
        let staging = KUBERNETES.replacen("v1", "v0", 1);
        let replaced: Vec<_> = GO_MOD.lines().filter(|line| line.contains("=>")).collect();
        assert!(replaced.len() > 20);
        for line in replaced {
            assert!(line.ends_with(&staging), "{line}");
        }
    }

    #[test]
    fn the_sums_cover_the_programs() {
        assert!(GO_SUM.contains(&format!("k8s.io/kubernetes {KUBERNETES} h1:")));
        assert!(GO_SUM.contains(&format!("go.etcd.io/etcd/server/v3 {ETCD} h1:")));
    }

    #[test]
    fn the_version_is_stamped() {
        let flags = linker_flags();
        assert!(flags.contains(&format!("version.gitVersion={KUBERNETES}")));
        assert!(flags.contains("version.gitMajor=1 "));
    }
}
