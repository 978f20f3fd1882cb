//! `cargo xtask demo`: kubewright at work, from end to end.
//!
//! An API server starts, is read without types, is asked for its OpenAPI, and is read again
//! by a program whose types were generated from it a moment before, while a watch looks on.
//! Nothing here is faked: each step is what a user would write.

pub(crate) mod cluster;
mod stage;
mod workshop;

use std::process::ExitCode;
use std::time::Duration;

use futures::TryStreamExt;
use kubewright::{Client, ListOptions, Unstructured, Watch, WatchEvent};
use kubewright_cli::parts::{Failure, binaries, block_on, failed};
use kubewright_envtest::{ControlPlane, Embedded};

use self::stage::Stage;

/// See kubewright work, end to end, on the embedded server.
///
/// Needs Rust and nothing else. Ends by itself. The first run compiles the libraries that
/// the generated program uses, which takes about a minute.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask demo
  cargo xtask demo --control-plane     the same on the real etcd and kube-apiserver")]
pub(crate) struct Args {
    /// Use the real etcd and kube-apiserver, which are built with Go where they are missing.
    #[arg(long)]
    control_plane: bool,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let real = args.control_plane;
    match block_on(async move {
        if real {
            on_the_real_one().await
        } else {
            on_the_embedded_one().await
        }
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

async fn on_the_embedded_one() -> Result<(), Failure> {
    let stage = Stage::open();
    let server = Embedded::start().await?;
    stage.say(&format!(
        "An API server runs inside this process, at {}.",
        server.url()
    ));
    play(
        stage,
        server.client_config().connect().await?,
        &server.url(),
    )
    .await
}

async fn on_the_real_one() -> Result<(), Failure> {
    let server = ControlPlane::builder()
        .binaries(binaries()?)
        .start()
        .await?;
    let stage = Stage::open();
    stage.say(&format!(
        "Kubernetes {} runs at {}.",
        server.version(),
        server.url()
    ));
    let kubeconfig = server.kubeconfig_file().to_string_lossy().into_owned();
    play(stage, server.client_config().connect().await?, &kubeconfig).await
}

/// The play, on any server; `address` is what the program is given to find it.
async fn play(mut stage: Stage, client: Client, address: &str) -> Result<(), Failure> {
    cluster::furnish(&client).await?;
    stage.done("a namespace, a Deployment, a CustomResourceDefinition and a Widget are created");

    stage.act("Any resource, no types");
    read_without_types(&stage, &client).await?;

    stage.act("Types from this server's OpenAPI");
    let program = workshop::build(&mut stage, &client).await?;

    stage.act("The same objects through those types, while a watch looks on");
    let mut watch = watch_deployments(&client).await?;
    stage.show_program(workshop::PROGRAM);
    let said = workshop::run(&program, address).await?;
    stage.show_output(&said);
    let seen = next_change(&mut watch).await?;
    let replicas: i64 = seen.path("/spec/replicas")?.unwrap_or_default();
    stage.done(&format!(
        "the watch saw {seen} change: it now wants {replicas} replicas"
    ));
    stage.close();
    Ok(())
}

async fn read_without_types(stage: &Stage, client: &Client) -> Result<(), Failure> {
    let resource = "deployments.v1.apps";
    stage.code(&format!(
        r#"client.resource(&"{resource}".parse()?).namespace("prod").get("web")"#
    ));
    let web = client
        .resource(&resource.parse()?)
        .namespace("prod")
        .get("web")
        .await?;
    let image: Option<String> = web.path("/spec/template/spec/containers/0/image")?;
    stage.value(&format!(
        "{web} wants {} replicas of {}",
        web["spec"]["replicas"],
        image.unwrap_or_default()
    ));

    stage.code(r#"client.lookup("wd").await?.namespace("prod").get("big")"#);
    let big = client
        .lookup("wd")
        .await?
        .namespace("prod")
        .get("big")
        .await?;
    stage.value(&format!(
        "{big} has size {} and, by default, the color {}",
        big["spec"]["size"], big["spec"]["color"]
    ));
    Ok(())
}

async fn watch_deployments(client: &Client) -> Result<Watch<Unstructured>, Failure> {
    let deployments = client
        .resource(&"apps/v1/deployments".parse()?)
        .namespace("prod");
    let list = deployments.list(&ListOptions::new()).await?;
    let from_now = ListOptions::new().resource_version(list.resource_version().unwrap_or_default());
    Ok(deployments.watch(&from_now).await?)
}

async fn next_change(watch: &mut Watch<Unstructured>) -> Result<Unstructured, Failure> {
    const PATIENCE: Duration = Duration::from_secs(10);
    let modified = async {
        while let Some(event) = watch.try_next().await? {
            if let WatchEvent::Modified(object) = event {
                return Ok(object);
            }
        }
        Err(Failure::from("the watch ended before the change came"))
    };
    tokio::time::timeout(PATIENCE, modified)
        .await
        .map_err(|_| "the watch saw no change in ten seconds")?
}
