//! The real kube-apiserver: definitions installed, objects created through their types.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kubewright::{Api, Client, Error, Unstructured};
use kubewright_cli::parts::{Failure, binaries};
use kubewright_envtest::ControlPlane;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};

use super::project::Project;

/// A control plane that runs as long as this command.
pub(super) struct Server {
    runtime: Runtime,
    control_plane: ControlPlane,
}

/// Of a project's kinds, those that a server stored an object of.
pub(super) struct Stored {
    equal: usize,
    /// The others, with the server's reason: rules that no sample keeps by chance.
    pub(super) refused: Vec<String>,
}

/// No definition takes this long to be served.
const DEADLINE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);

impl Server {
    pub(super) fn start() -> Result<Self, Failure> {
        let binaries = binaries()?;
        let runtime = Runtime::new()?;
        let control_plane = runtime.block_on(ControlPlane::builder().binaries(binaries).start())?;
        Ok(Self {
            runtime,
            control_plane,
        })
    }

    /// Installs a project's definitions, lets its program create objects, and removes them.
    pub(super) fn prove(&self, project: &Project, program: &Path) -> Result<Stored, Failure> {
        let client = Client::new(&self.control_plane.client_config())?;
        let definitions =
            client.resource(&"apiextensions.k8s.io/v1/customresourcedefinitions".parse()?);
        for definition in project.definitions() {
            self.runtime.block_on(install(&definitions, definition))?;
        }
        let output = Command::new(program)
            .arg(self.control_plane.kubeconfig_file())
            .stdin(Stdio::null())
            .output()?;
        for definition in project.definitions() {
            let name = definition["metadata"]["name"].as_str().unwrap_or_default();
            self.runtime
                .block_on(async { definitions.delete(name).await })?;
        }
        match output.status.success() {
            true => Ok(Stored::read(&String::from_utf8_lossy(&output.stdout))),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    }
}

/// Creates a definition and waits until it is served.
async fn install(definitions: &Api<Unstructured>, definition: &Value) -> Result<(), Failure> {
    let mut body = definition.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("status");
    }
    let created = definitions.create(&Unstructured::try_from(body)?).await?;
    let wait = async {
        while !is_served(definitions, created.name()).await? {
            sleep(POLL).await;
        }
        Ok::<_, Error>(())
    };
    let waited = timeout(DEADLINE, wait).await;
    Ok(waited.map_err(|_| format!("{} is not served", created.name()))??)
}

/// Its condition says so, and its paths answer, which comes a moment later.
async fn is_served(definitions: &Api<Unstructured>, name: &str) -> Result<bool, Error> {
    let definition = definitions.get(name).await?;
    let conditions = definition["status"]["conditions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if !conditions
        .iter()
        .any(|condition| condition["type"] == "Established" && condition["status"] == "True")
    {
        return Ok(false);
    }
    let spec = &definition["spec"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (group, plural) = (text(&spec["group"]), text(&spec["names"]["plural"]));
    for version in spec["versions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|version| version["served"] == true)
    {
        let path = format!("/apis/{group}/{}/{plural}?limit=1", text(&version["name"]));
        match definitions.client().text(&path).await {
            Err(error) if error.is_not_found() => return Ok(false),
            answer => drop(answer?),
        }
    }
    Ok(true)
}

impl Stored {
    /// The program's lines: kind, verdict, reason.
    fn read(text: &str) -> Self {
        let mut stored = Self {
            equal: 0,
            refused: Vec::new(),
        };
        for line in text.lines() {
            match line.split('\t').collect::<Vec<_>>()[..] {
                [_, "equal", _] => stored.equal += 1,
                [kind, _, why] => stored.refused.push(format!("{kind}: {why}")),
                _ => stored.refused.push(line.to_owned()),
            }
        }
        stored
    }
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.equal, self.equal + self.refused.len())
    }
}
