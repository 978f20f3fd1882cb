//! A list of things in the text of an error.

use std::fmt;

/// Shows things one after the other, with a separator between them.
pub(crate) struct Listed<'a, T>(pub(crate) &'a [T], pub(crate) &'static str);

impl<T: fmt::Display> fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Listed(things, separator) = self;
        if things.is_empty() {
            return f.write_str("none");
        }
        for (position, thing) in things.iter().enumerate() {
            if position > 0 {
                f.write_str(separator)?;
            }
            thing.fmt(f)?;
        }
        Ok(())
    }
}
