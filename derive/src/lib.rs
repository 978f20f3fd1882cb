//! `#[derive(Resource)]`: from a struct with `metadata` to a Kubernetes resource.
//!
//! A small compiler in four steps, none of which knows the one before: `ast` takes the
//! struct apart, `attr` reads and checks `#[resource(…)]`, `expand` writes the
//! implementations. Faults are collected along the way and reported together, each at the
//! place that is at fault; `fallback` then stands in for the implementations, so that the
//! rest of the program is not blamed for their absence.
//!
//! It knows no cluster and guesses one thing, the plural, which can be stated.

mod ast;
mod attr;
mod errors;
mod expand;
mod fallback;
mod names;
mod plural;
mod scale;
mod suggest;
mod verb;
mod wire_name;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use errors::Errors;

/// Makes a struct a Kubernetes resource.
///
/// The struct has named fields, one of them `metadata: ObjectMeta`, and is `Clone`,
/// `Serialize` and `Deserialize`. It holds neither `apiVersion` nor `kind`: the client
/// writes both and skips them when it reads. What the attribute states becomes
/// `impl Resource` and a marker for each verb, so that listing a kind which can only be
/// created does not compile.
///
/// ```
/// use kubewright_dynamic::{ObjectMeta, Resource};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Resource, Clone, Debug, Default, Serialize, Deserialize)]
/// #[resource(group = "example.com", version = "v1", namespaced, scale)]
/// struct Widget {
///     metadata: ObjectMeta,
///     spec: WidgetSpec,
///     status: Option<WidgetStatus>,
/// }
/// # #[derive(Clone, Debug, Default, Serialize, Deserialize)]
/// # struct WidgetSpec { replicas: i32 }
/// # #[derive(Clone, Debug, Default, Serialize, Deserialize)]
/// # struct WidgetStatus { replicas: i32 }
///
/// assert_eq!((Widget::KIND, Widget::PLURAL), ("Widget", "widgets"));
/// ```
///
/// A marker that is not there stops the program from compiling:
///
/// ```compile_fail,E0277
/// # use kubewright_dynamic::{ObjectMeta, Resource};
/// # use serde::{Deserialize, Serialize};
/// #[derive(Resource, Clone, Serialize, Deserialize)]
/// #[resource(group = "", version = "v1", namespaced, verbs(create))]
/// struct Binding {
///     metadata: ObjectMeta,
/// }
/// fn list<K: kubewright_dynamic::verbs::List>() {}
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
/// | `scale` | There is a `/scale` subresource; `scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.selector")` says what it stands for. |
/// | `crate = "path"` | Where `kubewright_dynamic` is found, when not at `::kubewright_dynamic`. |
#[proc_macro_derive(Resource, attributes(resource))]
pub fn derive_resource(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = Errors::default();
    let options = attr::Options::read(&input.attrs, &mut errors);
    let subject = ast::Subject::read(&input, &mut errors);
    let tokens = match (subject, options.check(&input.ident, &mut errors)) {
        (Some(subject), Some(resource)) if errors.is_empty() => expand::expand(&subject, &resource),
        _ => {
            let mut tokens = errors.into_tokens();
            tokens.extend(fallback::expand(&input, &options));
            tokens
        }
    };
    tokens.into()
}
