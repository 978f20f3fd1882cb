//! A cache that stays true: a collection of the server, kept in memory and followed.
//!
//! The parts, each of which knows only those before it:
//!
//! - [`NamespacedName`] and [`Delta`]: what identifies an object, and what can happen to it.
//! - [`Store`]: the objects and their indexes, as readers see them.
//! - [`Transform`]: what is done to objects before they are kept.
//! - `reflector`: what to ask the server next, as a pure state machine.
//! - [`SharedInformer`]: one watch, one store, any number of subscribers.
//! - [`Lister`]: reading by namespace, name, selector and index.
//! - [`SharedInformerFactory`]: one informer for each resource.
//! - [`InformerName`]: the name that metrics are recorded under.
//!
//! An untyped object in a cache costs its text and some 300 bytes. Reading it by path, as a type or
//! by [`open`](crate::Unstructured::open) leaves it so. Dereferencing it to its map
//! (`object["spec"]`) keeps the map, ten times as large: until a bookmark of the watch, about once
//! a minute, at which no reader holds the object.
//!
//! Where memory or the CPU of many events matters more than cores, start informers on a
//! current-thread runtime in a thread of its own: an event then wakes one thread instead of
//! two, and what comes and goes stays in one arena of the allocator.

mod buffer;
mod delta;
mod driver;
mod errors;
mod factory;
mod fanout;
mod filling;
mod handler;
mod hashing;
mod index;
mod informer;
pub(crate) mod key;
mod lister;
mod metered;
mod name;
mod patience;
mod probe;
pub(crate) mod problem;
mod reflector;
mod resync;
mod retired;
mod selection;
mod store;
mod subscription;
mod transform;
pub(crate) mod version;

pub use self::buffer::BufferPolicy;
pub use self::delta::Delta;
pub use self::factory::SharedInformerFactory;
#[cfg(feature = "controller")]
pub(crate) use self::filling::wait as wait_until_filled;
#[cfg(feature = "controller")]
pub(crate) use self::handler::panic_message;
pub use self::handler::{EventHandler, Filtered, HandlerFuncs, HandlerOptions, Registration};
pub use self::informer::{InformerBuilder, SharedInformer};
pub use self::key::NamespacedName;
pub use self::lister::{Lister, NamespaceLister};
pub use self::name::InformerName;
#[cfg(feature = "controller")]
pub(crate) use self::problem::Missing;
pub use self::reflector::BackoffPolicy;
pub use self::selection::Selection;
pub use self::store::Store;
pub use self::subscription::Deltas;
pub use self::transform::Transform;
pub use self::version::compare_resource_versions;
