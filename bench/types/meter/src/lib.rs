//! The cost of objects at run time, measured in the program that a user would build.
//!
//! Both sides use it, so that what it costs to compile is in both.

mod heap;

use std::hint::black_box;
use std::time::Instant;

pub use heap::Counted;

const ROUNDS: usize = 40;

/// Reads, writes, clones and holds the objects of the file, one JSON text a line, and prints
/// one JSON object of figures: medians in microseconds an object, and bytes of one.
///
/// # Errors
/// When the file cannot be read, has no objects, or one of them cannot be decoded.
pub fn report<T: Clone>(
    path: &str,
    decode: fn(&str) -> Result<T, String>,
    encode: fn(&T) -> Result<String, String>,
) -> Result<(), String> {
    let file = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let texts: Vec<&str> = file.lines().collect();
    let mut objects: Vec<T> = Vec::with_capacity(texts.len());
    let (decoded, heap) = heap::of(|| {
        for text in &texts {
            objects.push(decode(text)?);
        }
        Ok::<(), String>(())
    });
    decoded?;
    if objects.is_empty() {
        return Err(format!("{path}: no objects"));
    }
    let count = objects.len();
    let decoding = micros(count, || {
        for text in &texts {
            drop(black_box(decode(black_box(text))));
        }
    });
    let encoding = micros(count, || {
        for object in &objects {
            drop(black_box(encode(black_box(object))));
        }
    });
    let cloning = micros(count, || {
        for object in &objects {
            drop(black_box(black_box(object).clone()));
        }
    });
    println!(
        r#"{{"decode":{decoding:.3},"encode":{encoding:.3},"clone":{cloning:.3},"heap":{},"blocks":{}}}"#,
        heap.bytes / count,
        heap.blocks / count,
    );
    Ok(())
}

/// The median of some rounds, an object. One round comes before, for caches and the clock.
fn micros(objects: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6 / objects as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// The program of both sides, over the functions `decode` and `encode` and the kinds that are
/// in scope where it is called.
#[macro_export]
macro_rules! main {
    () => {
        $crate::main! {
            ClusterRole ConfigMap CronJob DaemonSet Deployment HorizontalPodAutoscaler Ingress
            Job Namespace NetworkPolicy Node PersistentVolume PersistentVolumeClaim Pod
            PodDisruptionBudget ReplicaSet Role RoleBinding Secret Service ServiceAccount
            StatefulSet
        }
    };
    ($($kind:ident)+) => {
        fn main() -> ExitCode {
            let Some(what) = std::env::args().nth(1) else {
                eprintln!("which kind, or which file of pods?");
                return ExitCode::from(2);
            };
            let done = match what.as_str() {
                $(stringify!($kind) => $crate::convert(decode::<$kind>, encode::<$kind>),)+
                file => $crate::report(file, decode::<Pod>, encode::<Pod>),
            };
            match done {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("error: {error}");
                    ExitCode::FAILURE
                }
            }
        }
    };
}

/// Reads one object from standard input and writes it to standard output.
///
/// # Errors
/// When the input ends badly or the object cannot be decoded or encoded.
pub fn convert<T>(
    decode: fn(&str) -> Result<T, String>,
    encode: fn(&T) -> Result<String, String>,
) -> Result<(), String> {
    let text = std::io::read_to_string(std::io::stdin()).map_err(|error| error.to_string())?;
    println!("{}", encode(&decode(&text)?)?);
    Ok(())
}
