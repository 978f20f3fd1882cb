//! Turns what was fetched into text.

use std::io::{self, Write};

use super::item::{Change, Page};
use super::sections::Section;

/// A form of output: it gets pages as they come, and then the end.
pub(super) trait Show<I> {
    /// Some items of a section; `change` is what happened to them, where they are watched.
    fn page(
        &mut self,
        out: &mut dyn Write,
        section: &Section,
        change: Option<Change>,
        page: Page<I>,
    ) -> io::Result<()>;

    /// The end. `whole` is false when something that was asked for could not be had.
    fn finish(&mut self, _out: &mut dyn Write, _whole: bool) -> io::Result<()> {
        Ok(())
    }
}
