//! The versions of the servers: the Go module that pins them, and the names it gives them.

use std::fmt;

use super::Error;

/// The release of Kubernetes that [`Binaries::build`](super::Binaries::build) makes.
pub const KUBERNETES: &str = "v1.37.2";

/// The release of etcd beside it.
pub const ETCD: &str = "v3.7.3";

/// Older releases that the conformance suite has run on, by the name that people use.
const OLDER: [(&str, &str); 2] = [("1.28", "v1.28.15"), ("1.32", "v1.32.13")];

/// The module, so that a user of the crate can build what its own tests ran against.
pub(super) const GO_MOD: &str = include_str!("../../control-plane/go.mod");
pub(super) const GO_SUM: &str = include_str!("../../control-plane/go.sum");

/// A release of Kubernetes whose kube-apiserver can be built: [`KUBERNETES`], or an older one.
///
/// ```
/// use kubewright_envtest::control_plane::Release;
///
/// assert_eq!(Release::parse("1.32")?.to_string(), "v1.32.13");
/// assert_eq!(Release::parse("v1.31.5")?.to_string(), "v1.31.5");
/// assert!(Release::parse("newest").is_err());
/// # Ok::<(), kubewright_envtest::control_plane::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release(String);

impl Release {
    /// The release that this crate's own tests run on.
    #[must_use]
    pub fn current() -> Self {
        Self(KUBERNETES.to_owned())
    }

    /// A release by its version, such as `1.32.13`, or one that is known by `1.28` or `1.32` alone.
    ///
    /// # Errors
    ///
    /// Where the text is neither.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let version = text.trim_start_matches('v');
        if let Some((_, known)) = OLDER.iter().find(|(name, _)| *name == version) {
            return Ok(Self((*known).to_owned()));
        }
        let numbers: Vec<&str> = version.split('.').collect();
        let is_number = |part: &&str| part.parse::<u32>().is_ok();
        if numbers.len() == 3 && numbers[0] == "1" && numbers.iter().all(is_number) {
            return Ok(Self(format!("v{version}")));
        }
        Err(Error::failed(format!(
            "{text:?} is not a release of Kubernetes: expected 1.28, 1.32 or a whole version such as 1.31.5"
        )))
    }

    /// Whether the module with its sums is part of this crate.
    pub(super) fn is_pinned(&self) -> bool {
        self.0 == KUBERNETES
    }

    /// The Go module that requires this release. The sums of an older one are looked up in Go's
    /// checksum database while it is built.
    pub(super) fn go_mod(&self) -> String {
        if self.is_pinned() {
            return GO_MOD.to_owned();
        }
        let staging = self.0.replacen("v1", "v0", 1);
        let replaced = GO_MOD
            .lines()
            .filter_map(|line| line.trim().split_once(" => "));
        let names = replaced.map(|(name, _)| name).chain(FORMER_STAGING);
        let replace: String = names
            .map(|name| format!("\t{name} => {name} {staging}\n"))
            .collect();
        let release = &self.0;
        format!(
            "module kubewright/control-plane\n\ngo 1.24.0\n\nrequire k8s.io/kubernetes {release}\n\nreplace (\n{replace})\n"
        )
    }

    /// The programs to build: older servers run on the etcd of the current release.
    pub(super) fn programs(&self) -> &'static [Program] {
        match self.is_pinned() {
            true => &PROGRAMS,
            false => &PROGRAMS[1..],
        }
    }

    /// The folder of this release on this platform, inside of the cache.
    pub(super) fn folder_name(&self) -> String {
        format!(
            "kubernetes-{}-etcd-{ETCD}-{}-{}",
            self.0,
            std::env::consts::OS,
            std::env::consts::ARCH
        )
    }

    /// What the linker writes into the programs. A release script stamps the version; the
    /// module proxy serves sources that nobody stamped.
    pub(super) fn linker_flags(&self) -> String {
        let mut numbers = self.0.trim_start_matches('v').split('.');
        let major = numbers.next().unwrap_or_default();
        let minor = numbers.next().unwrap_or_default();
        let stamps = [
            ("gitVersion", self.0.as_str()),
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
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Modules that older releases are made of, beside those of the current one.
const FORMER_STAGING: [&str; 2] = ["k8s.io/legacy-cloud-providers", "k8s.io/cri-client"];

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

#[cfg(test)]
mod tests {
    use super::{ETCD, GO_MOD, GO_SUM, KUBERNETES, PROGRAMS, Release};

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
    fn an_older_release_is_a_module_of_its_own_versions() {
        let release = Release::parse("1.32").unwrap();
        let module = release.go_mod();
        assert!(
            module.contains("require k8s.io/kubernetes v1.32.13\n"),
            "{module}"
        );
        assert!(module.contains("\tk8s.io/apiserver => k8s.io/apiserver v0.32.13\n"));
        assert!(!module.contains("v0.37"), "{module}");
        assert_eq!(release.programs()[0].name, "kube-apiserver");
        assert_eq!(Release::current().go_mod(), GO_MOD);
        for odd in ["", "1", "1.99", "2.1.1", "1.x.1", "1.2.3.4"] {
            assert!(Release::parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_version_is_stamped() {
        let flags = Release::current().linker_flags();
        assert!(flags.contains(&format!("version.gitVersion={KUBERNETES}")));
        assert!(flags.contains("version.gitMajor=1 "));
    }
}
