//! The list of all messages of the library, as a golden file.
//!
//! `tests/golden/messages.txt` shows what each error says, with the questions it answers with
//! yes and its causes; `UPDATE_GOLDEN=1` writes it again. Read the diff as a user would: does
//! it say what happened, where, and what to do? Each problem has samples beside its
//! definition, one for each variant, or it does not compile.

use std::error::Error as StdError;
use std::fmt::Write;
use std::path::Path;

use crate::cache::key::NotAKey;
use crate::cache::problem::{CacheProblem, Comparing, NotCached};
use crate::cache::version::NotComparable;
use crate::client::problem::ClientProblem;
use crate::client::watch::FrameError;
use crate::client::watch::problem::{OfWatch, WatchProblem};
use crate::controller::Failure;
use crate::controller::problem::{ControllerProblem, Running};
use crate::crd::problem::{ConversionProblem, CrdProblem, Installing, ManifestProblem};
use crate::model::error::{Activity, Error, Problem, Samples, ServerError};
use crate::model::list::problem::{ItemProblem, ListProblem, OfList};
use crate::model::meta::QuantityError;
use crate::model::meta::problem::ValueProblem;
use crate::model::names::NameError;
use crate::model::object::problem::{JsonProblem, OfObject};
use crate::model::selector::SelectorError;
use crate::model::unstructured::problem::UnstructuredProblem;
use crate::wire::config::policy::problem::PolicyProblem;
use crate::wire::config::problem::{ConfigProblem, Using};
use crate::wire::credential::problem::CredentialProblem;
use crate::wire::discovery::problem::{DiscoveryProblem, OfDiscovery};
use crate::wire::mapper::problem::MapperProblem;
use crate::wire::rest::Asked;
use crate::wire::rest::options::problem::OptionsProblem;
use crate::wire::rest::problem::{RestProblem, WithoutStatus};
use crate::wire::transport::auth::exec::problem::PluginProblem;
use crate::wire::transport::certificate::problem::{CertificateProblem, Malformed};
use crate::wire::transport::problem::{ExchangeProblem, TransportProblem};

/// A part of the list.
#[derive(Default)]
pub(crate) struct Messages {
    text: String,
    /// Links of chains that repeat their cause.
    repeated: Vec<String>,
}

impl Messages {
    /// A heading.
    pub(crate) fn area(&mut self, name: &str) -> &mut Self {
        let _ = write!(self.text, "\n\n# {name}\n");
        self
    }

    /// All that a type of problems says.
    pub(crate) fn problems<P: Problem + Samples>(&mut self) -> &mut Self {
        for problem in P::samples() {
            let name = variant_of(&problem);
            let error = Error::from(problem);
            self.message(&name, &questions(&error), &error);
        }
        self
    }

    /// All that another type of errors says.
    pub(crate) fn others<E: StdError + Samples + 'static>(&mut self) -> &mut Self {
        for error in E::samples() {
            self.message(&variant_of(&error), "of another type", &error);
        }
        self
    }

    /// The messages of a Status that is made here.
    pub(crate) fn statuses<S: Samples>(&mut self) -> &mut Self {
        for status in S::samples() {
            let name = variant_of(&status);
            let _ = write!(self.text, "\n{name}, in a Status\n    {status}\n");
        }
        self
    }

    /// The fronts of messages.
    pub(crate) fn activities<A: Activity + Samples>(&mut self) -> &mut Self {
        for activity in A::samples() {
            let name = variant_of(&activity);
            let _ = write!(self.text, "\n{name}, before a message\n    {activity}: …\n");
        }
        self
    }

    fn message(&mut self, name: &str, questions: &str, error: &(dyn StdError + 'static)) {
        let _ = write!(self.text, "\n{name}, {questions}\n    {error}\n");
        let mut link = error;
        while let Some(cause) = link.source() {
            let _ = writeln!(self.text, "    cause: {cause}");
            if link.to_string().contains(&cause.to_string()) {
                self.repeated.push(link.to_string());
            }
            link = cause;
        }
    }
}

/// The name of a variant in the source.
fn variant_of(value: &impl std::fmt::Debug) -> String {
    let shown = format!("{value:?}");
    let name = shown.split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.unwrap_or_default().to_owned()
}

fn questions(error: &Error) -> String {
    let answers = [
        ("is_request", error.is_request()),
        ("is_config", error.is_config()),
        ("is_decode", error.is_decode()),
        ("is_transport", error.is_transport()),
        ("is_connect", error.is_connect()),
        ("is_timeout", error.is_timeout()),
        ("is_stopped", error.is_stopped()),
        ("is_not_ready", error.is_not_ready()),
        ("is_no_match", error.is_no_match()),
        ("is_ambiguous", error.is_ambiguous()),
        ("is_partial_discovery", error.is_partial_discovery()),
        ("status", error.status().is_some()),
    ];
    let yes = answers.iter().filter(|(_, answer)| *answer);
    let yes: Vec<_> = yes.map(|(question, _)| *question).collect();
    yes.join(" ")
}

fn of_model(messages: &mut Messages) {
    messages.area("the server's own").problems::<ServerError>();
    messages.area("names").problems::<NameError>();
    messages.area("selectors").problems::<SelectorError>();
    messages
        .area("values of fields")
        .others::<QuantityError>()
        .others::<ValueProblem>();
    messages
        .area("objects")
        .problems::<JsonProblem>()
        .problems::<UnstructuredProblem>()
        .activities::<OfObject>();
    messages
        .area("lists")
        .problems::<ListProblem>()
        .problems::<ItemProblem>()
        .activities::<OfList>();
}

fn of_wire(messages: &mut Messages) {
    messages
        .area("configuration")
        .problems::<ConfigProblem>()
        .problems::<PolicyProblem>()
        .activities::<Using>();
    messages
        .area("credentials")
        .problems::<CredentialProblem>()
        .problems::<PluginProblem>();
    messages
        .area("transport")
        .problems::<ExchangeProblem>()
        .problems::<TransportProblem>()
        .others::<CertificateProblem>()
        .others::<Malformed>();
    messages
        .area("requests")
        .problems::<RestProblem>()
        .problems::<OptionsProblem>()
        .statuses::<WithoutStatus<'static>>()
        .activities::<Asked>();
    messages
        .area("discovery")
        .problems::<DiscoveryProblem>()
        .activities::<OfDiscovery>();
    messages.area("mapper").problems::<MapperProblem>();
}

fn of_clients_and_caches(messages: &mut Messages) {
    messages.area("client").problems::<ClientProblem>();
    messages
        .area("watch")
        .problems::<WatchProblem>()
        .problems::<FrameError>()
        .activities::<OfWatch>();
    messages
        .area("definitions")
        .problems::<CrdProblem>()
        .others::<ManifestProblem>()
        .statuses::<ConversionProblem>()
        .activities::<Installing>();
    messages
        .area("cache")
        .problems::<CacheProblem>()
        .problems::<NotAKey>()
        .problems::<NotComparable>()
        .statuses::<NotCached<'static>>()
        .activities::<Comparing>();
    messages
        .area("controller")
        .problems::<ControllerProblem>()
        .others::<Failure>()
        .activities::<Running>();
}

#[test]
fn the_list_of_messages_is_as_it_was_read() {
    let mut messages = Messages::default();
    of_model(&mut messages);
    of_wire(&mut messages);
    of_clients_and_caches(&mut messages);
    let text = messages.text.trim_start().to_owned();
    assert_eq!(messages.repeated, Vec::<String>::new(), "say their causes");

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/messages.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "messages changed; UPDATE_GOLDEN=1 accepts them, to be read in the diff"
    );
}
