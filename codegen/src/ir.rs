//! The intermediate form: the items to write, independent of their spelling and layout.
//!
//! A [`Model`] is a graph of types under group-versions. Lowering builds it, passes change it.
//! It holds no identifier of Rust: types refer to each other by [`TypeId`], and the last pass
//! names everything in a table of its own ([`Identifiers`](crate::identifiers::Identifiers)). What
//! is called a *wish* here is the name that a type would have if it were alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::naming::pascal_case;
use crate::options::ForeignCrate;
use crate::parse::{KnownAs, Limits};

pub(crate) use crate::group_version::GroupVersion;

/// Everything that will be emitted.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// `info.version` of the input.
    pub(crate) version: String,
    /// Hash of the input's facts.
    pub(crate) hash: String,
    pub(crate) modules: BTreeMap<GroupVersion, Module>,
    pub(crate) types: BTreeMap<TypeId, TypeDef>,
    /// Whether structs keep members that they do not know.
    pub(crate) keep_unknown: bool,
    /// Types that fields name and that another crate holds.
    pub(crate) foreign: BTreeMap<TypeId, Foreign>,
    /// That crate.
    pub(crate) foreign_crate: Option<ForeignCrate>,
}

impl Model {
    /// Whether a type was found inside a definition: such a shape may be a core type.
    pub(crate) fn has_shapes(&self) -> bool {
        self.types
            .values()
            .any(|definition| definition.location.is_some())
    }
}

/// A type of another generated crate.
#[derive(Clone, Debug)]
pub(crate) struct Foreign {
    /// Its module, which is the feature too.
    pub(crate) module: String,
    pub(crate) name: String,
}

/// One group-version: a Rust module, and a feature of the crate.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The other modules that hold something that this one's types reach.
    pub(crate) needs: BTreeSet<GroupVersion>,
    /// The modules of the foreign crate that what they reach names.
    pub(crate) foreign_needs: BTreeSet<String>,
    /// Its types by the modules that use them.
    pub(crate) parts: Vec<Part>,
}

/// The types of a module that the same other modules reach: a file.
#[derive(Debug)]
pub(crate) struct Part {
    /// The other modules: it is compiled for each of them, and for its own.
    pub(crate) users: BTreeSet<GroupVersion>,
    pub(crate) types: Vec<TypeId>,
}

/// The name of a definition; of a type found inside one, the definition's name and the path
/// to it, joined by `/`.
pub(crate) type TypeId = String;

/// A type to emit.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub(crate) home: GroupVersion,
    /// What it would be called if it were alone.
    pub(crate) wish: String,
    /// Where it was found, when it is not a definition.
    pub(crate) location: Option<Location>,
    pub(crate) description: Option<String>,
    pub(crate) body: Body,
}

/// The location of a type inside a definition, which gives it its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Location {
    /// The wished name of the definition.
    pub(crate) owner: String,
    /// The properties that lead there, in the singular where they are lists.
    pub(crate) path: Vec<String>,
}

#[derive(Debug)]
pub(crate) enum Body {
    Struct(Struct),
    Enum(OpenEnum),
    /// Another name for a type of the runtime that has one parameter, such as `OrArray<T>`.
    Alias(SchemaOr, TypeId),
}

/// A struct: an object with known properties.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The values of properties that the schema allows but does not name.
    pub(crate) rest: Option<Ty>,
    pub(crate) resource: Option<Box<Resource>>,
}

/// One property.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The JSON name.
    pub(crate) wire: String,
    pub(crate) ty: Ty,
    pub(crate) presence: Presence,
    /// Set where the field would make its struct infinitely large.
    pub(crate) boxed: bool,
    /// Set where the value must not be printed.
    pub(crate) sensitive: bool,
    pub(crate) description: Option<String>,
    pub(crate) facts: Facts,
    pub(crate) limits: Limits,
}

/// How a field says that nothing is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Presence {
    /// Always written; absent or null is read as the type's default.
    Required,
    /// Always written, as null when there is nothing.
    Nullable,
    /// `Option`, left out when `None`.
    Optional,
    /// A list or map, left out when empty.
    Collection,
}

/// What a schema says about a field beyond its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Facts {
    pub(crate) list_type: Option<String>,
    pub(crate) list_map_keys: Vec<String>,
    pub(crate) map_type: Option<String>,
    /// As JSON text; zero values, which v3 documents spell everywhere, are not kept.
    pub(crate) default: Option<String>,
}

/// A type as a field names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Ty {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    String,
    /// Any JSON value.
    Json,
    /// A type of the runtime, under `codegen::meta`.
    Meta(&'static str),
    List(Box<Ty>),
    Map(Box<Ty>),
    /// An item of a list or a value of a map that may be null.
    Nullable(Box<Ty>),
    /// A field that distinguishes null from absence.
    OrNull(Box<Ty>),
    /// A type of the model.
    Named(TypeId),
}

/// The unions of `apiextensions/v1`, which no schema can express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaOr {
    Array,
    Bool,
    StringArray,
}

/// A string or an integer with known values, open to others.
#[derive(Debug)]
pub(crate) struct OpenEnum {
    /// Whether the values are integers, as JSON spells them.
    pub(crate) integers: bool,
    /// The property it is the type of; empty for a definition.
    pub(crate) property: String,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) description: Option<String>,
}

/// What makes a struct a resource.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) group_version: GroupVersion,
    pub(crate) kind: String,
    pub(crate) plural: String,
    pub(crate) namespaced: bool,
    pub(crate) verbs: BTreeSet<Verb>,
    pub(crate) status: bool,
    pub(crate) scale: bool,
    /// Whether its patches may be strategic merges.
    pub(crate) strategic: bool,
    pub(crate) subresources: Vec<Subresource>,
    /// Subresources that speak streams or text, which have no typed body.
    pub(crate) streams: Vec<Stream>,
    pub(crate) known_as: KnownAs,
    /// The rules that an object as a whole must keep.
    pub(crate) rules: Vec<String>,
    /// Whether its group-version was asked for.
    pub(crate) client: bool,
    /// The defaults of a CustomResourceDefinition, as the runtime's `with_defaults` reads
    /// them.
    pub(crate) defaults: Option<String>,
}

impl Resource {
    /// Whether a cache can hold it: what is listed and then followed.
    pub(crate) fn is_cacheable(&self) -> bool {
        self.client
            && [Verb::List, Verb::Watch]
                .iter()
                .all(|verb| self.verbs.contains(verb))
    }
}

/// A verb of a collection or an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    Get,
    List,
    Watch,
    Create,
    Replace,
    Patch,
    Delete,
    DeleteCollection,
}

/// A subresource with a body of its own, such as `pods/eviction`.
#[derive(Debug)]
pub(crate) struct Subresource {
    /// The segment of the path.
    pub(crate) wire: String,
    /// What its marker type would be called if it were alone.
    pub(crate) wish: String,
    pub(crate) body: Ty,
    /// Group-version and kind of the body, which need not be the parent's.
    pub(crate) group_version: GroupVersion,
    pub(crate) kind: String,
    pub(crate) verbs: BTreeSet<SubresourceVerb>,
}

/// A verb of a subresource: what the runtime has a method for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SubresourceVerb {
    Get,
    Create,
    Replace,
    Patch,
}

impl SubresourceVerb {
    /// `None` for a verb that the runtime has no method for on a subresource.
    pub(crate) fn of(verb: Verb) -> Option<Self> {
        match verb {
            Verb::Get => Some(Self::Get),
            Verb::Create => Some(Self::Create),
            Verb::Replace => Some(Self::Replace),
            Verb::Patch => Some(Self::Patch),
            Verb::List | Verb::Watch | Verb::Delete | Verb::DeleteCollection => None,
        }
    }
}

impl Location {
    /// The definition's name and all properties after it, in Pascal case.
    pub(crate) fn full_name(&self) -> String {
        let path = self.path.iter().map(|property| pascal_case(property));
        std::iter::once(self.owner.clone()).chain(path).collect()
    }
}

/// A subresource that speaks text or a stream, such as `pods/log`.
#[derive(Debug)]
pub(crate) struct Stream {
    /// The segment of the path.
    pub(crate) wire: String,
    /// What its marker type would be called if it were alone.
    pub(crate) wish: String,
    pub(crate) parameters: Vec<StreamParameter>,
    /// The HTTP method to ask with.
    pub(crate) method: &'static str,
    /// Whether the answer is text, and no stream over a connection of its own.
    pub(crate) readable: bool,
}

/// A query parameter.
#[derive(Debug)]
pub(crate) struct StreamParameter {
    pub(crate) wire: String,
    /// A boolean, a number or text.
    pub(crate) ty: Ty,
    /// Whether it may be given more than once.
    pub(crate) repeated: bool,
    pub(crate) description: Option<String>,
}

impl Ty {
    /// Whether emptiness stands for absence.
    pub(crate) fn is_collection(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }

    /// The model's type inside, whatever it is wrapped in.
    pub(crate) fn named(&self) -> Option<&TypeId> {
        match self {
            Self::Named(id) => Some(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::OrNull(inner) => {
                inner.named()
            }
            _ => None,
        }
    }

    /// As [`named`](Self::named), to point it elsewhere.
    pub(crate) fn named_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Named(id) => Some(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::OrNull(inner) => {
                inner.named_mut()
            }
            _ => None,
        }
    }
}

impl TypeDef {
    /// What makes it a resource, when it is one.
    pub(crate) fn resource(&self) -> Option<&Resource> {
        match &self.body {
            Body::Struct(body) => body.resource.as_deref(),
            _ => None,
        }
    }

    /// The types that its fields name, to point them elsewhere.
    pub(crate) fn field_types_mut(&mut self) -> impl Iterator<Item = &mut Ty> {
        let body = match &mut self.body {
            Body::Struct(body) => Some(body),
            _ => None,
        };
        body.into_iter().flat_map(|body| {
            let fields = body.fields.iter_mut().map(|field| &mut field.ty);
            fields.chain(&mut body.rest)
        })
    }

    /// Every type of the model that this one cannot be written without.
    pub(crate) fn references(&self) -> Vec<&TypeId> {
        match &self.body {
            Body::Struct(body) => {
                let fields = body.fields.iter().map(|field| &field.ty);
                fields.chain(&body.rest).filter_map(Ty::named).collect()
            }
            Body::Enum(_) => Vec::new(),
            Body::Alias(_, id) => vec![id],
        }
    }
}
