//! Lists the existing objects: each section by pages or by names, one after the other.

use std::io::Write;

use kubewright::{Client, Error, ListOptions};

use super::failure::Failure;
use super::item::{Item, Page};
use super::sections::Section;
use super::show::Show;

/// How to read.
pub(super) struct Listing<'a> {
    pub(super) client: &'a Client,
    pub(super) options: ListOptions,
    pub(super) ignore_not_found: bool,
}

/// How reading went.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    items: usize,
    errors: Vec<Error>,
}

impl Outcome {
    /// Nothing was found, and nothing went wrong.
    pub(super) fn is_silence(&self) -> bool {
        self.items == 0 && self.errors.is_empty()
    }

    pub(super) fn into_result(self) -> Result<(), Failure> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Failure::Client(self.errors))
        }
    }
}

impl Listing<'_> {
    /// Shows all sections. What the server refuses is noted, and the rest is shown; when it
    /// cannot be reached or understood, that is the end.
    pub(super) async fn read<I: Item>(
        &self,
        sections: &[Section],
        mut show: impl Show<I>,
        out: &mut impl Write,
    ) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        for section in sections {
            let done = if section.names.is_empty() {
                self.all(section, &mut show, out, &mut outcome).await
            } else {
                self.named(section, &mut show, out, &mut outcome).await
            };
            match done {
                Err(Failure::Client(errors)) => outcome.errors.extend(errors),
                other => other?,
            }
            if outcome.errors.iter().any(|error| error.status().is_none()) {
                return Ok(outcome);
            }
        }
        show.finish(out, outcome.errors.is_empty())?;
        out.flush()?;
        Ok(outcome)
    }

    /// Pages are shown as they come, so that the first rows of a big list do not wait.
    async fn all<I: Item>(
        &self,
        section: &Section,
        show: &mut impl Show<I>,
        out: &mut impl Write,
        outcome: &mut Outcome,
    ) -> Result<(), Failure> {
        let api = section.api(self.client);
        let mut options = self.options.clone();
        loop {
            let page = I::page(&api, &options).await?;
            let next = page.next.clone();
            outcome.items += page.items.len();
            show.page(out, section, None, page)?;
            out.flush()?;
            match next {
                Some(token) => options = options.continue_from(token),
                None => return Ok(()),
            }
        }
    }

    /// Named objects are shown together, so that their columns are as wide as all of them.
    async fn named<I: Item>(
        &self,
        section: &Section,
        show: &mut impl Show<I>,
        out: &mut impl Write,
        outcome: &mut Outcome,
    ) -> Result<(), Failure> {
        let api = section.api(self.client);
        let mut found: Option<Page<I>> = None;
        for name in &section.names {
            match I::one(&api, name).await {
                Ok(page) => match &mut found {
                    Some(found) => found.items.extend(page.items),
                    None => found = Some(page),
                },
                Err(error) if error.is_not_found() && self.ignore_not_found => {}
                Err(error) if error.status().is_some() => outcome.errors.push(error),
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(page) = found {
            outcome.items += page.items.len();
            show.page(out, section, None, page)?;
        }
        out.flush()?;
        Ok(())
    }
}
