//! get and list.

use super::super::cluster::{Call, Cluster, Listing, Reply};
use super::super::key::Key;
use super::super::params::{Continue, ListParams, Match};
use super::super::status::Failure;
use super::super::store::RowRef;

impl Cluster {
    pub(crate) fn get(&self, call: &Call) -> Result<Reply, Failure> {
        self.row(call).map(|row| Reply::object(200, row))
    }

    /// One page of the collection, in the order of keys.
    ///
    /// A page after the first is read from the snapshot its token is pinned to, so that the pages
    /// of one list are one state, however long it takes to read them.
    pub(crate) fn list(&self, call: &Call, params: &ListParams) -> Result<Listing, Failure> {
        let table = &call.resource.table;
        let start = params
            .resume
            .as_ref()
            .map_or_else(|| Key::start_of(None), Continue::start);
        match self.pinned(params) {
            None => {
                let rows = self.store.rows(table, call.scope(), &start);
                Ok(page(rows, params, self.store.revision()))
            }
            Some(revision) => {
                let rows = self.store.rows_at(table, call.scope(), &start, revision);
                let rows = rows.map_err(|_| expired(params))?;
                Ok(page(rows, params, revision))
            }
        }
    }

    /// The past revision that a list is about, if it is about the past.
    fn pinned(&self, params: &ListParams) -> Option<u64> {
        let revision = match (&params.resume, params.moment) {
            (Some(token), _) => token.revision(),
            (None, Match::Exact(revision)) => Some(revision),
            (None, _) => None,
        };
        // A token keeps naming its revision while nothing is written.
        revision.filter(|_| params.resume.is_some() || revision < Some(self.store.revision()))
    }
}

fn expired(params: &ListParams) -> Failure {
    match &params.resume {
        Some(token) => Failure::expired_token(token.inconsistent().encode()),
        None => Failure::expired("The resourceVersion for the provided list is too old."),
    }
}

fn page<'a>(rows: impl Iterator<Item = RowRef<'a>>, params: &ListParams, revision: u64) -> Listing {
    let mut selected = rows.filter(|row| {
        params.labels.matches(row.document.labels()) && params.fields.matches(row.key, row.document)
    });
    let limit = if params.limit == 0 {
        usize::MAX
    } else {
        params.limit
    };
    let items: Vec<_> = selected.by_ref().take(limit).collect();
    let rest = selected.count();
    let resume = items
        .last()
        .filter(|_| rest > 0)
        .map(|last| Continue::after(last.key, revision).encode());
    // With a selector the real server does not know how many of the remaining keys match.
    let unselective = params.labels.is_empty() && params.fields.is_empty();
    Listing {
        revision,
        resume,
        remaining: Some(rest).filter(|rest| *rest > 0 && unselective),
        items: items.into_iter().map(RowRef::to_row).collect(),
    }
}
