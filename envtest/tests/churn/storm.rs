//! The course of events: objects, subscribers, bad weather, forgotten history, quiet.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures::TryStreamExt;
use kubewright::cache::{BackoffPolicy, SharedInformer};
use kubewright::{Api, Client, Config, ListOptions, Object, Unstructured, verbs};
use kubewright_generated::core_v1::ConfigMap;
use serde_json::json;
use tokio::time::sleep;

use crate::crowd::Crowd;
use crate::history::History;
use crate::load::{self, Load};
use crate::proxy::{Proxy, Weather};
use crate::truth::Truth;

const NAMESPACE: &str = "churn";
/// How often all connections are cut and history ends while nobody can see it.
const GAPS: u32 = 6;
/// Changes that fall into a gap, before the end of history.
const UNSEEN: u64 = 40;
/// A half-open connection is given up after 45 s, then comes a wait and a snapshot.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is to happen.
pub(crate) struct Storm {
    pub(crate) objects: usize,
    pub(crate) lasts: Duration,
    /// Whether connections are left half-open, in the first third of the storm.
    pub(crate) half_open: bool,
    pub(crate) seed: u64,
}

/// Who goes through it.
struct Scene<'a> {
    api: Api<Unstructured>,
    proxy: Proxy,
    history: History<'a>,
    dynamic: Crowd<Unstructured>,
    typed: Crowd<ConfigMap>,
}

impl Storm {
    /// Objects are changed directly; what is cached comes through the proxy.
    pub(crate) async fn run(
        &self,
        server: SocketAddr,
        direct: Config,
        through: impl Fn(SocketAddr) -> Config,
        history: History<'_>,
    ) {
        eprintln!(
            "seed {}: {} objects for {:?}",
            self.seed, self.objects, self.lasts
        );
        let start = Instant::now();
        let api = namespace(&direct).await;
        load::create(&api, self.objects).await;
        eprintln!("{:?}: the objects are there", start.elapsed());
        let proxy = Proxy::start(server, self.seed, self.lasts / GAPS / 2).await;
        // A client each, so that they do not share a connection.
        let client = || Client::new(&through(proxy.address())).unwrap();
        let mut scene = Scene {
            dynamic: Crowd::new("dynamic", informer(config_maps(&client()))),
            typed: Crowd::new(
                "typed",
                informer(client().namespaced::<ConfigMap>(NAMESPACE)),
            ),
            api,
            proxy,
            history,
        };
        scene.grow();
        scene.dynamic.start();
        scene.typed.start();
        let load = Load::start(&scene.api, self.objects, self.seed);
        let forgotten = self.rage(&mut scene, &load).await;
        scene.proxy.set(Weather::Calm);
        scene.grow();
        let writes = load.end().await;
        eprintln!(
            "{:?}: {writes} changes; {}",
            start.elapsed(),
            scene.proxy.summary()
        );
        scene.quiet().await;
        eprintln!(
            "{:?}: nothing lost, no ghosts; {}; {}",
            start.elapsed(),
            scene.dynamic.summary(),
            scene.typed.summary()
        );
        assert!(forgotten > 0, "no watch was ever behind the end of history");
        assert!(scene.proxy.broken() > 0, "the weather was fine");
    }

    /// How many caches had to start over, since what they knew was forgotten.
    async fn rage(&self, scene: &mut Scene<'_>, load: &Load) -> u32 {
        let mut forgotten = 0;
        for gap in 0..GAPS {
            let half_open = self.half_open && gap < GAPS / 3;
            scene.proxy.set(Weather::Stormy { half_open });
            sleep(self.lasts / GAPS).await;
            scene.grow();
            forgotten += scene.gap(load).await;
        }
        forgotten
    }
}

impl Scene<'_> {
    fn grow(&mut self) {
        self.dynamic.grow();
        self.typed.grow();
    }

    /// Cuts everything, lets changes go by unseen, and ends history behind them.
    async fn gap(&self, load: &Load) -> u32 {
        self.proxy.set(Weather::Down);
        load.goes_on(UNSEEN).await;
        self.history.forget().await;
        let (dynamic, typed) = (
            self.dynamic.resource_version(),
            self.typed.resource_version(),
        );
        load.goes_on(UNSEEN).await;
        u32::from(self.is_forgotten(&dynamic).await) + u32::from(self.is_forgotten(&typed).await)
    }

    /// Whether a watch cannot go on from a version.
    async fn is_forgotten(&self, version: &str) -> bool {
        if version.is_empty() {
            return false;
        }
        let options = ListOptions::new().resource_version(version);
        match self.api.watch(&options).await {
            Ok(mut watch) => watch
                .try_next()
                .await
                .is_err_and(|error| error.is_expired()),
            Err(error) => error.is_expired(),
        }
    }

    /// Waits until everybody has the truth; time over, says who has not.
    async fn quiet(&self) {
        let truth = Truth::of_server(&self.api).await;
        let start = Instant::now();
        while let Some(fault) = self
            .dynamic
            .fault(&truth)
            .or_else(|| self.typed.fault(&truth))
        {
            assert!(
                start.elapsed() < PATIENCE,
                "after {PATIENCE:?} of quiet: {fault}"
            );
            sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn namespace(direct: &Config) -> Api<Unstructured> {
    let client = Client::new(direct).unwrap();
    let namespace =
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}});
    let namespaces = client.resource(&"v1/namespaces".parse().unwrap());
    namespaces
        .create(&namespace.try_into().unwrap())
        .await
        .unwrap();
    config_maps(&client)
}

fn config_maps(client: &Client) -> Api<Unstructured> {
    client
        .resource(&"v1/configmaps".parse().unwrap())
        .namespace(NAMESPACE)
}

/// As users have it, but that long waits are cut short: a minute has to be enough.
fn informer<K: Object + verbs::List + verbs::Watch>(api: Api<K>) -> SharedInformer<K> {
    let mut backoff = BackoffPolicy::default();
    backoff.longest = Duration::from_secs(2);
    SharedInformer::builder(api).backoff(backoff).build()
}
