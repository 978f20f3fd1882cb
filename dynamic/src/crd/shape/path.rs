//! Paths into a shape, checked while the program is compiled.

use super::{Kind, Shape};

/// One segment of a path.
#[derive(Clone, Copy, Debug)]
pub enum Segment {
    /// Into a field, or the value of a map.
    Field(&'static str),
    /// Into the items of a list.
    Item,
}

impl Shape {
    /// The shape at the end of a path.
    ///
    /// # Errors
    /// The number of the segment that leads nowhere.
    pub const fn at(&self, path: &[Segment]) -> Result<Shape, usize> {
        let mut here = *self;
        let mut at = 0;
        while at < path.len() {
            here = match here.segment(path[at]) {
                Some(next) => next,
                None => return Err(at),
            };
            at += 1;
        }
        Ok(here)
    }

    const fn segment(&self, segment: Segment) -> Option<Shape> {
        match (self.kind, segment) {
            (Kind::Any, _) => Some(Shape::any()),
            (Kind::Array(items), Segment::Item) => Some(*items),
            (Kind::Map(values), _) => Some(*values),
            (_, Segment::Item) => None,
            (_, Segment::Field(name)) => match self.property(name) {
                Some(found) => Some(found),
                None if self.preserve_unknown => Some(Shape::any()),
                None => None,
            },
        }
    }

    /// The type that a column of this shape has.
    #[track_caller]
    #[doc(hidden)]
    pub const fn column_type(&self) -> &'static str {
        match self.kind {
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::String if super::text::same_text(self.format, "date-time") => "date",
            Kind::String | Kind::IntOrString => "string",
            Kind::Any => {
                panic!("the type of this column is unknown: state it, as in type = \"string\"")
            }
            _ => panic!("a column shows a scalar: state type = \"string\" to show the JSON"),
        }
    }

    /// Stops the compiler unless this is a whole number.
    #[track_caller]
    #[doc(hidden)]
    pub const fn must_be_integer(&self) {
        if !matches!(self.kind, Kind::Integer | Kind::Any) {
            panic!("this path must lead to an integer: `/scale` counts in whole numbers");
        }
    }

    /// Stops the compiler unless this is a string.
    #[track_caller]
    #[doc(hidden)]
    pub const fn must_be_string(&self) {
        if !matches!(self.kind, Kind::String | Kind::Any) {
            panic!("this path must lead to a string: a selector is written as text");
        }
    }

    /// Stops the compiler unless field selectors can ask for this.
    #[track_caller]
    #[doc(hidden)]
    pub const fn must_be_selectable(&self) {
        if !matches!(self.kind, Kind::String | Kind::Integer | Kind::Boolean) {
            panic!(
                "this path must lead to a string, integer or boolean: only these can be selected"
            );
        }
    }
}
