//! The answer of `/version`.

use kubewright_table::record;

/// The version of a server (`version` `Info`).
pub struct VersionInfo {
    /// Major version, as in `1`.
    pub major: String,
    /// Minor version, as in `37`; some vendors add a `+`.
    pub minor: String,
    /// Major version whose behaviour the server shows.
    pub emulation_major: Option<String>,
    /// Minor version whose behaviour the server shows.
    pub emulation_minor: Option<String>,
    /// Oldest major version with which the server can be mixed.
    pub min_compatibility_major: Option<String>,
    /// Oldest minor version with which the server can be mixed.
    pub min_compatibility_minor: Option<String>,
    /// The full version, as in `v1.37.2`.
    pub git_version: String,
    /// The commit that it was built from.
    pub git_commit: String,
    /// `clean` or `dirty`.
    pub git_tree_state: String,
    /// When it was built.
    pub build_date: String,
    /// The Go that built it.
    pub go_version: String,
    /// The compiler that built it.
    pub compiler: String,
    /// Operating system and architecture, as in `linux/amd64`.
    pub platform: String,
}

record! {
    VersionInfo {
        "major" major,
        "minor" minor,
        "emulationMajor" emulation_major,
        "emulationMinor" emulation_minor,
        "minCompatibilityMajor" min_compatibility_major,
        "minCompatibilityMinor" min_compatibility_minor,
        "gitVersion" git_version,
        "gitCommit" git_commit,
        "gitTreeState" git_tree_state,
        "buildDate" build_date,
        "goVersion" go_version,
        "compiler" compiler,
        "platform" platform,
    }
}

impl Eq for VersionInfo {}
