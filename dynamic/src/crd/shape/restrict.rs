//! The methods that restrict the values of a type: numbers, lengths, patterns, lists.
//!
//! Each of these means something for one JSON type; for another it stops the compiler.

use super::limits::Limit;
use super::object::Field;
use super::text::{contains, same_text};
use super::{Kind, Shape};

impl Shape {
    #[track_caller]
    const fn check_number(&self, limit: Limit) {
        match (self.kind, limit) {
            (Kind::Integer, Limit::Float(_)) => {
                panic!("the field is an integer: expected a whole number")
            }
            (Kind::Integer | Kind::Number, _) => {}
            _ => panic!("this limit is for numbers, and the field is not a number"),
        }
    }

    /// At least this.
    #[track_caller]
    pub const fn minimum(mut self, limit: Limit) -> Self {
        self.check_number(limit);
        self.limits.minimum = Some(limit);
        self.limits.exclusive_minimum = false;
        self
    }

    /// At most this.
    #[track_caller]
    pub const fn maximum(mut self, limit: Limit) -> Self {
        self.check_number(limit);
        self.limits.maximum = Some(limit);
        self.limits.exclusive_maximum = false;
        self
    }

    /// More than this.
    #[track_caller]
    pub const fn above(mut self, limit: Limit) -> Self {
        self.check_number(limit);
        self.limits.minimum = Some(limit);
        self.limits.exclusive_minimum = true;
        self
    }

    /// Less than this.
    #[track_caller]
    pub const fn below(mut self, limit: Limit) -> Self {
        self.check_number(limit);
        self.limits.maximum = Some(limit);
        self.limits.exclusive_maximum = true;
        self
    }

    /// A multiple of this.
    #[track_caller]
    pub const fn multiple_of(mut self, limit: Limit) -> Self {
        self.check_number(limit);
        self.limits.multiple_of = Some(limit);
        self
    }

    /// At least so many characters.
    #[track_caller]
    pub const fn min_length(mut self, length: u64) -> Self {
        self.check_string();
        self.limits.min_length = Some(length);
        self
    }

    /// At most so many characters.
    #[track_caller]
    pub const fn max_length(mut self, length: u64) -> Self {
        self.check_string();
        self.limits.max_length = Some(length);
        self
    }

    /// Matching a regular expression of RE2 somewhere: write `^…$` for all of it.
    #[track_caller]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.check_string();
        self.pattern = pattern;
        self
    }

    /// Read in a way that the API server knows: `date-time`, `ipv4`, `int32`.
    #[track_caller]
    pub const fn format(mut self, format: &'static str) -> Self {
        let is_numeric = contains(&["int32", "int64", "float", "double"], format);
        match self.kind {
            Kind::Integer | Kind::Number if is_numeric => {}
            Kind::String if !is_numeric => {}
            Kind::String => panic!("this format is for numbers, and the field is a string"),
            Kind::Integer | Kind::Number => {
                panic!("the formats of numbers are int32, int64, float and double")
            }
            _ => panic!("`format` is for strings and numbers, and the field is neither"),
        }
        self.format = format;
        self
    }

    #[track_caller]
    const fn check_string(&self) {
        if !matches!(self.kind, Kind::String) {
            panic!("this is for strings, and the field is not a string");
        }
    }

    /// At least so many items.
    #[track_caller]
    pub const fn min_items(mut self, count: u64) -> Self {
        self.check_array();
        self.limits.min_items = Some(count);
        self
    }

    /// At most so many items.
    #[track_caller]
    pub const fn max_items(mut self, count: u64) -> Self {
        self.check_array();
        self.limits.max_items = Some(count);
        self
    }

    #[track_caller]
    const fn check_array(&self) {
        if !matches!(self.kind, Kind::Array(_)) {
            panic!("this is for lists, and the field is not a list");
        }
    }

    /// At least so many properties.
    #[track_caller]
    pub const fn min_properties(mut self, count: u64) -> Self {
        self.check_object();
        self.limits.min_properties = Some(count);
        self
    }

    /// At most so many properties.
    #[track_caller]
    pub const fn max_properties(mut self, count: u64) -> Self {
        self.check_object();
        self.limits.max_properties = Some(count);
        self
    }

    #[track_caller]
    const fn check_object(&self) {
        if !self.is_object() {
            panic!("this is for objects and maps, and the field is neither");
        }
    }

    /// A list of different scalars, of which each applier owns its own.
    #[track_caller]
    pub const fn as_set(mut self) -> Self {
        match self.kind {
            Kind::Array(items) if items.is_scalar() && !items.nullable => {}
            Kind::Array(_) => panic!(
                "the items of a set are scalars: state list_type = \"map\" with map_keys(…) for objects"
            ),
            _ => panic!("`list_type` is for lists, and the field is not a list"),
        }
        self.list_type = "set";
        self
    }

    /// A list that is replaced as a whole.
    #[track_caller]
    pub const fn as_atomic_list(mut self) -> Self {
        self.check_array();
        self.list_type = "atomic";
        self
    }

    /// A list of objects that these fields identify, of which each applier owns its own.
    #[track_caller]
    pub const fn as_map_of(mut self, keys: &'static [&'static str]) -> Self {
        let Kind::Array(items) = self.kind else {
            panic!("`map_keys` is for lists, and the field is not a list");
        };
        let mut at = 0;
        while at < keys.len() {
            match items.field(keys[at]) {
                None => panic!("map_keys names a field that the items do not have"),
                Some(field) if !field.shape.is_scalar() => {
                    panic!("map_keys must name scalar fields of the items")
                }
                Some(field) if !field.required && field.shape.default.is_none() => {
                    panic!(
                        "map_keys must name fields of the items that are required or have a default"
                    )
                }
                Some(_) => at += 1,
            }
        }
        self.list_type = "map";
        self.list_map_keys = keys;
        self
    }

    /// An object that is replaced as a whole (`atomic`) or field by field (`granular`).
    #[track_caller]
    pub const fn map_type(mut self, map_type: &'static str) -> Self {
        if !self.is_object() {
            panic!("`map_type` is for objects and maps, and the field is neither");
        }
        self.map_type = map_type;
        self
    }

    /// The shape of the items of a list, or of the values of a map.
    #[doc(hidden)]
    #[track_caller]
    pub const fn inner(&self) -> Self {
        match self.kind {
            Kind::Array(inner) | Kind::Map(inner) => *inner,
            _ => panic!("this is for lists and maps, and the field is neither"),
        }
    }

    /// The same list or map of other things.
    #[doc(hidden)]
    #[track_caller]
    pub const fn with_inner(mut self, inner: &'static Shape) -> Self {
        self.kind = match self.kind {
            Kind::Array(_) => Kind::Array(inner),
            Kind::Map(_) => Kind::Map(inner),
            _ => panic!("this is for lists and maps, and the field is neither"),
        };
        self
    }

    /// A field of an object, without what is spread out into it.
    const fn field(&self, name: &str) -> Option<&Field> {
        let Kind::Object(fields) = self.kind else {
            return None;
        };
        let mut at = 0;
        while at < fields.len() {
            if same_text(fields[at].name, name) {
                return Some(&fields[at]);
            }
            at += 1;
        }
        None
    }
}
