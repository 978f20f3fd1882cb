//! Objects: of fields, of other objects spread out, of variants.
//!
//! A structural schema knows one schema for one property, whatever variant it belongs to.
//! So everything that comes together in one object is held against everything else.

use super::compare::same_shape;
use super::text::same_text;
use super::{Kind, Shape};

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JSON; empty for an object that is spread out into this one.
    pub name: &'static str,
    /// The shape of its values.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

impl Field {
    /// A field that must be there.
    pub const fn required(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            required: true,
        }
    }

    /// A field that may be absent.
    pub const fn optional(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            required: false,
        }
    }

    const fn is_flattened(&self) -> bool {
        self.name.is_empty()
    }
}

/// An enum whose variants hold something.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Union {
    pub style: Style,
    pub variants: &'static [Variant],
}

/// Where the variant's name is.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Style {
    /// It is the name of the one property: `{"circle": {…}}`.
    External,
    /// In a property, beside the variant's own: `{"type": "circle", …}`.
    Internal { tag: &'static str },
    /// In a property, beside one for the variant: `{"type": "circle", "value": {…}}`.
    Adjacent {
        tag: &'static str,
        content: &'static str,
    },
    /// Nowhere.
    Untagged,
}

/// A variant; one without a shape holds nothing.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Variant {
    pub name: &'static str,
    pub shape: Option<Shape>,
    pub description: &'static str,
}

impl Union {
    pub(super) const fn is_same(&self, other: &Self) -> bool {
        let mut at = 0;
        let mut is_same = self.variants.len() == other.variants.len();
        while is_same && at < self.variants.len() {
            let (a, b) = (&self.variants[at], &other.variants[at]);
            is_same = same_text(a.name, b.name)
                && match (&a.shape, &b.shape) {
                    (Some(a), Some(b)) => same_shape(a, b),
                    (None, None) => true,
                    _ => false,
                };
            at += 1;
        }
        is_same
    }

    /// Stops the compiler where the variants cannot share an object.
    #[track_caller]
    pub(super) const fn check(&self) {
        if matches!(self.style, Style::External) {
            return;
        }
        let mut at = 0;
        while at < self.variants.len() {
            if let Some(shape) = &self.variants[at].shape {
                self.check_variant(shape, at);
            }
            at += 1;
        }
    }

    #[track_caller]
    const fn check_variant(&self, shape: &Shape, at: usize) {
        let is_adjacent = matches!(self.style, Style::Adjacent { .. });
        if !matches!(self.style, Style::Internal { .. }) && shape.has_rules() {
            panic!(
                "the rules of this variant would apply to the other variants too: state them at the enum, or use `tag` without `content`"
            );
        }
        if !is_adjacent && !shape.is_object() {
            panic!(
                "a variant that is not an object has no structural schema here: give its value a name, as in `Text {{ value: String }}`"
            );
        }
        if !is_adjacent && matches!(shape.kind, Kind::Map(_)) {
            panic!(
                "a variant that is a map has no structural schema here: give the map a field name, as in `Labels {{ values: BTreeMap<…> }}`"
            );
        }
        let mut before = 0;
        while before < at {
            if let Some(other) = &self.variants[before].shape {
                let both_objects = shape.is_object() && other.is_object();
                if is_adjacent && !both_objects && !same_shape(shape, other) {
                    panic!(
                        "variants whose content is of different types have no structural schema: make each a struct variant, or leave out `content` and `tag`"
                    );
                }
                if conflict(shape, other) {
                    panic!(
                        "two variants have a field of the same name and of different types, which a structural schema cannot express: rename one of them"
                    );
                }
            }
            before += 1;
        }
    }
}

/// Stops the compiler where two parts of an object have a property of one name.
#[track_caller]
pub(super) const fn check_fields(fields: &[Field]) {
    let mut at = 0;
    while at < fields.len() {
        let mut before = 0;
        while before < at {
            let (a, b) = (&fields[before], &fields[at]);
            if (a.is_flattened() || b.is_flattened()) && overlap(a, b) {
                panic!("a flattened field has a name that the struct already has");
            }
            before += 1;
        }
        at += 1;
    }
}

const fn overlap(a: &Field, b: &Field) -> bool {
    match (a.is_flattened(), b.is_flattened()) {
        (true, true) => shares_a_name(&a.shape, &b.shape),
        (true, false) => a.shape.property(b.name).is_some(),
        (false, _) => b.shape.property(a.name).is_some(),
    }
}

const fn shares_a_name(a: &Shape, b: &Shape) -> bool {
    any_property(a, b, false)
}

const fn conflict(a: &Shape, b: &Shape) -> bool {
    any_property(a, b, true)
}

/// Whether `b` has a property of `a`, of another shape if so asked.
const fn any_property(a: &Shape, b: &Shape, of_another_shape: bool) -> bool {
    match a.kind {
        Kind::Object(fields) => {
            let mut at = 0;
            while at < fields.len() {
                let field = &fields[at];
                let found = if field.is_flattened() {
                    any_property(&field.shape, b, of_another_shape)
                } else {
                    clashes(field.name, &field.shape, b, of_another_shape)
                };
                if found {
                    return true;
                }
                at += 1;
            }
            false
        }
        Kind::Union(union) => any_of_union(union, b, of_another_shape),
        _ => false,
    }
}

const fn any_of_union(union: &Union, b: &Shape, of_another_shape: bool) -> bool {
    if let Style::Internal { tag } | Style::Adjacent { tag, .. } = union.style
        && b.property(tag).is_some()
    {
        return true;
    }
    if let Style::Adjacent { content, .. } = union.style {
        return b.property(content).is_some();
    }
    let mut at = 0;
    while at < union.variants.len() {
        let variant = &union.variants[at];
        if let Some(shape) = &variant.shape {
            let found = match union.style {
                Style::External => clashes(variant.name, shape, b, of_another_shape),
                _ => any_property(shape, b, of_another_shape),
            };
            if found {
                return true;
            }
        }
        at += 1;
    }
    false
}

const fn clashes(name: &str, shape: &Shape, b: &Shape, of_another_shape: bool) -> bool {
    match b.property(name) {
        Some(other) => !of_another_shape || !same_shape(shape, &other),
        None => false,
    }
}

impl Shape {
    /// The fields of this object, spread out into another.
    #[doc(hidden)]
    #[track_caller]
    pub const fn flattened(self) -> Field {
        match self.kind {
            Kind::Object(_) | Kind::Union(_) => {}
            Kind::Map(values) if matches!(values.kind, Kind::Any) => {}
            Kind::Map(_) => panic!(
                "a map beside named fields has no structural schema: flatten a `serde_json::Map<String, Value>` to keep what is unknown, or give the map a field of its own"
            ),
            _ => panic!("only an object can be flattened"),
        }
        if self.nullable && self.has_rules() {
            panic!(
                "the rules of a flattened `Option` would also apply where it is absent: state them at this struct"
            );
        }
        Field {
            name: "",
            required: !self.nullable,
            shape: self,
        }
    }

    /// The shape of a property of this object, wherever it comes from.
    pub(super) const fn property(&self, name: &str) -> Option<Shape> {
        match self.kind {
            Kind::Object(fields) => {
                let mut at = 0;
                while at < fields.len() {
                    let field = &fields[at];
                    if field.is_flattened() {
                        if let Some(found) = field.shape.property(name) {
                            return Some(found);
                        }
                    } else if same_text(field.name, name) {
                        return Some(field.shape);
                    }
                    at += 1;
                }
                None
            }
            Kind::Union(union) => union.property(name),
            _ => None,
        }
    }
}

impl Union {
    const fn property(&self, name: &str) -> Option<Shape> {
        if let Style::Internal { tag } | Style::Adjacent { tag, .. } = self.style
            && same_text(tag, name)
        {
            return Some(Shape::string());
        }
        if let Style::Adjacent { content, .. } = self.style {
            let is_content = same_text(content, name);
            return if is_content { self.content() } else { None };
        }
        let mut at = 0;
        while at < self.variants.len() {
            let variant = &self.variants[at];
            if let Some(shape) = &variant.shape {
                match self.style {
                    Style::External if same_text(variant.name, name) => return Some(*shape),
                    Style::External => {}
                    _ => {
                        if let Some(found) = shape.property(name) {
                            return Some(found);
                        }
                    }
                }
            }
            at += 1;
        }
        None
    }

    /// The first content there is.
    const fn content(&self) -> Option<Shape> {
        let mut at = 0;
        while at < self.variants.len() {
            if let Some(shape) = self.variants[at].shape {
                return Some(shape);
            }
            at += 1;
        }
        None
    }
}
