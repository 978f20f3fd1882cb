//! Installs a definition and waits until its kind can be used.
//!
//! Three steps, each of which takes the server a moment: the definition is applied, its names are
//! accepted, and discovery lists it. The end of the last is what "installed" means, because
//! before it a client may get a 404 for the kind.

use std::future::{Future, IntoFuture};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::time::{Instant, timeout_at};

use super::CustomResource;
use super::definition::{
    CustomResourceDefinition, CustomResourceDefinitionSpec, CustomResourceVersion,
};
use super::problem::{CrdProblem, Installing, Stage};
use crate::client::Client;
use crate::client::api::Api;
use crate::model::error::{Error, Result};
use crate::wire::discovery::Discovery;

/// The default field manager.
const MANAGER: &str = "kubewright";
/// How long the server may take by default.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks: first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// Installs the definition of a kind: applies it and waits until the kind can be used.
///
/// ```no_run
/// # async fn doc<Widget: kubewright::crd::CustomResource>(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::crd;
///
/// crd::install::<Widget>(&client).await?;
/// # Ok(())
/// # }
/// ```
pub fn install<K: CustomResource>(client: &Client) -> Install {
    K::crd().install(client)
}

impl CustomResourceDefinition {
    /// Applies this definition and waits until its kind can be used; see [`Install`].
    pub fn install(self, client: &Client) -> Install {
        Install {
            client: client.clone(),
            definition: self,
            manager: MANAGER.to_owned(),
            force: false,
            patience: PATIENCE,
        }
    }
}

/// An installation that has not begun; awaiting it begins, and gives the definition as the server
/// has it.
///
/// It is a server-side apply, so doing it again, or from several programs at once, is
/// harmless.
///
/// # Errors
/// - `is_conflict()` when another manager owns a part of the definition; [`Install::force`]
///   takes it.
/// - `is_invalid()` when the server refuses the definition, as for a CEL rule that does not parse.
/// - `is_timeout()` when the kind is not served in time; `missing()` names the definition.
/// - `is_already_exists()` when its names are taken by another definition.
#[must_use = "an installation begins when it is awaited"]
#[derive(Debug)]
pub struct Install {
    client: Client,
    definition: CustomResourceDefinition,
    manager: String,
    force: bool,
    patience: Duration,
}

impl Install {
    /// Applies as this field manager; `kubewright` by default.
    pub fn field_manager(mut self, manager: impl Into<String>) -> Self {
        self.manager = manager.into();
        self
    }

    /// Takes what other managers own.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    /// Gives up after this long; 30 s by default.
    pub fn timeout(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    async fn run(self) -> Result<CustomResourceDefinition> {
        let name = self.definition.metadata.name.clone().unwrap_or_default();
        let within = Deadline::new(&name, self.patience);
        let definitions: Api<CustomResourceDefinition> = self.client.cluster();
        let apply = definitions.apply(&self.manager, &self.definition);
        let apply = if self.force { apply.force() } else { apply };
        let steps = async {
            within.reach(Stage::Applied, apply.into_future()).await?;
            let definition = established(&definitions, &name);
            let definition = within.reach(Stage::Established, definition).await?;
            let served = served(&self.client, &definition);
            within.reach(Stage::Served, served).await?;
            Ok(definition)
        };
        let installed = steps
            .await
            .map_err(|error: Error| error.while_doing(Installing(name.clone())));
        // Whatever was known of the cluster is out of date.
        self.client.forget_discovery();
        installed
    }
}

impl IntoFuture for Install {
    type Output = Result<CustomResourceDefinition>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Waits until the server has accepted the definition, or says that it will not.
async fn established(
    definitions: &Api<CustomResourceDefinition>,
    name: &str,
) -> Result<CustomResourceDefinition> {
    let mut pauses = Pauses::default();
    loop {
        let definition = definitions.get(name).await?;
        if definition.is_established() {
            return Ok(definition);
        }
        if let Some(error) = refused(&definition) {
            return Err(error);
        }
        pauses.next().await;
    }
}

fn refused(definition: &CustomResourceDefinition) -> Option<Error> {
    let condition = definition.condition("NamesAccepted")?;
    (condition.status == "False")
        .then(|| CrdProblem::names_taken(&condition.reason, &condition.message).into())
}

/// Waits until discovery lists every served version and the server answers under each path.
async fn served(client: &Client, definition: &CustomResourceDefinition) -> Result<()> {
    let spec = &definition.spec;
    let mut pauses = Pauses::default();
    while !is_listed(&client.discover().await?, spec) {
        pauses.next().await;
    }
    for version in spec.versions.iter().filter(|version| version.served) {
        let path = format!(
            "/apis/{}/{}/{}?limit=1",
            spec.group, version.name, spec.names.plural
        );
        while !is_answered(client, &path).await? {
            pauses.next().await;
        }
    }
    Ok(())
}

fn is_listed(discovery: &Discovery, spec: &CustomResourceDefinitionSpec) -> bool {
    let has = |version: &CustomResourceVersion| {
        discovery.resources().any(|found| {
            let resource = &found.resource;
            resource.group == spec.group
                && resource.plural == spec.names.plural
                && resource.version == version.name
        })
    };
    spec.versions
        .iter()
        .all(|version| !version.served || has(version))
}

async fn is_answered(client: &Client, path: &str) -> Result<bool> {
    match client.text(path).await {
        Err(error) if error.is_not_found() => Ok(false),
        // A user without the right to list gets an answer too.
        Err(error) if error.status().is_none() => Err(error),
        _ => Ok(true),
    }
}

/// Between two looks: ever longer.
struct Pauses(Duration);

impl Default for Pauses {
    fn default() -> Self {
        Self(PAUSE.0)
    }
}

impl Pauses {
    async fn next(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(PAUSE.1);
    }
}

/// The time that all stages of an installation have together.
struct Deadline<'a> {
    name: &'a str,
    limit: Duration,
    end: Instant,
}

impl<'a> Deadline<'a> {
    fn new(name: &'a str, limit: Duration) -> Self {
        Deadline {
            name,
            limit,
            end: Instant::now() + limit,
        }
    }

    async fn reach<T>(&self, stage: Stage, work: impl Future<Output = Result<T>>) -> Result<T> {
        let late = |_| {
            Err(CrdProblem::Late {
                name: self.name.to_owned(),
                stage,
                limit: self.limit,
            }
            .into())
        };
        timeout_at(self.end, work).await.unwrap_or_else(late)
    }
}
