//! Passes that decide about the model as a whole: one a file, run in this order.

use crate::Names;
use crate::identifiers::Identifiers;
use crate::ir::Model;
use crate::stock::Stock;

mod cycles;
mod homes;
mod intern;
mod keep;
mod modules;
mod names;
mod parts;
mod recognise;
mod share;

/// Runs the passes, and names what is there then; `stock` is what shapes may turn out to be,
/// `locked` what has a name already.
pub(crate) fn run(model: &mut Model, stock: Stock, locked: &Names) -> Identifiers {
    recognise::run(model, stock);
    intern::run(model, locked);
    share::run(model, locked);
    keep::run(model);
    cycles::run(model);
    modules::run(model);
    names::run(model, locked)
}
