//! Changes of kubeconfigs on disk.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::super::kubeconfig::{AuthInfo, Cluster, Context};
use super::*;

const FIRST: &str = "# a comment
clusters:
- name: one
  cluster: {server: 'https://one', certificate-authority: pki/ca.crt, future: {a: [1, yes]}}
users:
- name: admin
  user: {token: 'yes', exec: {command: ./login, apiVersion: v, future: 1}}
contexts:
- name: one
  context: {cluster: one, user: admin}
current-context: one
preferences: {colors: true}
future: kept
";
const SECOND: &str = "clusters: [{name: two, cluster: {server: 'https://two'}}]
contexts: [{name: two, context: {cluster: two, user: admin, namespace: b}}]
current-context: two
";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("first"), FIRST).unwrap();
        fs::write(folder.path().join("second"), SECOND).unwrap();
        Folder(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn files(&self, names: &[&str]) -> KubeconfigFiles {
        let paths = names.iter().map(|name| self.path(name));
        let list = std::env::join_paths(paths).unwrap();
        KubeconfigFiles::of_env(&Env::of(
            &[("KUBECONFIG", list.to_str().unwrap())],
            "/nowhere",
        ))
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn is_untouched(&self, name: &str, text: &str) -> bool {
        self.text(name) == text
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn an_entry_goes_back_into_the_file_that_it_came_from() {
    // Rule C11
    let folder = Folder::new();
    let files = folder.files(&["first", "second"]);
    let now = files
        .modify(|kubeconfig| {
            kubeconfig.context_mut("two").unwrap().namespace = Some("c".to_owned());
        })
        .unwrap();
    assert!(folder.is_untouched("first", FIRST));
    assert!(folder.text("second").contains("namespace: c"));
    assert_eq!(now.context("two").unwrap().namespace.as_deref(), Some("c"));
    assert_eq!(
        folder.names(),
        ["first", "second"],
        "no lock and no draft is left"
    );
}

#[test]
fn new_entries_and_the_current_context_go_to_the_first_file() {
    // Rule C11
    let folder = Folder::new();
    let files = folder.files(&["first", "second"]);
    files
        .modify(|kubeconfig| {
            kubeconfig.set_cluster(
                "three",
                Cluster {
                    server: Some("https://three".to_owned()),
                    ..Cluster::default()
                },
            );
            kubeconfig.set_user(
                "robot",
                AuthInfo {
                    token: Some("hunter2".into()),
                    ..AuthInfo::default()
                },
            );
            kubeconfig.set_context(
                "three",
                Context {
                    cluster: "three".to_owned(),
                    user: "robot".to_owned(),
                    ..Context::default()
                },
            );
            kubeconfig.current_context = Some("three".to_owned());
        })
        .unwrap();
    assert!(folder.is_untouched("second", SECOND));
    let first = Kubeconfig::read(folder.path("first")).unwrap();
    assert_eq!(first.current_context.as_deref(), Some("three"));
    assert_eq!(
        first.cluster("three").unwrap().server.as_deref(),
        Some("https://three")
    );
    let token = first.user("robot").unwrap().token.as_ref().unwrap();
    assert_eq!(token.expose_secret(), "hunter2");
}

#[test]
fn all_that_is_not_changed_stays_as_it_was() {
    // Rule C11
    let folder = Folder::new();
    let files = folder.files(&["first"]);
    files
        .modify(|kubeconfig| kubeconfig.current_context = None)
        .unwrap();
    let document = super::super::yaml::compose(&folder.text("first")).unwrap();
    let written: Value = super::super::yaml::read(&document.root).unwrap();
    assert_eq!(
        written,
        json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "one", "cluster": {
                "server": "https://one",
                "certificate-authority": "pki/ca.crt",
                "future": {"a": [1, true]},
            }}],
            "users": [{"name": "admin", "user": {
                "token": "yes",
                "exec": {"command": "./login", "apiVersion": "v", "future": 1},
            }}],
            "contexts": [{"name": "one", "context": {"cluster": "one", "user": "admin"}}],
            "current-context": "",
            "preferences": {"colors": true},
            "future": "kept",
        })
    );
}

#[test]
fn removed_entries_are_gone_from_their_files() {
    // Rule C11
    let folder = Folder::new();
    let files = folder.files(&["first", "second"]);
    let now = files
        .modify(|kubeconfig| {
            assert!(kubeconfig.remove_cluster("two"));
            assert!(kubeconfig.remove_context("two"));
            assert!(kubeconfig.remove_user("admin"));
            assert!(!kubeconfig.remove_user("admin"));
            kubeconfig.other.0.remove("future");
            kubeconfig.current_context = None;
        })
        .unwrap();
    assert_eq!(now.clusters.len(), 1);
    assert_eq!(now.contexts.len(), 1);
    assert!(now.users.is_empty());
    assert_eq!(now.current_context, None);
    assert!(!now.other.0.contains_key("future"));
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let folder = Folder::new();
    folder
        .files(&["first", "second"])
        .modify(|kubeconfig| {
            let same = kubeconfig.user("admin").unwrap().clone();
            kubeconfig.set_user("admin", same);
        })
        .unwrap();
    assert!(folder.is_untouched("first", FIRST));
    assert!(folder.is_untouched("second", SECOND));
}

#[test]
fn an_entry_of_another_folder_keeps_pointing_to_its_files() {
    let (folder, other) = (Folder::new(), Folder::new());
    let foreign = Kubeconfig::read(other.path("first")).unwrap();
    folder
        .files(&["second"])
        .modify(|kubeconfig| {
            let cluster = foreign.cluster("one").unwrap().clone();
            kubeconfig.set_cluster("one", cluster);
        })
        .unwrap();
    let written = Kubeconfig::read(folder.path("second")).unwrap();
    assert_eq!(
        written.cluster("one").unwrap().certificate_authority,
        Some(other.path("pki/ca.crt"))
    );
    assert!(other.is_untouched("first", FIRST));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_written() {
    // Rule C11
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let new = folder.path("deep/er/config");
    let change = |kubeconfig: &mut Kubeconfig| {
        kubeconfig.current_context = Some("x".to_owned());
    };
    KubeconfigFiles::only(&new).modify(change).unwrap();
    assert_eq!(mode(&new), 0o600);
    assert_eq!(mode(&folder.path("deep")) & 0o700, 0o700);
    assert_eq!(mode(&folder.path("deep")) & 0o022, 0);
    folder.files(&["first"]).modify(change).unwrap();
    assert_eq!(mode(&folder.path("first")), 0o600);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(folder.path("first"), folder.path("link")).unwrap();
    KubeconfigFiles::only(folder.path("link"))
        .modify(|kubeconfig| kubeconfig.current_context = Some("new".to_owned()))
        .unwrap();
    assert!(
        fs::symlink_metadata(folder.path("link"))
            .unwrap()
            .is_symlink()
    );
    assert!(folder.text("first").contains("current-context: new"));
}

#[test]
fn a_lock_of_another_program_is_respected_and_named() {
    // Rule C11
    let folder = Folder::new();
    fs::write(folder.path("first.lock"), "").unwrap();
    let files = folder.files(&["first"]);
    let error = files
        .modify(|kubeconfig| kubeconfig.current_context = None)
        .unwrap_err();
    assert!(error.to_string().contains("first.lock"), "{error}");
    assert!(folder.is_untouched("first", FIRST));
    assert!(
        folder.path("first.lock").exists(),
        "it is not ours to remove"
    );
}

#[test]
fn writers_do_not_lose_what_others_write() {
    // Rule C11
    let folder = Folder::new();
    let files = folder.files(&["first"]);
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let files = &files;
            scope.spawn(move || {
                let add = |kubeconfig: &mut Kubeconfig| {
                    kubeconfig.set_context(format!("w{writer}"), Context::default());
                };
                files.modify(add).unwrap();
            });
        }
    });
    assert_eq!(files.read().unwrap().contexts.len(), 9);
}

#[test]
fn a_broken_file_is_not_written_over() {
    let folder = Folder::new();
    fs::write(folder.path("broken"), "clusters: [").unwrap();
    let error = folder
        .files(&["first", "broken"])
        .modify(|kubeconfig| kubeconfig.current_context = None)
        .unwrap_err();
    assert!(error.to_string().contains("broken"), "{error}");
    assert!(folder.is_untouched("first", FIRST));
    assert!(folder.is_untouched("broken", "clusters: ["));
}

#[test]
fn a_bad_file_does_not_hide_the_others() {
    // Rule C2
    let folder = Folder::new();
    fs::write(folder.path("broken"), "clusters: [").unwrap();
    fs::write(folder.path("wrong"), "users: 7").unwrap();
    let files = folder.files(&["broken", "first", "gone", "wrong", "second"]);
    let (kubeconfig, error) = files.read_partially();
    assert_eq!(kubeconfig.clusters.len(), 2);
    let error = error.unwrap().to_string();
    assert!(
        error.contains("broken") && error.contains("wrong"),
        "{error}"
    );
    assert!(!error.contains("gone"), "{error}");
    assert_eq!(files.read().unwrap_err().to_string(), error);
}

#[test]
fn without_a_file_nothing_can_be_written() {
    let files = KubeconfigFiles::of_env(&Env::of(&[], "/nowhere"));
    let error = files.modify(|_| {}).unwrap_err();
    assert!(error.to_string().contains("KUBECONFIG"), "{error}");
}
