//! `cargo xtask gen`: the generator's rim. It reads documents from files or from a server,
//! calls the pure generator, and writes its files or tells whether they are stale.
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
use tokio::runtime::Runtime;

use crate::style::BAD;

mod input;
mod package;
mod report;
mod server;
mod writer;

use package::PackageArgs;
use server::ServerArgs;
pub(crate) use server::fetch;
use writer::{Mode, Outcome};

/// Generate Rust types and clients from OpenAPI and CustomResourceDefinitions.
///
/// Without --openapi, --crd or --server, the committed specification of stock Kubernetes is read and
/// `generated/` is written: the form that CI checks with --check.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A document, a folder of documents, or a JSON object of documents; may be gzipped.
    ///
    /// Swagger 2.0 and OpenAPI v3 are told apart by content. May be repeated; what several
    /// documents share is merged. JSON in a folder that describes no API is passed over.
    #[arg(long, value_name = "FILE|FOLDER")]
    openapi: Vec<PathBuf>,
    /// A file of CustomResourceDefinitions, or a folder of such files; YAML or JSON.
    ///
    /// Other manifests in them are passed over. May be repeated, and goes with --openapi and
    /// --server: of a kind that both describe, the definition is believed.
    #[arg(long, value_name = "FILE|FOLDER", requires = "out")]
    crd: Vec<PathBuf>,
    /// Give every kind of --crd types of its own.
    ///
    /// Without it, a shape that is a core type, such as a container, is the type of
    /// `kubewright-generated`, unless --openapi or --server give core types along.
    #[arg(long, requires = "crd")]
    no_stock: bool,
    #[command(flatten)]
    server: ServerArgs,
    /// The folder to write, a crate of its own; the `generated/` of this checkout unless told,
    /// which --crd alone may not replace.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write nothing; exit with 1 when what is there is not what would be written.
    #[arg(long)]
    check: bool,
    /// What becomes of upstream's descriptions: rustdoc, or nothing but facts.
    ///
    /// A run of yours has them; the committed `generated/` is made without.
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

const EXAMPLES: &str = "Examples:
  cargo xtask gen                                   generated/ anew from the committed spec
  cargo xtask gen --check                           is generated/ fresh?
  cargo xtask gen --openapi swagger.json --out api  a crate for the API of a document
  cargo xtask gen --openapi v3/ --include apps/v1 --docs full --out apps-api
  cargo xtask gen --crd crds/ --out my-types        a crate for the kinds of manifests
  cargo xtask gen --crd crds/ --include example.com/v1/Widget --crate-name widgets --out ../widgets
                                                    one kind and what it needs, for another workspace
  cargo xtask gen --server --out my-api             what your cluster serves, CRDs included";

#[derive(Clone, Copy, clap::ValueEnum)]
enum DocsArg {
    Full,
    None,
}

impl DocsArg {
    /// The committed specification has no descriptions, and what is made of it must not
    /// depend on a default.
    fn default_for(args: &Args) -> Self {
        if args.reads_committed() {
            DocsArg::None
        } else {
            DocsArg::Full
        }
    }
}

impl Args {
    /// Whether no input is named, so that the committed specification is meant.
    fn reads_committed(&self) -> bool {
        self.openapi.is_empty() && self.crd.is_empty() && !self.server.is_asked_for()
    }
}

pub(crate) fn run(args: Args) -> ExitCode {
    match try_run(args) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{BAD}error{BAD:#}: {message}");
            ExitCode::FAILURE
        }
    }
}

/// One run's failure as a message for a person.
type Failure = String;

fn try_run(args: Args) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let root = workspace_root();
    let out = args.out.clone().unwrap_or_else(|| root.join("generated"));
    let mode = if args.check { Mode::Check } else { Mode::Write };
    args.package.check()?;
    let bar = progress();
    bar.set_message("reading");
    let specs = read(&args, &root)?;
    bar.set_message(format!("generating from {} documents", specs.len()));
    let options = options(args, &root, &out)?;
    let output = generate(&specs, &options).map_err(|error| error.to_string())?;
    bar.set_message("comparing");
    let outcome = writer::run(&out, &output.files, mode)?;
    bar.finish_and_clear();
    let code = close(mode, &output, &outcome, &out, start.elapsed());
    if let (Mode::Write, Manifest::Standalone { name, runtime, .. }) = (mode, &options.manifest) {
        report::next_step(name, runtime, &outcome, &out);
    }
    Ok(code)
}

/// Every document that the arguments name, wherever it is.
fn read(args: &Args, root: &Path) -> Result<Vec<Spec>, Failure> {
    let mut specs = match args.server.config() {
        Some(config) => live(&config.map_err(|error| error.to_string())?, &args.exclude)?,
        None if args.reads_committed() => vec![input::committed(root)?],
        None => input::documents(&args.openapi)?,
    };
    specs.extend(input::manifests(&args.crd)?);
    Ok(specs)
}

/// The documents of a live server.
fn live(config: &Config, excluded: &[Filter]) -> Result<Vec<Spec>, Failure> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let client = config.connect().await.map_err(|error| error.to_string())?;
        server::fetch_except(&client, excluded).await
    })
}

/// Writes generated files into a folder, all or none; see [`writer`].
pub(crate) fn write(out: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
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

fn options(args: Args, root: &Path, out: &Path) -> Result<Options, Failure> {
    let mut options = Options::default();
    let is_custom = args.openapi.is_empty() && !args.server.is_asked_for() && !args.crd.is_empty();
    options.stock = stock(&args, root)?;
    options.docs = match args.docs.unwrap_or(DocsArg::default_for(&args)) {
        DocsArg::Full => Docs::Full,
        DocsArg::None => Docs::None,
    };
    options.manifest = args.package.manifest(root, out, is_custom);
    options.include = args.include;
    options.exclude = args.exclude;
    options.keep_unknown = args.keep_unknown;
    options.names = input::names(out)?;
    Ok(options)
}

/// The core types of this checkout, for definitions that come without any.
fn stock(args: &Args, root: &Path) -> Result<Option<StockCrate>, Failure> {
    if args.crd.is_empty() || args.no_stock {
        return Ok(None);
    }
    Ok(Some(stock_of(root)?.taken_from(args.package.stock(root))))
}

/// The types of `generated/` in a checkout.
pub(crate) fn stock_of(root: &Path) -> Result<StockCrate, Failure> {
    let stock = StockCrate::new(package::STOCK, vec![input::committed(root)?]);
    Ok(stock.named(input::names(&root.join("generated"))?))
}

/// The checkout that this program was built in.
fn workspace_root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner:.cyan} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
