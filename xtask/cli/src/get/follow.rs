//! `--watch`: the existing objects, then each change, until it is interrupted.
//!
//! The end of a stream is routine, and the next one goes on from the last version that was
//! seen. When the server has forgotten that version, the collection is read again and what
//! was missed is shown. Ctrl-C needs no handler: each change is written at once, and a
//! process that the signal ends is what shells expect (130).

use std::io::Write;
use std::time::{Duration, Instant};

use futures::StreamExt;
use kubewright::{Error, ListOptions, TableColumn};

use super::Api;
use super::failure::Failure;
use super::item::{Change, Event, Item, Page};
use super::known::Known;
use super::list::Listing;
use super::sections::Section;
use super::show::Show;
use crate::style::DIM;

/// Follows one section; ends with an error alone. `quiet` leaves out what is there already.
pub(super) async fn follow<I: Item>(
    listing: &Listing<'_>,
    section: &Section,
    quiet: bool,
    show: impl Show<I>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut follower = Follower {
        api: section.api(listing.client),
        options: options_of(listing, section),
        section,
        known: Known::new(),
        since: None,
        progress: false,
        show,
        out,
    };
    follower.begin(quiet).await?;
    follower.go_on().await
}

/// One object is watched as a collection of those with its name.
fn options_of(listing: &Listing<'_>, section: &Section) -> ListOptions {
    match &*section.names {
        [name] => listing
            .options
            .clone()
            .fields(format!("metadata.name={name}")),
        _ => listing.options.clone(),
    }
}

struct Follower<'a, I, S, W> {
    api: Api,
    options: ListOptions,
    section: &'a Section,
    known: Known<I>,
    /// Where the next stream goes on; `None` when the server has forgotten it.
    since: Option<String>,
    /// Something was heard since the last pause.
    progress: bool,
    show: S,
    out: &'a mut W,
}

impl<I: Item, S: Show<I>, W: Write> Follower<'_, I, S, W> {
    async fn begin(&mut self, quiet: bool) -> Result<(), Failure> {
        // A name that does not exist is an error at once, not a watch of nothing.
        let first = match &*self.section.names {
            [name] => I::one(&self.api, name).await?,
            _ => self.whole().await?,
        };
        self.since.clone_from(&first.version);
        self.known.note(Change::Added, &first.items);
        if quiet {
            Ok(())
        } else {
            self.show(Change::Added, first)
        }
    }

    async fn go_on(&mut self) -> Result<(), Failure> {
        let mut patience = Patience::default();
        loop {
            let begin = Instant::now();
            let failed = match self.step().await {
                Ok(()) => None,
                Err(Failure::Client(errors)) => self.survivable(errors)?,
                Err(other) => return Err(other),
            };
            if std::mem::take(&mut self.progress) || begin.elapsed() > ROUTINE {
                patience = Patience::default();
            }
            tokio::time::sleep(patience.pause(failed)?).await;
        }
    }

    /// One stream to its end, or a new list.
    async fn step(&mut self) -> Result<(), Failure> {
        match self.since.clone() {
            Some(since) => self.changes(since).await,
            None => self.catch_up().await,
        }
    }

    async fn changes(&mut self, since: String) -> Result<(), Failure> {
        let options = self.options.clone().limit(0).resource_version(since);
        let mut events = I::watch(&self.api, &options).await?;
        while let Some(event) = events.next().await {
            let event = event?;
            self.progress = true;
            match event {
                Event::Bookmark(version) => self.since = Some(version),
                Event::Change(change, page) => self.change(change, page)?,
            }
        }
        Ok(())
    }

    fn change(&mut self, change: Change, page: Page<I>) -> Result<(), Failure> {
        if let Some(version) = page.items.last().and_then(Item::version) {
            self.since = Some(version.to_owned());
        }
        self.known.note(change, &page.items);
        self.show(change, page)
    }

    async fn catch_up(&mut self) -> Result<(), Failure> {
        let now = self.whole().await?;
        self.since = now.version;
        for (change, item) in self.known.catch_up(now.items) {
            self.show(change, Page::of(now.columns.clone(), vec![item]))?;
        }
        Ok(())
    }

    /// The collection, all pages together: its items are kept anyway.
    async fn whole(&self) -> Result<Page<I>, Failure> {
        let mut options = self.options.clone();
        let mut whole: Page<I> = Page::of(Vec::<TableColumn>::new(), Vec::new());
        loop {
            let page = I::page(&self.api, &options).await?;
            if !page.columns.is_empty() {
                whole.columns = page.columns;
            }
            whole.items.extend(page.items);
            whole.version = page.version;
            match page.next {
                Some(token) => options = options.continue_from(token),
                None => return Ok(whole),
            }
        }
    }

    fn show(&mut self, change: Change, page: Page<I>) -> Result<(), Failure> {
        self.show.page(self.out, self.section, Some(change), page)?;
        Ok(self.out.flush()?)
    }

    /// Forgets the version that the server has forgotten; returns a failure that may pass.
    fn survivable(&mut self, mut errors: Vec<Error>) -> Result<Option<Error>, Failure> {
        match errors.pop() {
            Some(error) if error.is_expired() || error.is_gone() => {
                self.since = None;
                Ok(None)
            }
            Some(error) if may_pass(&error) => Ok(Some(error)),
            Some(error) => Err(error.into()),
            None => Ok(None),
        }
    }
}

/// The server is away or overloaded: a restart, an upgrade.
fn may_pass(error: &Error) -> bool {
    error.is_transport()
        || error.is_internal()
        || error.is_server_timeout()
        || error.is_too_many_requests()
}

/// A stream that lasted so long ended as streams do.
const ROUTINE: Duration = Duration::from_secs(30);
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(30);
/// Failures in a row that are borne: some three minutes.
const FAILURES: u32 = 12;

/// How long to wait before the next try, and for how many of them.
#[derive(Default)]
struct Patience {
    pauses: u32,
    failures: u32,
}

impl Patience {
    /// The next pause, twice the one before; the failure itself once there were too many.
    fn pause(&mut self, failed: Option<Error>) -> Result<Duration, Failure> {
        if let Some(error) = failed {
            self.failures += 1;
            if self.failures >= FAILURES {
                return Err(error.into());
            }
            if self.failures == 1 {
                anstream::eprintln!("{DIM}the watch ended ({error}), retrying{DIM:#}");
            }
        }
        let pause = FIRST.saturating_mul(1 << self.pauses.min(16)).min(LONGEST);
        self.pauses += 1;
        Ok(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_limit_and_failures_come_to_an_end() {
        let mut patience = Patience::default();
        let pauses: Vec<_> = (0..10)
            .map(|_| patience.pause(None).unwrap().as_millis())
            .collect();
        assert_eq!(pauses[..3], [100, 200, 400]);
        assert_eq!(pauses[9], 30_000);
        let failure = || {
            Some(
                "x/y/z"
                    .parse::<kubewright::GroupVersion>()
                    .unwrap_err()
                    .into(),
            )
        };
        let borne = (0..FAILURES).take_while(|_| patience.pause(failure()).is_ok());
        assert_eq!(borne.count(), 11);
    }
}
