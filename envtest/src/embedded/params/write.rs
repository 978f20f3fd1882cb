//! Options of create, update and patch.

use serde_json::Value;

use super::super::status::{Cause, Failure, Named};
use super::query::Query;

/// How a write is made and in whose name.
#[derive(Debug, Clone)]
pub(crate) struct WriteParams {
    pub(crate) dry_run: bool,
    pub(crate) force: Option<bool>,
    pub(crate) manager: String,
    /// Whether the client named the manager itself.
    pub(crate) names_manager: bool,
    /// Whether the object says already who manages its fields.
    pub(crate) recorded: bool,
    pub(crate) validation: FieldValidation,
}

/// What happens to fields that the kind does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FieldValidation {
    Ignore,
    #[default]
    Warn,
    Strict,
}

impl WriteParams {
    /// Reads the options; `options` is their kind (`CreateOptions`), `agent` the User-Agent, whose
    /// product is the manager when none is named.
    pub(crate) fn parse(query: &Query, options: &str, agent: &str) -> Result<Self, Failure> {
        let mut causes = Vec::new();
        let dry_run = dry_run(query.all("dryRun"), &mut causes);
        let validation = validation(query, &mut causes);
        let manager = query.text("fieldManager").unwrap_or_default();
        if manager.chars().count() > 128 {
            causes.push(Cause::invalid(
                "fieldManager",
                &manager.into(),
                "may not be more than 128 bytes",
            ));
        }
        refuse(options, &causes)?;
        let product = agent
            .split('/')
            .next()
            .filter(|product| !product.is_empty());
        Ok(Self {
            dry_run,
            force: query.flag("force"),
            names_manager: !manager.is_empty(),
            manager: if manager.is_empty() {
                product.unwrap_or("unknown")
            } else {
                manager
            }
            .to_owned(),
            recorded: false,
            validation,
        })
    }
}

/// Whether a dry run is asked for; `All` is the only way to ask.
pub(super) fn dry_run<'a>(values: impl Iterator<Item = &'a str>, causes: &mut Vec<Cause>) -> bool {
    let values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    if values.iter().any(|value| *value != "All") {
        causes.push(Cause::unsupported(
            "dryRun",
            &Value::from(values.clone()),
            &["\"All\"".to_owned()],
        ));
    }
    !values.is_empty()
}

pub(super) fn refuse(options: &str, causes: &[Cause]) -> Result<(), Failure> {
    let kind = Named {
        group: "meta.k8s.io",
        what: options,
    };
    if causes.is_empty() {
        Ok(())
    } else {
        Err(Failure::invalid(kind, "", causes))
    }
}

fn validation(query: &Query, causes: &mut Vec<Cause>) -> FieldValidation {
    match query.text("fieldValidation") {
        None | Some("Warn") => FieldValidation::Warn,
        Some("Ignore") => FieldValidation::Ignore,
        Some("Strict") => FieldValidation::Strict,
        Some(other) => {
            let supported = ["\"\"", "\"Ignore\"", "\"Strict\"", "\"Warn\""].map(str::to_owned);
            causes.push(Cause::unsupported(
                "fieldValidation",
                &other.into(),
                &supported,
            ));
            FieldValidation::Warn
        }
    }
}
