//! The rows, by what is special about them.

mod bundles;
mod chains;
mod clients;
mod extensions;
mod insecure;
mod kinds_of_keys;
mod leaves;
mod name_constraints;
mod names;
mod roots;
mod same;
mod strangers;

use crate::case::Row;

pub(crate) fn all() -> Vec<Row> {
    [
        leaves::rows(),
        extensions::rows(),
        names::rows(),
        chains::rows(),
        roots::rows(),
        same::rows(),
        name_constraints::rows(),
        strangers::rows(),
        kinds_of_keys::rows(),
        insecure::rows(),
        clients::rows(),
        bundles::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
