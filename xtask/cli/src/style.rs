//! The colours of all commands, by what they mean; `anstream` drops them where no terminal
//! looks.

use anstyle::{AnsiColor, Style};

/// What matters in a line.
pub const STRONG: Style = Style::new().bold();
/// What may be overlooked.
pub const DIM: Style = Style::new().dimmed();
/// It went well.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// It did not.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// It did, and there is something to know.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What a person could type.
pub const CODE: Style = AnsiColor::Cyan.on_default();
/// A line that is new.
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
/// A line that is gone.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
/// A file that is another.
pub(crate) const CHANGED: Style = AnsiColor::Yellow.on_default();
