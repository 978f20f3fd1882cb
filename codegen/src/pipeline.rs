//! The pipeline of the generator: its stages in order.

use crate::options::StockCrate;
use crate::stock::Stock;
use crate::{Error, Options, Output, Spec, emit, lower, merge, parse, passes};

/// Documents in, files out.
pub(crate) fn run(specs: &[Spec], options: &Options) -> Result<Output, Error> {
    let parse::Documents { found, skipped } = parse::documents(specs)?;
    let specification = merge::merge(found)?;
    let mut model = lower::lower(&specification, options)?;
    if model.types.is_empty() {
        return Err(Error::new(
            "",
            "",
            "there is nothing to generate: no definition of the input is both reachable and \
             included",
        ));
    }
    let stock = match model.has_shapes() {
        true => stock(&specification, options)?,
        false => Stock::default(),
    };
    let names = passes::run(&mut model, stock, &options.names);
    let mut output = emit::emit(&model, &names, options)?;
    output.summary.skipped = skipped;
    Ok(output)
}

/// The core types of the input, else those of the crate that the options name.
fn stock(specification: &merge::Specification, options: &Options) -> Result<Stock, Error> {
    let types = lower::stock(specification, options)?.types;
    match &options.stock {
        Some(stock) if types.is_empty() => of_crate(stock),
        _ => Ok(Stock::of_input(types)),
    }
}

/// The types of that crate, under the names that it was generated with.
fn of_crate(stock: &StockCrate) -> Result<Stock, Error> {
    let documents = parse::documents(stock.specs())?;
    let specification = merge::merge(documents.found)?;
    let mut model = lower::lower(&specification, &Options::default())?;
    let names = passes::run(&mut model, Stock::default(), stock.names());
    Ok(Stock::of_crate(model, &names, stock.found_in()))
}
