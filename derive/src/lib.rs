//! `#[derive(Resource)]` and `#[derive(Schema)]`: from structs to Kubernetes resources, and to
//! the definitions of those that are yours.
//!
//! A small compiler. `ast` takes the struct apart; `attr` and `schema_attr` read
//! `#[resource(…)]` and `#[schema(…)]` into checked options, with `value`, `slot`, `fault` and
//! `suggest` under them; `serde_attr` and `case` know what serde will write. `expand` then
//! writes the resource, `schema` the shape of a type, `definition` and `constructor` what a
//! kind of one's own has besides.
//!
//! Faults are collected along the way and reported together, each at the place that is at
//! fault; `fallback` then stands in for the implementations, so that the rest of the program
//! is not blamed for their absence. What needs types, which a macro does not see, is left to
//! constants that stop the compiler at the same places.
//!
//! It knows no cluster and guesses one thing, the plural, which can be stated.

mod ast;
mod attr;
mod case;
mod column;
mod constructor;
mod definition;
mod docs;
mod errors;
mod expand;
mod fallback;
mod fault;
mod json_path;
mod names;
mod plural;
mod rule;
mod scale;
mod schema;
mod schema_attr;
mod serde_attr;
mod slot;
mod suggest;
mod types;
mod value;
mod verb;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as TokenStream2;
use syn::{DeriveInput, parse_macro_input};

use errors::Errors;

/// Makes a struct a Kubernetes resource, and gives a kind of your own its definition.
///
/// The struct has named fields, one of them `metadata: ObjectMeta`, and is `Clone`,
/// `Serialize` and `Deserialize`. It holds neither `apiVersion` nor `kind`: the client
/// writes both and skips them when it reads. What the attribute states becomes
/// `impl Resource` and a marker for each verb, so that listing a kind which can only be
/// created does not compile.
///
/// ```
/// use kubewright::{ObjectMeta, Resource, Schema};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Resource, Clone, Debug, Serialize, Deserialize)]
/// #[resource(group = "example.com", version = "v1", namespaced, shortname = "wd", scale)]
/// #[resource(column(name = "Replicas", path = ".spec.replicas"))]
/// struct Widget {
///     metadata: ObjectMeta,
///     spec: WidgetSpec,
///     status: Option<WidgetStatus>,
/// }
///
/// #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
/// struct WidgetSpec {
///     #[schema(min = 0, default = 1)]
///     replicas: i32,
/// }
///
/// #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
/// struct WidgetStatus {
///     replicas: i32,
/// }
///
/// assert_eq!((Widget::KIND, Widget::PLURAL), ("Widget", "widgets"));
/// let big = Widget::new("big", WidgetSpec { replicas: 3 });
/// println!("{}", Widget::crd().to_yaml()?);
/// # assert_eq!(big.metadata.name.as_deref(), Some("big"));
/// # Ok::<(), kubewright::Error>(())
/// ```
///
/// A marker that is not there stops the program from compiling:
///
/// ```compile_fail,E0277
/// # use kubewright::{ObjectMeta, Resource};
/// # use serde::{Deserialize, Serialize};
/// #[derive(Resource, Clone, Serialize, Deserialize)]
/// #[resource(group = "", version = "v1", namespaced, verbs(create))]
/// struct Binding {
///     metadata: ObjectMeta,
/// }
/// fn list<K: kubewright::verbs::List>() {}
///
/// list::<Binding>(); // `Binding` cannot be used here: its API has no verb `list`
/// ```
///
/// # Options of `#[resource(…)]`
///
/// | option | meaning |
/// |---|---|
/// | `group = "apps"` | API group; `""` is the core group. Required. |
/// | `version = "v1"` | Version inside the group. Required. |
/// | `kind = "Deployment"` | Kind; the struct's name when absent. |
/// | `plural = "deployments"` | Name in the URL; when absent the kind in lower case with `s`, `es` or `ies`. |
/// | `namespaced` | Objects live in namespaces; when absent they belong to the cluster. |
/// | `verbs(get, list)` | What the API lets clients do, of `get list watch create update patch delete deletecollection`; when absent all of it. |
/// | `status` | There is a `/status` subresource; also when a field is called `status`, unless `status = false`. |
/// | `scale` | There is a `/scale` subresource, for `.spec.replicas` and `.status.replicas`; `scale(spec = ".spec.size", status = ".status.size", selector = ".status.selector")` for other fields. |
/// | `crate = "path"` | Where `kubewright` is found, when not at `::kubewright`. |
///
/// # Options of kinds that are yours
///
/// A kind with a dot in its group and without `verbs(…)` is taken to be yours: the struct has
/// `crd()`, `install(&client)` and `new(name, …)`, whose further parameters are the fields that
/// must be there, in their order. All types inside derive [`macro@Schema`], which is asked for when
/// one of these options is there or the definition is used.
///
/// | option | meaning |
/// |---|---|
/// | `singular = "widget"` | Name of one; the kind in lower case when absent. |
/// | `shortname = "wd"` or `shortname("wd", "w")` | Short forms for the command line. |
/// | `category = "all"` | Kinds that are asked for together. |
/// | `column(name = "Size", path = ".spec.size")` | A column of tables, its `path` checked against the fields and its type taken from there; also `type`, `format`, `description` and `priority`. Of two columns with one `type` or a `priority` each clippy says that they are duplicates: `#[allow(clippy::duplicated_attributes)]` silences it. |
/// | `selectable = ".spec.color"` | A field that field selectors can ask for; checked likewise. |
/// | `constructor = false` | The struct has a `new` of its own. |
/// | `definition`, `definition = false` | Whether the kind is yours. One that is defined elsewhere has neither a definition nor `new`. |
/// | `storage = false` | Objects are stored in another version. |
/// | `served = false` | Clients cannot ask for this version. |
/// | `deprecated` or `deprecated = "use v2"` | Clients that ask for it are warned. |
/// | `versions(v1beta1::Widget)` | On the stored version: the structs of all others. `From`, or `TryFrom`, goes both ways between each and this one; `convert(review)` then is the conversion webhook. |
///
/// CEL rules on the whole object stand in `#[schema(rule(…))]` on the struct.
#[proc_macro_derive(Resource, attributes(resource, schema))]
pub fn derive_resource(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = Errors::default();
    let options = attr::Options::read(&input.attrs, &mut errors);
    let fallback = fallback::Fallback::new(&options);
    let subject = ast::Subject::read(&input, &mut errors);
    let resource = options.check(&input.ident, &mut errors);
    let mut tokens = TokenStream2::new();
    if let (Some(subject), Some(resource)) = (subject, resource) {
        tokens = expand::expand(&subject, &resource);
        tokens.extend(definition::expand(&input, &subject, &resource, &mut errors));
    }
    if !errors.is_empty() {
        tokens = errors.into_tokens();
        tokens.extend(fallback.expand(&input));
    }
    tokens.into()
}

/// Says what a type looks like in JSON, so that it can be part of a kind of your own.
///
/// The schema is that of what serde writes, and follows its attributes: `rename`, `rename_all`,
/// `skip`, `default`, `flatten`, `transparent`, `into` and the forms of enums. Doc comments
/// become descriptions. A field is required unless it is an `Option`, has a default, or may be
/// left out when it is written; an `Option` that is written as `null` is nullable.
///
/// ```
/// use kubewright::Schema;
/// use serde::{Deserialize, Serialize};
///
/// /// Where it comes from.
/// #[derive(Schema, Serialize, Deserialize)]
/// #[serde(tag = "type", rename_all = "camelCase")]
/// #[schema(rule("self.type != 'git' || self.url.startsWith('https')", message = "git goes over https"))]
/// enum Source {
///     Git {
///         #[schema(max_length = 2000)]
///         url: String,
///     },
///     Inline(Inline),
/// }
///
/// #[derive(Schema, Serialize, Deserialize)]
/// struct Inline {
///     #[schema(list_type = "set", max_items = 10, items(max_length = 63))]
///     lines: Vec<String>,
/// }
/// ```
///
/// # Options of `#[schema(…)]`, on types and fields
///
/// | option | meaning |
/// |---|---|
/// | `min = 1`, `max = 9`, `exclusive_min`, `exclusive_max`, `multiple_of` | Limits of a number. |
/// | `min_length = 1`, `max_length = 63`, `pattern = "^[a-z]+$"`, `format = "uuid"` | Of a string; a pattern is RE2. |
/// | `min_items`, `max_items`, `list_type = "set"`, `list_type = "map", map_keys("name")` | Of a list, which is `atomic` unless stated. |
/// | `min_properties`, `max_properties`, `map_type = "atomic"` | Of an object or map. |
/// | `rule("self.a <= self.b", message = "…")` | A rule in CEL; also `message_expression`, `reason`, `field_path` and `optional_old_self`. |
/// | `description = "…"` | In place of the doc comment. |
/// | `items(…)`, `values(…)` | The same options for the items of a list or the values of a map. Not on types. |
/// | `preserve_unknown` | On a type: unknown fields are kept. On a field: any object, whatever the type. |
///
/// And on fields alone:
///
/// | option | meaning |
/// |---|---|
/// | `default = 3`, `default = Color::Red`, `default` | What the server fills in: a literal, an expression of the field's type, or the default that serde uses. |
/// | `immutable` | Once set it is neither changed nor removed. |
/// | `like = "String"` | The schema of another type, for one that has none. |
/// | `embedded` | Any object of Kubernetes, whatever the type. |
/// | `any` | Any JSON, whatever the type. |
/// | `nullable = false` | Whether `null` is a value, where the type does not say. |
///
/// `preserve_unknown`, `embedded` and `any` speak of what is innermost: of `Vec<T>` the `T`.
/// That is how types of the generated crate, `PodSpec` say, become fields, and how recursion
/// ends.
///
/// # Enums
///
/// | serde | schema |
/// |---|---|
/// | variants without content | a string with `enum` |
/// | the same, and a last `#[serde(untagged)] Other(String)` | a string |
/// | `{"circle": {…}}` (as it comes) | a property for each variant, exactly one of which is there |
/// | `#[serde(tag = "type")]` | all fields side by side; each variant requires its own |
/// | `#[serde(tag = "type", content = "value")]` | the same one level below |
/// | `#[serde(untagged)]` of objects | all fields side by side, and what one of the variants requires |
/// | `#[serde(untagged)]` of an integer and a `String` | an int-or-string |
///
/// Types that a structural schema cannot express do not compile, and the error says what to write
/// instead:
/// a variant without content beside ones with it, one field of two types in two variants,
/// tuples, a flattened map of strings, a struct that contains itself.
#[proc_macro_derive(Schema, attributes(schema))]
pub fn derive_schema(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    schema::derive(&input).into()
}
