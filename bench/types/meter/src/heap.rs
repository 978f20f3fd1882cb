//! The allocator, which counts what is alive while somebody asks for it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// The system's allocator; programs that are measured make it their global one.
pub struct Counted;

/// Measured programs have one thread: no read-modify-write is needed.
static COUNTING: AtomicBool = AtomicBool::new(false);
static BYTES: AtomicUsize = AtomicUsize::new(0);
static BLOCKS: AtomicUsize = AtomicUsize::new(0);

/// glibc's header of a block.
const HEADER: usize = 8;

pub(crate) struct Heap {
    pub(crate) bytes: usize,
    pub(crate) blocks: usize,
}

/// What of `work` is still held at its end: blocks as large as the allocator made them.
pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (T, Heap) {
    let (bytes, blocks) = (BYTES.load(Relaxed), BLOCKS.load(Relaxed));
    COUNTING.store(true, Relaxed);
    let result = work();
    COUNTING.store(false, Relaxed);
    let heap = Heap {
        bytes: BYTES.load(Relaxed).wrapping_sub(bytes),
        blocks: BLOCKS.load(Relaxed).wrapping_sub(blocks),
    };
    (result, heap)
}

#[allow(unsafe_code, reason = "an allocator is unsafe by its trait")]
// SAFETY: every request goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise about `layout` is passed on.
        let block = unsafe { System.alloc(layout) };
        came(block);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        goes(block);
        // SAFETY: as above; `block` came from `System`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        goes(block);
        // SAFETY: as above.
        let moved = unsafe { System.realloc(block, layout, size) };
        came(moved);
        moved
    }
}

fn came(block: *mut u8) {
    if COUNTING.load(Relaxed) && !block.is_null() {
        BYTES.store(BYTES.load(Relaxed).wrapping_add(size(block)), Relaxed);
        BLOCKS.store(BLOCKS.load(Relaxed).wrapping_add(1), Relaxed);
    }
}

fn goes(block: *mut u8) {
    if COUNTING.load(Relaxed) {
        BYTES.store(BYTES.load(Relaxed).wrapping_sub(size(block)), Relaxed);
        BLOCKS.store(BLOCKS.load(Relaxed).wrapping_sub(1), Relaxed);
    }
}

#[allow(unsafe_code, reason = "only glibc knows how large a block is")]
fn size(block: *mut u8) -> usize {
    // SAFETY: `block` is alive and came from glibc's allocator, which `System` is.
    unsafe { libc::malloc_usable_size(block.cast()) + HEADER }
}
