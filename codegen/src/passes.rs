//! What is decided about the model as a whole, one pass a file, run in this order.

use crate::ir::Model;

mod cycles;
mod homes;
mod intern;
mod modules;
mod names;
mod share;

pub(crate) use names::REST;

pub(crate) fn run(model: &mut Model) {
    intern::run(model);
    share::run(model);
    cycles::run(model);
    modules::run(model);
    names::run(model);
}
