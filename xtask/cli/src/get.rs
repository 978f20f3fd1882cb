//! `get`: any resource of any cluster, as `kubectl get` shows it.
//!
//! `words` reads what was typed, `sections` finds what it means on this cluster, `item`
//! fetches, `list` and `follow` decide what is fetched when, `show` and its neighbours turn
//! it into text. Only this module, `item`, `list` and `follow` do I/O.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Mutex;

use crate::style::WARNING;
use anstream::AutoStream;
use anstyle::Style;
use kubewright::{Client, Config, ListOptions, RestMapper, Source, Unstructured};

mod args;
mod cells;
mod documents;
mod encode;
mod failure;
mod follow;
mod item;
mod known;
mod lines;
mod list;
mod output;
mod path;
mod sections;
mod show;
mod table;
mod template;
mod words;

pub(crate) use args::Args;
use args::{Cluster, Which};
use documents::{Changes, Form, Syntax, Whole};
use failure::Failure;
use item::Item;
use lines::{Lines, Word};
use list::Listing;
use output::Output;
use sections::{Namespaces, Section};
use show::Show;
use table::{Layout, Tables};
use words::Ask;

/// Does what `get` was asked for; says how to exit.
pub(crate) fn run(args: Args) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(get(args)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn get(args: Args) -> Result<(), Failure> {
    let asks = words::read(&args.words)?;
    check(&args.which, &asks)?;
    let client = Client::new(&config(&args.cluster)?)?;
    let mapper = client.mapper().await?;
    mention_gaps(&mapper);
    let namespaces = namespaces(&args.which, &client);
    let sections = sections::find(&asks, &mapper, &namespaces)?;
    if args.follows() {
        sections::only_one(&sections)?;
    }
    let job = Job {
        args,
        client,
        prefixed: sections.len() > 1 || asks.iter().any(|ask| ask.is_category(&mapper)),
        sections,
        namespaces,
    };
    job.run().await
}

/// What flags and names cannot be together.
fn check(which: &Which, asks: &[Ask]) -> Result<(), Failure> {
    let named = asks.iter().any(|ask| !ask.names.is_empty());
    let selects = which.selector.is_some() || which.field_selector.is_some();
    if named && selects {
        return Err(Failure::usage("give a name or a selector, not both"));
    }
    Ok(())
}

fn config(cluster: &Cluster) -> Result<Config, Failure> {
    let config = match &cluster.server {
        Some(server) => Config::new(server)?,
        None => Config::load(
            &Source::new()
                .kubeconfig(cluster.kubeconfig.clone())
                .context(cluster.context.clone()),
        )
        .map_err(Failure::Unconfigured)?,
    };
    let told = Mutex::new(HashSet::new());
    Ok(config.on_warning(move |warning| {
        // Each page of a list warns again.
        let mut told = told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if told.insert(warning.clone()) {
            warn(warning.text());
        }
    }))
}

fn warn(text: &str) {
    anstream::eprintln!("{WARNING}Warning:{WARNING:#} {}", cells::visible(text));
}

fn mention_gaps(mapper: &RestMapper) {
    for gap in mapper.discovery().failures() {
        warn(&format!(
            "discovery of {} failed: {}",
            gap.group_version, gap.error
        ));
    }
}

fn namespaces(which: &Which, client: &Client) -> Namespaces {
    let named = which.namespace.as_deref().filter(|name| !name.is_empty());
    if which.all_namespaces {
        Namespaces::All
    } else {
        Namespaces::One(named.unwrap_or(client.default_namespace()).to_owned())
    }
}

/// All that is known once the cluster was asked what the words mean.
struct Job {
    args: Args,
    client: Client,
    sections: Vec<Section>,
    namespaces: Namespaces,
    /// Names are shown with their kind.
    prefixed: bool,
}

impl Job {
    async fn run(&self) -> Result<(), Failure> {
        match &self.args.how.output {
            Output::Table { wide } => self.show(Tables::new(self.layout(*wide))).await,
            Output::Json => self.document(Syntax::Json).await,
            Output::Yaml => self.document(Syntax::Yaml).await,
            Output::Template(template) => self.document(Syntax::Template(template.clone())).await,
            Output::Name => self.lines(Word::Name).await,
            Output::Path(path) => self.lines(Word::Path(path.clone())).await,
        }
    }

    async fn document(&self, syntax: Syntax) -> Result<(), Failure> {
        let form = Form {
            syntax,
            managed_fields: self.args.how.show_managed_fields,
            escape: io::stdout().is_terminal(),
        };
        if self.args.follows() {
            let events = self.args.how.output_watch_events;
            return self.show(Changes::new(form, events)).await;
        }
        let single = matches!(&*self.sections, [section] if section.names.len() == 1);
        self.show(Whole::new(form, single)).await
    }

    async fn lines(&self, word: Word) -> Result<(), Failure> {
        let escape = io::stdout().is_terminal();
        self.show(Lines { word, escape }).await
    }

    async fn show<I: Item>(&self, show: impl Show<I>) -> Result<(), Failure> {
        let listing = Listing {
            client: &self.client,
            options: self.options(),
            ignore_not_found: self.args.which.ignore_not_found,
        };
        if let (true, [section]) = (self.args.follows(), &*self.sections) {
            let quiet = self.args.which.watch_only;
            return follow::follow(&listing, section, quiet, show, &mut io::stdout()).await;
        }
        let shown = listing
            .read(&self.sections, show, &mut io::stdout())
            .await?;
        let table = matches!(self.args.how.output, Output::Table { .. });
        if table && shown.is_silence() && !self.args.which.ignore_not_found {
            anstream::eprintln!("{}", self.nothing());
        }
        shown.into_result()
    }

    fn options(&self) -> ListOptions {
        let mut options = ListOptions::new().limit(self.args.which.chunk_size);
        if let Some(selector) = &self.args.which.selector {
            options = options.labels(selector);
        }
        if let Some(selector) = &self.args.which.field_selector {
            options = options.fields(selector);
        }
        options
    }

    fn layout(&self, wide: bool) -> Layout {
        let how = &self.args.how;
        let colour = AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        Layout {
            wide,
            namespaces: self.namespaces == Namespaces::All,
            kinds: self.prefixed,
            events: how.output_watch_events,
            labels: how.label_columns.clone(),
            all_labels: how.show_labels,
            headers: !how.no_headers,
            heading: if colour {
                Style::new().bold()
            } else {
                Style::new()
            },
        }
    }

    /// The line that takes the place of an empty table.
    fn nothing(&self) -> String {
        let namespaced = self.sections.iter().all(Section::is_namespaced);
        match &self.namespaces {
            Namespaces::One(namespace) if namespaced => {
                format!("No resources found in {namespace} namespace.")
            }
            _ => "No resources found".to_owned(),
        }
    }
}

/// Which `Api` everything is fetched through.
type Api = kubewright::Api<Unstructured>;
