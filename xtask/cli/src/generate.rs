//! `gen`: the generator's rim. It reads documents from files or from a server,
//! calls the pure generator, and writes its files or checks whether they are stale.
//!
//! What is generated is decided in `kubewright-codegen`; here is only where things come from
//! and where they go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::eprintln;
use indicatif::{ProgressBar, ProgressStyle};
use kubewright::Config;
use kubewright_codegen::{Docs, Filter, Manifest, Options, Output, Spec, StockCrate, generate};

use crate::checkout::Checkout;
use crate::failure::misused;
use crate::program;
use crate::style::BAD;

mod input;
mod package;
mod report;
mod server;
mod writer;

use package::{PackageArgs, Runtime};
use server::ServerArgs;
pub use server::fetch;
use writer::{Mode, Outcome};

/// Generate Rust types and clients from OpenAPI and CustomResourceDefinitions.
///
/// Without --openapi, --crd or --server, the types are those of stock Kubernetes, of the release
/// that this program was made for.
#[derive(clap::Args)]
#[command(after_help = program::examples(EXAMPLES))]
pub(crate) struct Args {
    /// A document, a folder of documents, or a JSON object of documents; may be gzipped.
    ///
    /// Swagger 2.0 and OpenAPI v3 are recognised by content. May be repeated; what several
    /// documents share is merged. JSON in a folder that describes no API is passed over.
    #[arg(long, value_name = "FILE|FOLDER")]
    openapi: Vec<PathBuf>,
    /// A file of CustomResourceDefinitions, or a folder of such files; YAML or JSON.
    ///
    /// Other manifests in them are passed over. May be repeated, and goes with --openapi and
    /// --server: of a kind that both describe, the definition is believed.
    #[arg(long, value_name = "FILE|FOLDER")]
    crd: Vec<PathBuf>,
    /// Give every kind of --crd types of its own.
    ///
    /// Without it, a shape that is a core type, such as a container, is the type of
    /// `kubewright-generated`, unless --openapi or --server give core types along.
    #[arg(long, requires = "crd")]
    no_stock: bool,
    #[command(flatten)]
    server: ServerArgs,
    /// The folder to write, a crate of its own. Only in a checkout of kubewright, where
    /// `cargo xtask gen` writes `generated/`, may it be left out.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write nothing; exit with 1 when what is there is not what would be written.
    #[arg(long)]
    check: bool,
    /// Whether to write upstream's descriptions as rustdoc, or facts only.
    ///
    /// The default is rustdoc. Without a server, stock Kubernetes has no descriptions.
    #[arg(long, value_enum)]
    docs: Option<DocsArg>,
    /// Only these, such as apps, apps/v1 or apps/v1/Deployment (core is v1); may be repeated.
    ///
    /// Types that their types refer to come along; clients of those do not.
    #[arg(long, value_name = "GROUP[/VERSION[/KIND]]")]
    include: Vec<Filter>,
    /// Not these, after --include.
    #[arg(long, value_name = "GROUP[/VERSION[/KIND]]")]
    exclude: Vec<Filter>,
    /// Let every struct keep the members that it does not know, in a map called `unknown`.
    ///
    /// An object of a newer server can then be read, changed and replaced without a loss.
    #[arg(long)]
    keep_unknown: bool,
    #[command(flatten)]
    package: PackageArgs,
}

const EXAMPLES: &[(&str, &str)] = &[
    (
        "{program} gen --server --out my-api",
        "the API of your cluster, CRDs included",
    ),
    (
        "{program} gen --server --out my-api --check",
        "in CI; exits 1 where a file is stale",
    ),
    (
        "{program} gen --openapi swagger.json --out api",
        "a crate for the API of a document",
    ),
    (
        "{program} gen --openapi v3/ --include apps/v1 --docs full --out apps-api",
        "one group-version of a folder of documents",
    ),
    (
        "{program} gen --crd crds/ --out my-types",
        "a crate for the kinds of manifests",
    ),
    (
        "{program} gen --crd crds/ --include example.com/v1/Widget --crate-name widgets --out ../widgets",
        "one kind and what it needs, for another workspace",
    ),
];

#[derive(Clone, Copy, clap::ValueEnum)]
enum DocsArg {
    Full,
    None,
}

impl DocsArg {
    /// The facts of stock Kubernetes have no descriptions, and what is made of them must not
    /// depend on a default.
    fn default_for(args: &Args) -> Self {
        if args.reads_stock() {
            DocsArg::None
        } else {
            DocsArg::Full
        }
    }
}

impl Args {
    /// Whether no input is named, so that stock Kubernetes is meant.
    fn reads_stock(&self) -> bool {
        self.openapi.is_empty() && self.crd.is_empty() && !self.server.is_asked_for()
    }

    /// The folder to write; that of the types of stock Kubernetes has a default in a checkout.
    fn folder(&self, own: Option<&Checkout>) -> Option<PathBuf> {
        let default = || own.filter(|_| self.reads_stock()).map(Checkout::generated);
        self.out.clone().or_else(default)
    }
}

/// Runs the command; `own` is the checkout whose xtask this is.
pub(crate) fn run(args: Args, own: Option<&Checkout>) -> ExitCode {
    let Some(out) = args.folder(own) else {
        return misused("name the folder to write with --out");
    };
    match try_run(args, &out, own) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{BAD}error{BAD:#}: {message}");
            ExitCode::FAILURE
        }
    }
}

/// One run's failure as a message for a person.
type Failure = String;

fn try_run(args: Args, out: &Path, own: Option<&Checkout>) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let mode = if args.check { Mode::Check } else { Mode::Write };
    let runtime = args.package.runtime()?;
    let bar = progress();
    bar.set_message("reading");
    let specs = read(&args)?;
    bar.set_message(format!("generating from {} documents", specs.len()));
    let options = options(args, out, &runtime, own)?;
    let output = generate(&specs, &options).map_err(|error| error.to_string())?;
    bar.set_message("comparing");
    let outcome = writer::run(out, &output.files, mode)?;
    bar.finish_and_clear();
    let code = close(mode, &output, &outcome, out, start.elapsed());
    if let (Mode::Write, Manifest::Standalone { name, .. }) = (mode, &options.manifest) {
        report::next_step(name, &runtime, &outcome, out);
    }
    Ok(code)
}

/// Every document that the arguments name, wherever it is.
fn read(args: &Args) -> Result<Vec<Spec>, Failure> {
    let mut specs = match args.server.config() {
        Some(config) => live(&config.map_err(|error| error.to_string())?, &args.exclude)?,
        None if args.reads_stock() => vec![input::stock()?],
        None => input::documents(&args.openapi)?,
    };
    specs.extend(input::manifests(&args.crd)?);
    Ok(specs)
}

/// The documents of a live server.
fn live(config: &Config, excluded: &[Filter]) -> Result<Vec<Spec>, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let client = config.connect().await.map_err(|error| error.to_string())?;
        server::fetch_except(&client, excluded).await
    })
}

/// Writes generated files into a folder, all or none.
///
/// # Errors
/// When a file cannot be written, or is one that the generator did not write.
pub fn write(out: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    writer::run(out, files, Mode::Write).map(drop)
}

fn close(mode: Mode, output: &Output, outcome: &Outcome, out: &Path, took: Duration) -> ExitCode {
    let check = mode == Mode::Check;
    report::changes(outcome, check);
    report::table(&output.summary, outcome, out, took);
    match check && !outcome.is_fresh() {
        true => {
            report::stale(out);
            ExitCode::FAILURE
        }
        false => ExitCode::SUCCESS,
    }
}

fn options(
    args: Args,
    out: &Path,
    runtime: &Runtime,
    own: Option<&Checkout>,
) -> Result<Options, Failure> {
    let mut options = Options::default();
    let is_custom = args.openapi.is_empty() && !args.server.is_asked_for() && !args.crd.is_empty();
    if !args.crd.is_empty() && !args.no_stock {
        options.stock = Some(stock()?.taken_from(runtime.stock(out)));
    }
    options.docs = match args.docs.unwrap_or(DocsArg::default_for(&args)) {
        DocsArg::Full => Docs::Full,
        DocsArg::None => Docs::None,
    };
    options.manifest = args.package.manifest(runtime, out, is_custom, own);
    options.include = args.include;
    options.exclude = args.exclude;
    options.keep_unknown = args.keep_unknown;
    options.names = input::names(out)?;
    Ok(options)
}

/// The types of `kubewright-generated`, for definitions that come without core types.
///
/// # Errors
/// When the facts in this program cannot be read.
pub fn stock() -> Result<StockCrate, Failure> {
    let stock = StockCrate::new(package::STOCK, vec![input::stock()?]);
    Ok(stock.named(input::stock_names()?))
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner:.cyan} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
