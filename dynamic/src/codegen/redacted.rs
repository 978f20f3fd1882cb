//! Values that `Debug` must not show.

use std::fmt;

use crate::meta::Map;

/// A value in whose place `Debug` tells only what grants nothing: the keys of a map.
pub struct Redacted<'a, T>(pub &'a T);

/// Shown where a value would be.
struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl<V> fmt::Debug for Redacted<'_, Map<V>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.keys().map(|key| (key, Hidden)))
            .finish()
    }
}

impl fmt::Debug for Redacted<'_, String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hidden.fmt(f)
    }
}

impl<T> fmt::Debug for Redacted<'_, Option<T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map(|_| Hidden).fmt(f)
    }
}

impl<T> fmt::Debug for Redacted<'_, Vec<T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|_| Hidden))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Redacted;
    use crate::meta::Map;

    #[test]
    fn keys_are_shown_and_values_are_not() {
        let data = Map::from([("password", "hunter2".to_owned())]);
        assert_eq!(
            format!("{:?}", Redacted(&data)),
            r#"{"password": <redacted>}"#
        );
        assert_eq!(format!("{:?}", Redacted(&"t".to_owned())), "<redacted>");
        assert_eq!(format!("{:?}", Redacted(&Some("t"))), "Some(<redacted>)");
        assert_eq!(format!("{:?}", Redacted(&None::<String>)), "None");
        assert_eq!(format!("{:?}", Redacted(&vec![1])), "[<redacted>]");
    }
}
