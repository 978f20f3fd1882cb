//! The servers that the cases run on, and the program that they run.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kubewright::{Api, Client, Config, Unstructured};
use kubewright_envtest::control_plane::Binaries;
use kubewright_envtest::{ControlPlane, Embedded};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A name, and a function that ends well or with the error that it did not expect.
pub(crate) type Case = (&'static str, fn(&Context) -> Outcome);

/// Makes cases of functions.
#[macro_export]
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        pub(crate) const CASES: &[$crate::server::Case] = &[$((stringify!($name), $name)),*];
    };
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    Embedded,
    ControlPlane,
}

/// A client, a kubeconfig, and a namespace that nobody else uses: the kubeconfig's default.
pub(crate) struct Context {
    pub(crate) server: Server,
    pub(crate) namespace: String,
    client: Client,
    folder: TempDir,
}

/// What the program said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Server {
    pub(crate) fn all() -> [Self; 2] {
        [Server::Embedded, Server::ControlPlane]
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Server::Embedded => "on_embedded",
            Server::ControlPlane => "on_control_plane",
        }
    }

    pub(crate) fn is_available(self) -> bool {
        let insists = std::env::var_os("KUBEWRIGHT_REQUIRE_CONTROL_PLANE")
            .is_some_and(|value| !value.is_empty());
        self == Server::Embedded || insists || Binaries::locate().is_ok()
    }

    pub(crate) fn context(self, case: &str) -> Result<Context, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let folder = tempfile::tempdir().map_err(|error| text(&error))?;
        let namespace = unique(case);
        let running = self.running()?;
        let kubeconfig = running.kubeconfig(&namespace).to_string();
        std::fs::write(folder.path().join("config"), kubeconfig).map_err(|error| text(&error))?;
        let client = running.config.clone().with_namespace(&namespace);
        let context = Context {
            server: self,
            client: Client::new(&client).map_err(|error| text(&error))?,
            namespace: namespace.clone(),
            folder,
        };
        let body = json!({"metadata": {"name": namespace}});
        let made = context.create("v1/namespaces", body);
        made.map_err(|error| text(&error))?;
        Ok(context)
    }

    /// One server of each sort serves the whole run, and ends with the process.
    fn running(self) -> Result<&'static Running, String> {
        static EMBEDDED: OnceLock<Result<Running, String>> = OnceLock::new();
        static REAL: OnceLock<Result<Running, String>> = OnceLock::new();
        let started = match self {
            Server::Embedded => EMBEDDED.get_or_init(|| runtime().block_on(embedded())),
            Server::ControlPlane => REAL.get_or_init(|| runtime().block_on(control_plane())),
        };
        started.as_ref().map_err(Clone::clone)
    }
}

/// A server, and how to reach it.
struct Running {
    config: Config,
    cluster: Value,
    user: Value,
    _server: Box<dyn Send + Sync>,
}

impl Running {
    /// Two contexts: `here` is the current one, `elsewhere` means another namespace.
    fn kubeconfig(&self, namespace: &str) -> Value {
        let context = |name: &str, namespace: &str| json!({"name": name, "context": {"cluster": "c", "user": "u", "namespace": namespace}});
        json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "here",
            "clusters": [{"name": "c", "cluster": self.cluster}],
            "users": [{"name": "u", "user": self.user}],
            "contexts": [context("here", namespace), context("elsewhere", "nobodys")],
        })
    }
}

async fn embedded() -> Result<Running, String> {
    let server = Embedded::start().await.map_err(|error| error.to_string())?;
    Ok(Running {
        config: Config::new(&server.url()).map_err(|error| error.to_string())?,
        cluster: json!({"server": server.url()}),
        user: json!({}),
        _server: Box::new(server),
    })
}

async fn control_plane() -> Result<Running, String> {
    let server = ControlPlane::start()
        .await
        .map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text)
            .map(|()| path)
            .map_err(|error| error.to_string())
    };
    let cluster =
        json!({"server": server.url(), "certificate-authority": file("ca", server.ca_pem())?});
    let user = json!({
        "client-certificate": file("cert", server.admin_cert_pem())?,
        "client-key": file("key", server.admin_key_pem())?,
    });
    Ok(Running {
        config: server.client_config(),
        cluster,
        user,
        _server: Box::new((server, folder)),
    })
}

/// All cases share one runtime: connections outlive the case that made them.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// A name that no other case has.
pub(crate) fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let prefix: String = prefix.replace('_', "-").chars().take(40).collect();
    let prefix = prefix.trim_end_matches('-');
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Context {
    /// Runs `get` to its end with these words.
    pub(crate) fn get(&self, line: &str) -> Said {
        said(self.command(&words(line)))
    }

    pub(crate) fn get_words(&self, words: &[&str]) -> Said {
        said(self.command(words))
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = kubewright(words);
        command.env("KUBECONFIG", self.kubeconfig());
        command
    }

    pub(crate) fn kubeconfig(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// Creates an object in the case's namespace, or in the cluster.
    pub(crate) fn create(&self, resource: &str, body: Value) -> Outcome {
        let mut body = Unstructured::try_from(body)?;
        let name = body.name().to_owned();
        let api = self.api(resource)?;
        let kind = match api.api_resource().plural.as_ref() {
            "namespaces" => "Namespace",
            "configmaps" => "ConfigMap",
            "services" => "Service",
            "deployments" => "Deployment",
            other => return Err(format!("no case makes {other} ({name})").into()),
        };
        body.set_type(&api.api_resource().api_version(), kind);
        runtime().block_on(async { api.create(&body).await })?;
        Ok(())
    }

    pub(crate) fn config_map(&self, name: &str, label: &str) -> Outcome {
        let metadata = json!({"name": name, "labels": {"app": label}});
        self.create(
            "v1/configmaps",
            json!({"metadata": metadata, "data": {"key": "value"}}),
        )
    }

    pub(crate) fn delete(&self, resource: &str, name: &str) -> Outcome {
        let api = self.api(resource)?;
        runtime().block_on(async { api.delete(name).await })?;
        Ok(())
    }

    fn api(&self, resource: &str) -> Result<Api<Unstructured>, Box<dyn std::error::Error>> {
        let api = self.client.resource(&resource.parse()?);
        Ok(if resource == "v1/namespaces" {
            api
        } else {
            api.namespace(&self.namespace)
        })
    }

    /// Starts a `get` that goes on.
    pub(crate) fn start(&self, line: &str) -> Started {
        Started::new(self.command(&words(line)))
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// The program, blind to whatever kubeconfig and colours this machine has.
pub(crate) fn kubewright(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubewright"));
    command.arg("get").args(words);
    command.env("HOME", "/nowhere").env_remove("KUBECONFIG");
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

pub(crate) fn said(mut command: Command) -> Said {
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Said {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

impl Said {
    /// It went well, and had nothing to remark.
    pub(crate) fn ok(self) -> Result<String, String> {
        if self.code == Some(0) && self.err.is_empty() {
            Ok(self.out)
        } else {
            Err(format!("{self:?}"))
        }
    }

    /// It failed with this code, and showed nothing.
    pub(crate) fn failed(self, code: i32) -> Result<String, String> {
        if self.code == Some(code) && self.out.is_empty() {
            Ok(self.err)
        } else {
            Err(format!("{self:?}"))
        }
    }
}

/// A program that goes on; ended when dropped.
pub(crate) struct Started {
    child: Child,
    lines: Receiver<String>,
}

impl Started {
    pub(crate) fn new(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Started { child, lines }
    }

    /// The next line, its columns a space apart.
    pub(crate) fn line(&self) -> Result<String, String> {
        let line = self.lines.recv_timeout(Duration::from_secs(20));
        let line = line.map_err(|_| "no more lines".to_owned())?;
        Ok(line.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Lines up to one that begins so.
    pub(crate) fn until(&self, front: &str) -> Result<String, String> {
        loop {
            let line = self.line()?;
            if line.starts_with(front) {
                return Ok(line);
            }
        }
    }

    /// Ends it as Ctrl-C does.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> std::io::Result<std::process::ExitStatus> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status()?;
        self.child.wait()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first column of a table.
pub(crate) fn names(table: &str) -> Vec<&str> {
    column(table, 0)
}

pub(crate) fn column(table: &str, at: usize) -> Vec<&str> {
    table
        .lines()
        .map(|line| line.split_whitespace().nth(at).unwrap_or_default())
        .collect()
}
