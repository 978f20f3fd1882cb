//! A rotation drill on the real control plane: everything that a connection is made of is replaced
//! under running informers, watches and requests (rules C14, C15, C21).
//!
//! Four clients run side by side: with a client certificate from files, a token from a file, and
//! plugins that print a token and a certificate. The authority of client certificates, the tokens,
//! the serving certificate and the authority that clients trust are replaced in turn, and what was
//! replaced is revoked. Nothing is restarted. No request may fail, no informer may take a second
//! snapshot, and no watch may miss a change.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is the failure report"
)]

mod authority;
mod book;
mod subject;

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use kubewright::{Client, Config, Kubeconfig};
use kubewright_envtest::ControlPlane;
use kubewright_envtest::control_plane::Binaries;
use serde_json::{Value, json};

use self::authority::{Authority, Pair};
use self::subject::Subject;

const REQUIRE: &str = "KUBEWRIGHT_REQUIRE_CONTROL_PLANE";
/// A step that takes longer has failed. kube-apiserver looks at its files once a minute where it
/// is not notified, and believes a token for ten seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// The control plane and what its clients hold.
struct Drill {
    control_plane: ControlPlane,
    folder: tempfile::TempDir,
    admin: Client,
}

impl Drill {
    async fn start(binaries: Binaries) -> Self {
        let control_plane = ControlPlane::builder().binaries(binaries).start();
        let control_plane = control_plane.await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let admin = control_plane.client_config().connect().await.unwrap();
        let drill = Drill {
            control_plane,
            folder,
            admin,
        };
        let binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": "drill"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
            "subjects": [{"kind": "ServiceAccount", "name": "drill", "namespace": "default"}],
        });
        let account =
            json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "drill"}});
        drill
            .post(
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                &binding,
            )
            .await;
        drill
            .post("/api/v1/namespaces/default/serviceaccounts", &account)
            .await;
        drill
    }

    /// A client of nobody that trusts this authority.
    fn based_on(&self, ca: &str) -> Config {
        let config = Config::new(self.control_plane.url());
        config.unwrap().with_ca_pem(ca)
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        post(&self.admin, path, body).await.unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        // As a kubelet does: readers see the old content or the new one.
        let new = self.path("new");
        fs::write(&new, content).unwrap();
        fs::rename(new, self.path(name)).unwrap();
    }

    /// A token that is valid as long as a secret of this name exists.
    async fn token(&self, name: &str) -> String {
        let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}});
        let secret = self
            .post("/api/v1/namespaces/default/secrets", &secret)
            .await;
        let request = json!({
            "apiVersion": "authentication.k8s.io/v1",
            "kind": "TokenRequest",
            "spec": {"boundObjectRef": {
                "apiVersion": "v1", "kind": "Secret", "name": name, "uid": secret["metadata"]["uid"],
            }},
        });
        let made = self
            .post(
                "/api/v1/namespaces/default/serviceaccounts/drill/token",
                &request,
            )
            .await;
        made["status"]["token"].as_str().unwrap().to_owned()
    }

    async fn revoke(&self, token_name: &str) {
        let secrets = self
            .admin
            .resource(&"v1/secrets".parse().unwrap())
            .namespace("default");
        secrets.delete(token_name).await.unwrap();
    }

    fn show_certificate(&self, pair: &Pair) {
        self.write("client.crt", &pair.certificate);
        self.write("client.key", &pair.key);
        let status = json!({"clientCertificateData": pair.certificate, "clientKeyData": pair.key});
        self.reply("certificate", &status);
    }

    fn show_token(&self, token: &str) {
        self.write("token", token);
        self.reply("token", &json!({"token": token}));
    }

    /// What a plugin prints from now on.
    fn reply(&self, plugin: &str, status: &Value) {
        let reply = json!({
            "apiVersion": "client.authentication.k8s.io/v1",
            "kind": "ExecCredential",
            "status": status,
        });
        self.write(&format!("{plugin}.json"), &reply.to_string());
    }

    /// A plugin that counts its runs.
    fn plugin(&self, name: &str) -> Value {
        let path = self.path(&format!("{name}.sh"));
        let folder = self.folder.path().display();
        let text =
            format!("#!/bin/sh\necho run >> {folder}/{name}.runs\ncat {folder}/{name}.json\n");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        json!({"exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": path,
            "interactiveMode": "Never",
        }})
    }

    fn runs(&self, plugin: &str) -> usize {
        let runs = fs::read_to_string(self.path(&format!("{plugin}.runs")));
        runs.unwrap_or_default().lines().count()
    }

    /// A client with this user, which trusts the authority in a file.
    async fn client(&self, user: &Value) -> Client {
        let text = json!({
            "clusters": [{"name": "c", "cluster": {
                "server": self.control_plane.url(), "certificate-authority": self.path("ca.crt"),
            }}],
            "users": [{"name": "u", "user": user}],
            "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
            "current-context": "x",
        });
        let kubeconfig = Kubeconfig::parse(&text.to_string()).unwrap();
        let config = Config::from_kubeconfig(&kubeconfig, None).unwrap();
        config.connect().await.unwrap()
    }
}

async fn post(client: &Client, path: &str, body: &Value) -> kubewright::Result<Value> {
    let request = http::Request::post(path)
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap();
    let answer = client.raw(request).await?;
    Ok(serde_json::from_slice(answer.body()).unwrap())
}

/// The name under which the server knows a client.
async fn whoami(client: &Client) -> kubewright::Result<String> {
    let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let answer = post(
        client,
        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        &review,
    )
    .await?;
    Ok(answer["status"]["userInfo"]["username"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

/// Waits until a new client, which nothing else uses, is let in as this user, or not let in.
async fn until_new_client(config: &Config, expected: Option<&str>) {
    let begun = Instant::now();
    loop {
        let name = whoami(&config.connect().await.unwrap()).await.ok();
        if name.as_deref() == expected {
            return;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{name:?} instead of {expected:?}"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn until_known_as(client: &Client, expected: &str) {
    let begun = Instant::now();
    loop {
        let name = whoami(client).await.unwrap();
        if name == expected {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{name} instead of {expected}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn watches(subjects: &[Subject]) -> Vec<usize> {
    subjects.iter().map(Subject::watches).collect()
}

async fn have_moved(subjects: &[Subject], before: &[usize]) {
    for (subject, before) in subjects.iter().zip(before) {
        subject.has_moved(*before).await;
    }
}

fn binaries() -> Option<Binaries> {
    match Binaries::locate() {
        Ok(binaries) => Some(binaries),
        Err(error) if error.is_missing() && env::var_os(REQUIRE).is_none() => None,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_replaced_and_nobody_notices() {
    // Rules C14, C15, C21
    let Some(binaries) = binaries() else { return };
    let book = book::Book::install();
    let drill = Drill::start(binaries).await;
    let pairs = Pairs::new(&drill);
    let subjects = pairs.start(&drill).await;
    pairs.replace_client_certificates(&drill, &subjects).await;
    replace_tokens(&drill).await;
    let authority = replace_serving_certificate(&drill, &subjects, &pairs.two).await;

    let admin = shown(drill.based_on(&authority), &pairs.two);
    let admin = admin.connect().await.unwrap();
    for subject in subjects {
        let name = subject.name.clone();
        let report = subject.end(&admin).await;
        println!("{name}: {report:?}");
        assert_eq!(report.failed, Vec::<String>::new(), "{name}");
        assert_eq!(report.missed_by_watch, 0, "{name}");
        assert_eq!(report.missed_by_informer, 0, "{name}");
        assert_eq!(report.errors_of_informer, Vec::<String>::new(), "{name}");
        assert_eq!(book.snapshots(&name), 1, "{name} has listed again");
        assert!(
            report.requests > 100 && report.watches > 2,
            "{name} was idle"
        );
    }
    assert_eq!((drill.runs("token"), drill.runs("certificate")), (2, 2));
}

/// Two authorities of client certificates, and a certificate of each.
struct Pairs {
    /// That of the control plane and the first, all three, that of the control plane and the
    /// second.
    trusted: [String; 3],
    one: Pair,
    two: Pair,
}

impl Pairs {
    fn new(drill: &Drill) -> Self {
        let (first, second) = (Authority::new("first"), Authority::new("second"));
        let own = drill.control_plane.ca_pem();
        Pairs {
            trusted: [
                format!("{own}{}", first.pem),
                format!("{own}{}{}", first.pem, second.pem),
                format!("{own}{}", second.pem),
            ],
            one: first.client("one"),
            two: second.client("two"),
        }
    }

    async fn start(&self, drill: &Drill) -> Vec<Subject> {
        let server = &drill.control_plane;
        server.replace_client_ca(&self.trusted[0]).unwrap();
        let own = drill.based_on(server.ca_pem());
        until_new_client(&shown(own, &self.one), Some("one")).await;
        drill.write("ca.crt", server.ca_pem());
        drill.show_certificate(&self.one);
        drill.show_token(&drill.token("token-1").await);
        let files = json!({
            "client-certificate": drill.path("client.crt"), "client-key": drill.path("client.key"),
        });
        let users = [
            ("certificate-files", files),
            ("token-file", json!({"tokenFile": drill.path("token")})),
            ("token-plugin", drill.plugin("token")),
            ("certificate-plugin", drill.plugin("certificate")),
        ];
        let mut subjects = Vec::new();
        for (name, user) in &users {
            let client = drill.client(user).await;
            subjects.push(Subject::start(name, client, &drill.admin).await);
        }
        subjects
    }

    /// Both are valid, then the new one alone.
    async fn replace_client_certificates(&self, drill: &Drill, subjects: &[Subject]) {
        let server = &drill.control_plane;
        let own = || drill.based_on(server.ca_pem());
        server.replace_client_ca(&self.trusted[1]).unwrap();
        until_new_client(&shown(own(), &self.two), Some("two")).await;
        drill.show_certificate(&self.two);
        until_known_as(&subjects[0].client, "two").await;
        server.replace_client_ca(&self.trusted[2]).unwrap();
        until_new_client(&shown(own(), &self.one), None).await;
        // The plugin hears of it by a 401 only.
        until_known_as(&subjects[3].client, "two").await;
    }
}

/// The old one is revoked once the new one lies there.
async fn replace_tokens(drill: &Drill) {
    let old = fs::read_to_string(drill.path("token")).unwrap();
    let old = drill.based_on(drill.control_plane.ca_pem()).with_token(old);
    drill.show_token(&drill.token("token-2").await);
    drill.revoke("token-1").await;
    until_new_client(&old, None).await;
}

/// Both authorities are trusted, then the new one alone, which is returned.
async fn replace_serving_certificate(drill: &Drill, subjects: &[Subject], client: &Pair) -> String {
    let server = &drill.control_plane;
    let authority = Authority::new("third");
    let before = watches(subjects);
    drill.write("ca.crt", &format!("{}{}", server.ca_pem(), authority.pem));
    have_moved(subjects, &before).await;
    let serving = authority.server();
    let replaced = server.replace_serving_certificate(&serving.certificate, &serving.key);
    replaced.unwrap();
    let fresh = shown(drill.based_on(&authority.pem), client);
    until_new_client(&fresh, Some("two")).await;
    let before = watches(subjects);
    drill.write("ca.crt", &authority.pem);
    have_moved(subjects, &before).await;
    authority.pem
}

fn shown(config: Config, pair: &Pair) -> Config {
    config.with_client_certificate_pem(pair.certificate.as_str(), pair.key.as_str())
}
