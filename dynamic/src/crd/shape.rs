//! The schema of a Rust type, as a constant.
//!
//! A [`Shape`] is put together while the program is compiled: a path that names no field, a
//! limit that means nothing or two variants that cannot share a schema stop the compiler, at
//! the attribute at fault. Only what the API server takes as a *structural* schema can be
//! said at all: every value has one type, and alternatives restrict values without bringing
//! fields of their own. A type that contains itself has no finite constant, so recursion
//! stops the compiler too.
//!
//! It does not look like JSON; `render` turns it into a [`JsonSchema`](super::JsonSchema). The two are
//! separate because a constant can hold no map and no owned text, and because most of what
//! `JsonSchema` can say would not be structural.

#![allow(
    clippy::panic,
    reason = "a panic in a constant is how a program does not compile"
)]

mod compare;
mod known;
mod limits;
mod meta;
mod object;
mod path;
mod restrict;
mod text;

use serde_json::Value;

pub use limits::Limit;
pub use object::{Field, Style, Union, Variant};
pub use path::Segment;

pub(super) use limits::Limits;
pub(super) use text::same_text;

/// A type whose values have a schema; implemented by `#[derive(Schema)]`.
///
/// For a type of another crate, derive it on a newtype, or say `#[schema(like = "String")]`
/// at the field. By hand it is one constant:
///
/// ```
/// use kubewright::crd::{Schema, Shape};
///
/// struct Color([u8; 3]);
///
/// impl Schema for Color {
///     const SHAPE: Shape = Shape::string().pattern("^#[0-9a-f]{6}$");
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema, so it cannot be part of a custom resource",
    label = "no schema for this type",
    note = "derive it with `#[derive(kubewright::Schema)]`",
    note = "for a type of another crate, state at the field `#[schema(like = \"String\")]` with a type that is written the same way, or `#[schema(preserve_unknown)]` to take any object"
)]
pub trait Schema {
    /// The schema.
    const SHAPE: Shape;
}

/// The JSON shape of a type; made by [`Schema`].
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Shape {
    pub(super) kind: Kind,
    pub(super) description: &'static str,
    pub(super) nullable: bool,
    pub(super) preserve_unknown: bool,
    pub(super) embedded: bool,
    pub(super) immutable: bool,
    pub(super) format: &'static str,
    pub(super) pattern: &'static str,
    pub(super) choices: &'static [&'static str],
    pub(super) limits: Limits,
    pub(super) list_type: &'static str,
    pub(super) list_map_keys: &'static [&'static str],
    pub(super) map_type: &'static str,
    /// Of the type, of a type around it, and of the field.
    pub(super) rules: [&'static [Rule]; LAYERS],
    pub(super) default: Option<DefaultValue>,
}

/// How many types around each other may all have rules.
const LAYERS: usize = 4;

/// The JSON type, and what is inside.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    IntOrString,
    Array(&'static Shape),
    Map(&'static Shape),
    Object(&'static [Field]),
    Union(&'static Union),
}

/// A default that the server fills in.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum DefaultValue {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'static str),
    Made(fn() -> Value),
}

/// A rule in CEL; empty texts are left out.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Rule {
    pub rule: &'static str,
    pub message: &'static str,
    pub message_expression: &'static str,
    pub reason: &'static str,
    pub field_path: &'static str,
    pub optional_old_self: bool,
}

impl Shape {
    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            description: "",
            nullable: false,
            preserve_unknown: false,
            embedded: false,
            immutable: false,
            format: "",
            pattern: "",
            choices: &[],
            limits: Limits::NONE,
            list_type: "",
            list_map_keys: &[],
            map_type: "",
            rules: [&[]; LAYERS],
            default: None,
        }
    }

    /// Any JSON at all.
    pub const fn any() -> Self {
        let mut shape = Self::of(Kind::Any);
        shape.preserve_unknown = true;
        shape
    }

    /// An object of which every field is kept.
    pub const fn any_object() -> Self {
        let mut shape = Self::of(Kind::Object(&[]));
        shape.preserve_unknown = true;
        shape
    }

    /// An object of Kubernetes: with `apiVersion`, `kind` and metadata, and all else kept.
    pub const fn embedded_object() -> Self {
        let mut shape = Self::any_object();
        shape.embedded = true;
        shape
    }

    /// `true` or `false`.
    pub const fn boolean() -> Self {
        Self::of(Kind::Boolean)
    }

    /// A whole number; see [`Shape::format`] for `int32` and `int64`.
    pub const fn integer() -> Self {
        Self::of(Kind::Integer)
    }

    /// A number.
    pub const fn number() -> Self {
        Self::of(Kind::Number)
    }

    /// A string.
    pub const fn string() -> Self {
        Self::of(Kind::String)
    }

    /// One of some strings.
    pub const fn choice(values: &'static [&'static str]) -> Self {
        let mut shape = Self::string();
        shape.choices = values;
        shape
    }

    /// A whole number or a string.
    pub const fn int_or_string() -> Self {
        Self::of(Kind::IntOrString)
    }

    /// A list, of which appliers share nothing: `atomic` by default.
    pub const fn array(items: &'static Shape) -> Self {
        let mut shape = Self::of(Kind::Array(items));
        shape.list_type = "atomic";
        shape
    }

    /// An object of any names, with values of one shape.
    pub const fn map(values: &'static Shape) -> Self {
        Self::of(Kind::Map(values))
    }

    /// An object of these fields.
    pub const fn object(fields: &'static [Field]) -> Self {
        Self::of(Kind::Object(fields))
    }

    /// One of several objects.
    #[doc(hidden)]
    pub const fn union(union: &'static Union) -> Self {
        Self::of(Kind::Union(union))
    }

    /// Stops the compiler where parts of an object cannot be together in one. The macro has
    /// looked at the fields that it sees; this looks at those of other types.
    #[doc(hidden)]
    #[track_caller]
    pub const fn checked(self) -> Self {
        match self.kind {
            Kind::Object(fields) => object::check_fields(fields),
            Kind::Union(union) => union.check(),
            _ => {}
        }
        self
    }

    /// The same with a description.
    pub const fn described(mut self, text: &'static str) -> Self {
        if !text.is_empty() {
            self.description = text;
        }
        self
    }

    /// The same or `null`.
    pub const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same without `null`.
    #[doc(hidden)]
    pub const fn not_null(mut self) -> Self {
        self.nullable = false;
        self
    }

    /// Whether `null` is a value, which is how an `Option` is known.
    #[doc(hidden)]
    pub const fn is_nullable(&self) -> bool {
        self.nullable
    }

    /// Keeps the fields that it does not name.
    #[track_caller]
    pub const fn keeping_unknown(mut self) -> Self {
        if !self.is_object() {
            panic!("`preserve_unknown` is for objects, and this is not an object");
        }
        self.preserve_unknown = true;
        self
    }

    /// The same, which once set stays.
    #[doc(hidden)]
    pub const fn unchanging(mut self) -> Self {
        self.immutable = true;
        self
    }

    /// The same with what the server fills in where it is absent.
    #[doc(hidden)]
    #[track_caller]
    pub const fn or_default(mut self, default: DefaultValue) -> Self {
        let fits = matches!(
            (default, self.kind),
            (DefaultValue::Made(_), _)
                | (_, Kind::Any)
                | (DefaultValue::Bool(_), Kind::Boolean)
                | (
                    DefaultValue::Int(_),
                    Kind::Integer | Kind::Number | Kind::IntOrString
                )
                | (DefaultValue::Float(_), Kind::Number)
                | (DefaultValue::Text(_), Kind::String | Kind::IntOrString)
        );
        if !fits {
            panic!(
                "the default is of another type than the field: state a Rust expression of the field's type, as in `default = Color::Red`"
            );
        }
        if let DefaultValue::Text(text) = default
            && !self.choices.is_empty()
            && !text::contains(self.choices, text)
        {
            panic!("the default is not one of the enum's values");
        }
        self.default = Some(default);
        self
    }

    /// The same under further rules.
    #[doc(hidden)]
    #[track_caller]
    pub const fn ruled(mut self, rules: &'static [Rule]) -> Self {
        let mut layer = 0;
        while layer < LAYERS {
            if self.rules[layer].is_empty() {
                self.rules[layer] = rules;
                return self;
            }
            layer += 1;
        }
        panic!("too many nested types have rules: state the rules at one of these types");
    }

    const fn has_rules(&self) -> bool {
        !self.rules[0].is_empty()
    }

    pub(super) const fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_) | Kind::Map(_) | Kind::Union(_))
    }

    pub(super) const fn is_scalar(&self) -> bool {
        matches!(
            self.kind,
            Kind::Boolean | Kind::Integer | Kind::Number | Kind::String | Kind::IntOrString
        )
    }
}
