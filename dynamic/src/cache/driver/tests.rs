//! The whole cache on a scripted carrier: no socket, and a clock that does not wait.

#[allow(dead_code, reason = "shared with the tests over sockets")]
#[path = "../../../tests/informer/collection.rs"]
mod collection;
mod conversation;
mod faults;
#[allow(dead_code, reason = "shared with the tests over sockets")]
#[path = "../../../tests/informer/model.rs"]
mod model;
mod opened;
#[path = "../../../tests/informer/random.rs"]
mod random;
#[path = "../../../tests/informer/replay.rs"]
mod replay;
mod server;
mod silence;
