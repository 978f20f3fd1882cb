//! API servers to test Kubernetes clients against.
//!
//! [`ControlPlane`] is the real thing: etcd and kube-apiserver as child processes,
//! slow to build the first time and beyond doubt ever after. [`Embedded`] is the quick
//! one: an API server inside the test's process, trusted as far as the same suite runs
//! on both. Neither shares a type with the client under test: an oracle that does
//! agrees with the client's mistakes.

pub mod certificates;
pub mod control_plane;
pub mod embedded;
pub mod facts;
mod kubeconfig;

pub use control_plane::ControlPlane;
pub use embedded::Embedded;
