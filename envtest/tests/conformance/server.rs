//! The servers that the suite runs on, and what a case is given.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use kubewright::{Api, Client, Config, Unstructured};
use kubewright_envtest::control_plane::Binaries;
use kubewright_envtest::embedded::EmbeddedBuilder;
use kubewright_envtest::{ControlPlane, Embedded};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

use crate::release::{self, Feature};

/// A case ends well, or with the error that it did not expect.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// One statement about client and server.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) needs: Needs,
    pub(crate) run: fn(Context) -> Pin<Box<dyn Future<Output = Outcome> + Send>>,
}

/// Makes cases of functions: `cases![a, b; real_only "why": c; feature SelectableFields: d]`.
#[macro_export]
macro_rules! cases {
    ($($name:ident),* $(,)? $(; $need:ident $what:tt: $($needy:ident),* $(,)?)*) => {
        pub(crate) fn cases() -> Vec<$crate::server::Case> {
            vec![
                $($crate::server::Case {
                    name: concat!(module_path!(), "::", stringify!($name)),
                    needs: $crate::server::Needs::Nothing,
                    run: |context| Box::pin($name(context)),
                },)*
                $($($crate::server::Case {
                    name: concat!(module_path!(), "::", stringify!($needy)),
                    needs: $crate::cases!(@ $need $what),
                    run: |context| Box::pin($needy(context)),
                },)*)*
            ]
        }
    };
    (@ real_only $why:literal) => { $crate::server::Needs::Real };
    (@ feature $feature:ident) => {
        $crate::server::Needs::Feature($crate::release::Feature::$feature)
    };
}

/// What a case needs of a server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Needs {
    Nothing,
    /// The real one: the embedded server cannot be asked this, for a reason that the list of cases
    /// states.
    Real,
    /// What not every release has.
    Feature(Feature),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    /// Over plain HTTP/1.1.
    Embedded,
    /// Over TLS with HTTP/2, as the real one is reached.
    EmbeddedTls,
    ControlPlane,
}

/// What a case works with: a client, and a namespace that nobody else uses.
pub(crate) struct Context {
    pub(crate) config: Config,
    pub(crate) client: Client,
    pub(crate) namespace: String,
    pub(crate) server: Server,
}

impl Server {
    pub(crate) fn all() -> [Self; 3] {
        [Server::Embedded, Server::EmbeddedTls, Server::ControlPlane]
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Server::Embedded => "on_embedded",
            Server::EmbeddedTls => "on_embedded_tls",
            Server::ControlPlane => "on_control_plane",
        }
    }

    /// A missing control plane is shown as ignored cases, unless somebody insists on it.
    pub(crate) fn is_available(self) -> bool {
        let insists = || {
            std::env::var_os("KUBEWRIGHT_REQUIRE_CONTROL_PLANE")
                .is_some_and(|value| !value.is_empty())
        };
        self.is_embedded() || insists() || Binaries::locate().is_ok()
    }

    pub(crate) fn is_embedded(self) -> bool {
        self != Server::ControlPlane
    }

    pub(crate) fn can_run(self, case: Case) -> bool {
        match case.needs {
            Needs::Nothing => true,
            Needs::Real => !self.is_embedded(),
            Needs::Feature(feature) => self.is_embedded() || release::has(feature),
        }
    }

    pub(crate) async fn context(self, case: Case) -> Result<Context, String> {
        let config = self.config().await?;
        let client = Client::new(&config).map_err(|error| error.to_string())?;
        let namespace = unique(case.name.rsplit("::").next().unwrap_or_default());
        let body: Unstructured = object(
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}),
        );
        let namespaces = client.resource(
            &"v1/namespaces"
                .parse()
                .map_err(|error| format!("{error}"))?,
        );
        namespaces
            .create(&body)
            .await
            .map_err(|error| format!("the case's namespace: {error}"))?;
        Ok(Context {
            config,
            client,
            namespace,
            server: self,
        })
    }

    /// One server of each sort serves the whole run; both end with the process.
    async fn config(self) -> Result<Config, String> {
        static PLAIN: OnceCell<Embedded> = OnceCell::const_new();
        static TLS: OnceCell<Embedded> = OnceCell::const_new();
        match self {
            Server::Embedded => embedded(&PLAIN, Embedded::builder()).await,
            Server::EmbeddedTls => embedded(&TLS, Embedded::builder().tls().authentication()).await,
            Server::ControlPlane => Ok(control_plane().await?.client_config()),
        }
    }
}

async fn embedded(
    server: &'static OnceCell<Embedded>,
    builder: EmbeddedBuilder,
) -> Result<Config, String> {
    let start = || async { builder.start().await.map_err(|error| error.to_string()) };
    Ok(server.get_or_try_init(start).await?.client_config())
}

async fn control_plane() -> Result<&'static ControlPlane, String> {
    static REAL: OnceCell<ControlPlane> = OnceCell::const_new();
    let start = || async {
        ControlPlane::builder()
            .user(NOBODY, &[])
            .start()
            .await
            .map_err(|error| error.to_string())
    };
    REAL.get_or_try_init(start).await
}

/// A user of the real control plane whom no role is bound to.
const NOBODY: &str = "nobody";

pub(crate) async fn nobody() -> Result<Config, Box<dyn std::error::Error + Send + Sync>> {
    Ok(control_plane()
        .await?
        .user_client_config(NOBODY)
        .ok_or("no such user")?)
}

pub(crate) async fn ca_pem() -> String {
    control_plane()
        .await
        .map(|server| server.ca_pem().to_owned())
        .unwrap_or_default()
}

/// All cases share one runtime: connections and servers outlive the case that made them.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

impl Context {
    /// Any resource, in the case's namespace.
    pub(crate) fn api(&self, resource: &str) -> Api<Unstructured> {
        self.client
            .resource(&resource.parse().expect("a resource"))
            .namespace(&self.namespace)
    }

    /// Any resource of the cluster.
    pub(crate) fn cluster(&self, resource: &str) -> Api<Unstructured> {
        self.client.resource(&resource.parse().expect("a resource"))
    }

    pub(crate) fn config_maps(&self) -> Api<Unstructured> {
        self.api("v1/configmaps")
    }

    pub(crate) async fn config_map(&self, name: &str) -> Result<Unstructured, kubewright::Error> {
        self.config_maps().create(&config_map(name, "a", "1")).await
    }
}

/// A name that no other case has.
pub(crate) fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let prefix: String = prefix.replace('_', "-").chars().take(40).collect();
    format!(
        "{}-{}",
        prefix.trim_end_matches('-'),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

pub(crate) fn object(value: Value) -> Unstructured {
    Unstructured::try_from(value).expect("a JSON object")
}

pub(crate) fn config_map(name: &str, key: &str, value: &str) -> Unstructured {
    object(json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name, "labels": {"app": "web", "key": key}},
        "data": {key: value},
    }))
}

pub(crate) fn pod(name: &str) -> Unstructured {
    object(json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": {"app": "web"}},
        "spec": {"containers": [{"name": "main", "image": "example.com/web:1"}]},
    }))
}

pub(crate) fn deployment(name: &str, replicas: i32) -> Unstructured {
    object(json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "main", "image": "example.com/web:1"}, {"name": "side", "image": "example.com/side:1"}]},
            },
        },
    }))
}
