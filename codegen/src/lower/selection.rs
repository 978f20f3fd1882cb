//! The selected kinds: those that `include` names and `exclude` does not.

use crate::ir::GroupVersion;
use crate::{Error, Filter, Options};

pub(super) fn is_included(gv: &GroupVersion, kind: &str, options: &Options) -> bool {
    let any = |filters: &[Filter]| filters.iter().any(|filter| matches(filter, gv, kind));
    (options.include.is_empty() || any(&options.include)) && !any(&options.exclude)
}

/// A selection of what is not there is a mistake: what was meant would be missing.
pub(super) fn check(all: &[(&GroupVersion, String)], options: &Options) -> Result<(), Error> {
    let unknown = options
        .include
        .iter()
        .find(|filter| !all.iter().any(|(gv, kind)| matches(filter, gv, kind)));
    match unknown {
        None => Ok(()),
        Some(filter) => Err(Error::new(
            "",
            "",
            format!("nothing in the input matches `{filter}`"),
        )),
    }
}

fn matches(filter: &Filter, gv: &GroupVersion, kind: &str) -> bool {
    filter.matches(&gv.group, &gv.version, kind)
}
