//! The memory and time of a process, as the kernel and the allocator count them.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// CPU and wall time since a moment.
pub(crate) struct Stopwatch {
    cpu: Duration,
    wall: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Stopwatch {
            cpu: cpu(),
            wall: Instant::now(),
        }
    }

    /// User and system time of all threads, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        (cpu() - self.cpu).as_secs_f64()
    }

    pub(crate) fn wall(&self) -> f64 {
        self.wall.elapsed().as_secs_f64()
    }
}

fn cpu() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

/// The CPU time of the thread that asks.
pub(crate) fn thread_cpu() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

fn clock(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// Resident memory, in MiB.
pub(crate) fn resident() -> f64 {
    status("VmRSS:")
}

/// The most that was resident since [`forget_peak`], in MiB.
pub(crate) fn peak() -> f64 {
    status("VmHWM:")
}

/// Begins a new peak at what is resident now.
pub(crate) fn forget_peak() {
    // Where the kernel refuses, peaks are since the start of the process: too high, never
    // too low.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn status(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}

/// Bytes that the allocator has given out, with its own headers, in all arenas.
#[allow(unsafe_code, reason = "only glibc knows, and libc's bindings are raw")]
pub(crate) fn heap() -> f64 {
    // SAFETY: reads counters of glibc's allocator and takes no pointers.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as f64
}
