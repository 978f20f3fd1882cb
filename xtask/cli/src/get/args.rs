//! The arguments of `get`.

use std::path::PathBuf;

use kubewright::{FieldSelector, Selector};

use super::output::Output;
use crate::program;

/// Read any resource of any cluster.
///
/// Tables are the server's own, as in kubectl. A resource is named by its plural, singular,
/// kind or short name, with or without group and version, or by a category such as `all`;
/// custom resources need nothing special.
#[derive(clap::Args)]
#[command(after_help = format!("{}\n\n{EXIT_STATUS}", program::examples(EXAMPLES)))]
pub(crate) struct Args {
    /// What to read: resources, then names; or resource/name.
    #[arg(required = true, value_name = "RESOURCE[/NAME]")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) which: Which,
    #[command(flatten)]
    pub(super) how: How,
    #[command(flatten)]
    pub(super) cluster: Cluster,
}

const EXAMPLES: &[(&str, &str)] = &[
    ("{program} get pods", "pods of the context's namespace"),
    (
        "{program} get po,svc -A -o wide",
        "pods and services of all namespaces, all columns",
    ),
    (
        "{program} get deploy web api -n prod",
        "two deployments by name",
    ),
    (
        "{program} get deploy/web svc/web -o yaml",
        "two objects as manifests",
    ),
    (
        "{program} get deployments.v1.apps",
        "in this group and version (or apps/v1/deployments)",
    ),
    (
        "{program} get all -l app=web",
        "everything of a category that has a label",
    ),
    (
        "{program} get po --watch",
        "the pods, then their changes until Ctrl-C",
    ),
    (
        "{program} get po -o path=.spec.nodeName",
        "one field of each, a line an object",
    ),
    (
        "{program} get svc web -o 'jsonpath={.spec.ports[0].port}'",
        "",
    ),
];

const EXIT_STATUS: &str = "\
Exit status: 0 when all was read, 1 when something was not, 2 for a command line that means
nothing.";

#[derive(clap::Args)]
#[command(next_help_heading = "Which objects")]
pub(super) struct Which {
    /// The namespace, instead of the context's; cluster-scoped kinds have none.
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(super) namespace: Option<String>,
    /// All namespaces.
    #[arg(short = 'A', long)]
    pub(super) all_namespaces: bool,
    /// Labels that they must have, such as app=web,tier in (front,edge),!canary.
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub(super) selector: Option<Selector>,
    /// Fields that they must have, such as status.phase=Running.
    #[arg(long, value_name = "SELECTOR")]
    pub(super) field_selector: Option<FieldSelector>,
    /// A name that does not exist is not a failure.
    #[arg(long)]
    pub(super) ignore_not_found: bool,
    /// Objects a request; 0 asks for all at once.
    #[arg(long, value_name = "NUMBER", default_value_t = 500)]
    pub(super) chunk_size: u32,
    /// Go on with the changes, until Ctrl-C; of one resource only.
    #[arg(short, long)]
    pub(super) watch: bool,
    /// Show the changes alone.
    #[arg(long)]
    pub(super) watch_only: bool,
}

#[derive(clap::Args)]
#[command(next_help_heading = "How they are shown")]
pub(super) struct How {
    /// table, wide, json, yaml, name, path=PATH, jsonpath=TEMPLATE.
    #[arg(
        short,
        long,
        value_name = "FORM",
        default_value = "table",
        hide_default_value = true
    )]
    pub(super) output: Output,
    /// Leave the headings out.
    #[arg(long)]
    pub(super) no_headers: bool,
    /// All labels as the last column.
    #[arg(long)]
    pub(super) show_labels: bool,
    /// A column for the value of each of these labels.
    #[arg(short = 'L', long, value_name = "LABELS", value_delimiter = ',')]
    pub(super) label_columns: Vec<String>,
    /// What happened to each object, when watching.
    #[arg(long)]
    pub(super) output_watch_events: bool,
    /// Keep metadata.managedFields in json and yaml.
    #[arg(long)]
    pub(super) show_managed_fields: bool,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Which cluster")]
pub(super) struct Cluster {
    /// This kubeconfig, instead of KUBECONFIG or ~/.kube/config.
    #[arg(long, value_name = "FILE")]
    pub(super) kubeconfig: Option<PathBuf>,
    /// This context, instead of the current one.
    #[arg(long, value_name = "NAME")]
    pub(super) context: Option<String>,
    /// This server without credentials, such as http://127.0.0.1:8001 of kubectl proxy.
    #[arg(short, long, value_name = "URL", conflicts_with_all = ["kubeconfig", "context"])]
    pub(super) server: Option<String>,
}

impl Args {
    /// Whether what is there is only the beginning.
    pub(super) fn follows(&self) -> bool {
        self.which.watch || self.which.watch_only
    }
}
