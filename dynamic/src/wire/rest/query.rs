//! Query parameters.

use std::borrow::Cow;
use std::fmt;

/// Parameters of a request: printed sorted by key, a space as `+`, a key as often as it was
/// added ([rule U10](crate::semantics#u10), [U11](crate::semantics#u11)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pairs: Vec<(Cow<'static, str>, String)>,
}

impl Query {
    /// Adds a parameter; an earlier one of that key stays.
    pub fn add(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<QueryValue>) {
        self.pairs.push((key.into(), value.into().0));
    }

    /// Sets a parameter in the place of all of that key.
    pub fn set(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<QueryValue>) {
        let key = key.into();
        self.pairs.retain(|(present, _)| *present != key);
        self.pairs.push((key, value.into().0));
    }

    /// Adds a parameter unless its value is empty.
    pub(crate) fn add_some(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.add(key, value);
        }
    }

    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(present, _)| present == key)
            .map(|(_, value)| value.as_str())
    }
}

/// The value of a parameter: text, a number or a boolean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryValue(String);

macro_rules! query_value {
    ($($from:ty),*) => {$(
        impl From<$from> for QueryValue {
            fn from(value: $from) -> Self {
                QueryValue(value.to_string())
            }
        }
    )*};
}

query_value!(&str, String, Cow<'_, str>, bool, i32, i64, u32, u64);

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        // Stable: values of one key keep their order.
        pairs.sort_by_key(|(key, _)| key);
        let mut text = form_urlencoded::Serializer::new(String::new());
        f.write_str(&text.extend_pairs(pairs).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_spaces_are_plus_and_lists_repeat() {
        // Rule U10
        let mut query = Query::default();
        query.add("watch", true);
        query.add("labelSelector", "a in (b, c)");
        query.add("dryRun", "All");
        query.add("dryRun", "Twice");
        assert_eq!(
            query.to_string(),
            "dryRun=All&dryRun=Twice&labelSelector=a+in+%28b%2C+c%29&watch=true"
        );
    }

    #[test]
    fn set_replaces_what_add_had_added() {
        let mut query = Query::default();
        query.add("limit", 1);
        query.add("limit", 2);
        query.set("limit", 3);
        assert_eq!(query.to_string(), "limit=3");
    }
}
